import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { CounterLane } from '../../../core/counters.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { attachPoints } from '../../../store/points/embedded/attach.ts';
import { startCarbon } from '../carbon/start.ts';
import type { ReceivePart } from '../context.ts';
import { Echo } from '../echo.ts';
import { Forwarding } from '../forward/tee.ts';
import { startStatsd, type StatsdPart } from '../statsd/start.ts';
import { FactQueue } from './fact-queue.ts';
import type { FromReceive, Question, ReceiveWorkerData, ToReceive } from './messages.ts';

// The receive worker: one thread and event loop for every metrics socket.

/** Niceness of the thread: three times the share of an ordinary one where both want the processor. */
const RECEIVE_NICE = -5;

const port = parentPort as NonNullable<typeof parentPort>;
const { config, points: pointsPort, counters: memory } = workerData as ReceiveWorkerData;
const send = (message: FromReceive): void => port.postMessage(message);

preferThisThread();
const counters = new CounterLane(memory, 'receive');
const points = attachPoints(pointsPort);
const forwarding = new Forwarding(config, counters, config.data);
// Each part has a writer of its own: a full queue of one does not hold up the other, and each may forget its numbers.
const [statsdPoints, carbonPoints] = [forwarding.tee(points.writer()), forwarding.tee(points.writer())];
const echo = new Echo();
const facts = new FactQueue((batch) => send({ type: 'facts', facts: batch }));
const context = { config, counters, echo, fact: facts.push.bind(facts) };
const parts: ReceivePart[] = [];

/** Datagrams that nobody takes in time are lost, all other work can wait: where the system allows it, this thread goes first. */
function preferThisThread(): void {
  if (process.platform !== 'linux') return;
  try {
    // Linux takes 0 for the calling thread.
    setPriority(0, RECEIVE_NICE);
  } catch {
    // Only root, or CAP_SYS_NICE, may ask for more.
  }
}

async function stop(): Promise<void> {
  await Promise.all(parts.map((part) => part.stop()));
  facts.flush();
  await forwarding.stop();
  statsdPoints.close();
  carbonPoints.close();
  points.close();
}

async function answer(question: Question, statsd: StatsdPart): Promise<unknown> {
  if (question.ask === 'echo') return echo.since(question.after);
  if (question.ask === 'forwarding') return forwarding.destinations();
  if (question.ask === 'seriesInUse') return statsd.seriesInUse();
  return stop();
}

try {
  const statsd = await startStatsd({ ...context, points: statsdPoints });
  parts.push(statsd);
  parts.push(await startCarbon({ ...context, points: carbonPoints }));
  port.on('message', (message: ToReceive) => {
    if (message.type === 'factsTaken') facts.taken(message.count);
    else void answer(message.question, statsd).then((value) => send({ type: 'answer', id: message.id, value }));
  });
  send({ type: 'ready', listening: parts.flatMap(({ listening }) => listening) });
} catch (error) {
  await stop();
  const known = error instanceof HeedError ? error : new HeedError('cannot_start', `cannot start receiving: ${causeOf(error)}`);
  send({ type: 'failed', code: known.code, status: known.status, message: known.message });
  port.close();
}
