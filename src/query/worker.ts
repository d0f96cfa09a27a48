import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { CounterLane } from '../core/counters.ts';
import { HeedError } from '../core/errors.ts';
import { attachPoints } from '../store/points/embedded/attach.ts';
import { answerChanges } from './answer.ts';
import { isBeyondLimits } from './budget.ts';
import type { FromQueryWorker, QueryAnswer, QueryWorkerStart, ToQueryWorker } from './messages.ts';
import { refusal } from './refusal.ts';
import { render, type Rendered } from './render.ts';

/** A query worker: parses, reads blocks, evaluates, and writes the answer's bytes. The service decides what it gets and ends it. */
const { points, counters, lane: laneName, limits, timeZone, handsOver } = workerData as QueryWorkerStart;
const lane = new CounterLane(counters, laneName);
const reader = attachPoints(points).reader();
const underWay = new Map<number, AbortController>();

parentPort?.on('message', (message: ToQueryWorker) => {
  if (message.type === 'withdraw') underWay.get(message.id)?.abort();
  else if (message.type === 'events') takeEvents(message);
  else if (message.type === 'changes') void look(message);
  else {
    const answered = answer(message).finally(() => rendering.delete(answered));
    rendering.add(answered);
  }
});

/** Questions for rows under way. */
const rendering = new Set<Promise<void>>();

/** Those that are under way now come first; a question that comes later goes before the next batch. */
async function giveWay(): Promise<void> {
  await setImmediate();
  await Promise.all(rendering);
}

const wanted = new Map<number, PromiseWithResolvers<Float64Array>>();
let questions = 0;

/** Facts are the main thread's. */
function events(tags: readonly string[], window: { from: number; until: number }): Promise<Float64Array> {
  const id = questions++;
  const answer = Promise.withResolvers<Float64Array>();
  wanted.set(id, answer);
  parentPort?.postMessage({ type: 'events', id, tags, ...window } satisfies FromQueryWorker);
  return answer.promise;
}

function takeEvents({ id, times, problem }: Extract<ToQueryWorker, { type: 'events' }>): void {
  if (problem === '') wanted.get(id)?.resolve(times);
  else wanted.get(id)?.reject(new HeedError('no_events', `cannot read events: ${problem}`, { status: 503 }));
  wanted.delete(id);
}

function send(id: number, answer: QueryAnswer, last: boolean): void {
  parentPort?.postMessage({ type: 'answer', id, answer, last } satisfies FromQueryWorker, [answer.body.buffer]);
}

async function answer({ id, params, inParts }: Extract<ToQueryWorker, { type: 'render' }>): Promise<void> {
  const withdrawal = new AbortController();
  underWay.set(id, withdrawal);
  const part = inParts ? (rendered: Rendered) => send(id, { status: 200, ...rendered }, false) : undefined;
  let answer: QueryAnswer;
  try {
    answer = { status: 200, ...(await render(params, { reader, limits, timeZone, now: Date.now(), signal: withdrawal.signal, events, part })) };
  } catch (error) {
    if (handsOver && isBeyondLimits(error)) return parentPort?.postMessage({ type: 'beyond', id } satisfies FromQueryWorker);
    answer = refusal(params, error);
  } finally {
    underWay.delete(id);
  }
  lane.add('query.renders');
  if (answer.status >= 400) lane.add('query.refused');
  send(id, answer, true);
}

async function look({ id, question }: Extract<ToQueryWorker, { type: 'changes' }>): Promise<void> {
  const withdrawal = new AbortController();
  underWay.set(id, withdrawal);
  const answer = await answerChanges(question, { reader, now: Date.now(), signal: withdrawal.signal, giveWay });
  underWay.delete(id);
  if (answer.status >= 400) lane.add('query.refused');
  send(id, answer, true);
}
