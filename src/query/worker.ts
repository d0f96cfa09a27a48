import { parentPort, workerData } from 'node:worker_threads';
import { CounterLane } from '../core/counters.ts';
import { attachPoints } from '../store/points/embedded/attach.ts';
import { answerRender } from './answer.ts';
import type { FromQueryWorker, QueryWorkerStart, ToQueryWorker } from './messages.ts';
import type { RenderParams } from './request.ts';

/** The query worker: parses, reads blocks, evaluates, and writes the answer's bytes. The service decides what it gets and ends it. */
const { points, counters, limits, timeZone } = workerData as QueryWorkerStart;
const lane = new CounterLane(counters, 'query');
const reader = attachPoints(points).reader();
const underWay = new Map<number, AbortController>();

parentPort?.on('message', (message: ToQueryWorker) => {
  if (message.type === 'withdraw') underWay.get(message.id)?.abort();
  else void answer(message.id, message.params);
});

async function answer(id: number, params: RenderParams): Promise<void> {
  const withdrawal = new AbortController();
  underWay.set(id, withdrawal);
  const answer = await answerRender(params, { reader, limits, timeZone, now: Date.now(), signal: withdrawal.signal });
  underWay.delete(id);
  lane.add('query.renders');
  if (answer.status >= 400) lane.add('query.refused');
  parentPort?.postMessage({ id, answer } satisfies FromQueryWorker, [answer.body.buffer]);
}
