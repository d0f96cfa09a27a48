import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { causeOf, HeedError, mustNot } from '../../../core/errors.ts';
import type { PointsPolicy } from '../../../core/policy.ts';
import { answerQuestion } from './answers.ts';
import { realClock, sharedClock } from './clock.ts';
import { Engine } from './engine.ts';
import { lockFolder } from './lock.ts';
import { Session } from './session.ts';

/** What the thread is started with. */
export interface WorkerStart {
  folder: string;
  policy: PointsPolicy;
  maxSeries: number;
  counters: SharedArrayBuffer;
  clock: SharedArrayBuffer | undefined;
  headPoints: number;
  sealAfter: number;
  /** The opener's port, then those of other threads that are there from the start. */
  ports: MessagePort[];
}

/** The thread's first message: open, or why not. */
export interface WorkerReport {
  problem?: { code: string; message: string };
}

const TICK = 1000;

const main = parentPort ?? mustNot('the points worker runs in the main thread');
const start = workerData as WorkerStart;
const sessions = new Set<Session>();
/** Who waits for batches to find room. */
let waiting: (() => void)[] = [];

try {
  run();
} catch (error) {
  const { code, message } = error instanceof HeedError ? error : new HeedError('cannot_open', `cannot open points in ${start.folder}: ${causeOf(error)}`);
  main.postMessage({ problem: { code, message } } satisfies WorkerReport);
}

function run(): void {
  const unlock = lockFolder(start.folder);
  let engine: Engine;
  try {
    engine = new Engine({
      ...start,
      clock: start.clock ? sharedClock(start.clock) : realClock,
      urgent: () => [...sessions].some((session) => session.waiting),
      roomChanged,
    });
  } catch (error) {
    unlock();
    throw error;
  }
  const ticking = setInterval(() => engine.tick(), TICK);
  const stop = async (): Promise<void> => {
    await takeAll();
    clearInterval(ticking);
    try {
      await engine.close();
    } finally {
      unlock();
      // After the answer has gone.
      setImmediate(() => {
        for (const session of sessions) session.close();
        main.close();
      });
    }
  };
  const connect = (port: MessagePort): void => {
    const session: Session = new Session(
      port,
      {
        translation: () => engine.translation(),
        take: (ring, slot, count, translation) => engine.take(ring, slot, count, translation),
        writeNames: () => engine.writeNames(),
        answer: async (question) => answerQuestion(question, { engine, sessions, takeAll, stop }),
        damaged: (file, what) => engine.damaged(file, what),
      },
      () => sessions.delete(session),
    );
    sessions.add(session);
  };
  main.on('message', connect);
  for (const port of start.ports) connect(port);
  main.postMessage({} satisfies WorkerReport);
}

function roomChanged(): void {
  for (const session of sessions) session.resume();
  const woken = waiting;
  waiting = [];
  for (const wake of woken) wake();
}

async function takeAll(): Promise<void> {
  for (const session of sessions) session.drain();
  while ([...sessions].some((session) => session.waiting)) await new Promise<void>((resolve) => waiting.push(resolve));
}
