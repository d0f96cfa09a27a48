import { parentPort, workerData } from 'node:worker_threads';
import { CounterLane } from '../core/counters.ts';
import { attachPoints } from '../store/points/embedded/attach.ts';
import { answerRender } from './answer.ts';
import type { FromQueryWorker, QueryAnswer, QueryWorkerStart, ToQueryWorker } from './messages.ts';
import type { Rendered } from './render.ts';

/** The query worker: parses, reads blocks, evaluates, and writes the answer's bytes. The service decides what it gets and ends it. */
const { points, counters, limits, timeZone } = workerData as QueryWorkerStart;
const lane = new CounterLane(counters, 'query');
const reader = attachPoints(points).reader();
const underWay = new Map<number, AbortController>();

parentPort?.on('message', (message: ToQueryWorker) => {
  if (message.type === 'withdraw') underWay.get(message.id)?.abort();
  else void answer(message);
});

function send(id: number, answer: QueryAnswer, last: boolean): void {
  parentPort?.postMessage({ id, answer, last } satisfies FromQueryWorker, [answer.body.buffer]);
}

async function answer({ id, params, inParts }: Extract<ToQueryWorker, { type: 'render' }>): Promise<void> {
  const withdrawal = new AbortController();
  underWay.set(id, withdrawal);
  const part = inParts ? (rendered: Rendered) => send(id, { status: 200, ...rendered }, false) : undefined;
  const answer = await answerRender(params, { reader, limits, timeZone, now: Date.now(), signal: withdrawal.signal, part });
  underWay.delete(id);
  lane.add('query.renders');
  if (answer.status >= 400) lane.add('query.refused');
  send(id, answer, true);
}
