import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { CounterLane } from '../../../core/counters.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import { Outbox } from '../../../core/outbox.ts';
import { ArrivedLog } from './arrived-log.ts';
import { ErrorsDatabase } from './errors-database.ts';
import { ERRORS_FILE } from './errors-file.ts';
import { failureOf } from './failure.ts';
import type { ErrorsReply, ErrorsRequest, ErrorsWorkerData } from './messages.ts';
import { SessionQueue } from './session-queue.ts';
import { WriteQueue } from './write-queue.ts';

/** What was written survives a power cut after so many milliseconds. */
const SYNC_AFTER = 1000;

/** The errors worker: owns the SQLite file, so that neither writing nor a long search holds up anybody. */
const { folder, counters } = workerData as ErrorsWorkerData;
const port = parentPort as NonNullable<typeof parentPort>;
const lane = new CounterLane(counters, 'errors');
const outbox = new Outbox<ErrorsReply>((messages) => port.postMessage(messages));
const reply = (message: ErrorsReply): void => outbox.push(message);

const database = new ErrorsDatabase(folder, (what) => {
  const file = join(folder, ERRORS_FILE);
  log.error({ file }, `damage: ${what}`);
  reply({ damage: { file, what, time: Date.now() } });
});

const arrived = new ArrivedLog(folder);
const left = arrived.recover((file, what) => reply({ damage: { file, what, time: Date.now() } }));
const onWrite = (): void => void (syncing ??= setTimeout(sync, SYNC_AFTER));
let closing = false;
let clearing = false;
let syncing: NodeJS.Timeout | undefined;
const queue = new WriteQueue({ database, log: arrived, lane, reply, onWrite, left });
const sessions = new SessionQueue({ write: (told) => database.addSessions(told), reply, onWrite });

port.on('message', (requests: readonly ErrorsRequest[]) => requests.forEach(take));

function take(request: ErrorsRequest): void {
  if (request.do === 'add') return queue.push(request);
  if (request.do === 'addSessions') return sessions.push(request);
  queue.settle();
  sessions.settle();
  void answer(request);
}

// What a crash left of removed issues.
void clear();

async function answer(request: Exclude<ErrorsRequest, { do: 'add' | 'addSessions' }>): Promise<void> {
  const { number } = request;
  try {
    if (request.do === 'close') {
      closing = true;
      clearTimeout(syncing);
      queue.close();
      database.close();
      reply({ number, result: undefined });
      outbox.flush();
      return port.close();
    }
    const result =
      request.do === 'prune'
        ? await inSteps(() => database.prune(request.before, request.mostEvents))
        : request.do === 'removeReleases'
          ? await inSteps(() => database.removeReleases(request.project))
          : database.answer(request);
    reply({ number, result });
    if (request.do === 'removeIssues' || request.do === 'change') void clear();
  } catch (error) {
    reply({ number, error: failureOf(error) });
  }
}

/** Events that come meanwhile are written between the steps. Where the file turns out damaged, it begins anew with what is left. */
async function inSteps<Result>(begin: () => Generator<void, Result>): Promise<Result> {
  let work = begin();
  const next = (): IteratorResult<void, Result> => {
    try {
      return work.next();
    } catch (error) {
      work = begin();
      throw error;
    }
  };
  for (;;) {
    if (closing) throw new HeedError('closed', 'cannot go on: the store is closed', { status: 503 });
    const step = database.step(next);
    if (step.done) return step.value;
    await turn();
  }
}

async function clear(): Promise<void> {
  if (clearing) return;
  clearing = true;
  try {
    await inSteps(() => database.rest());
  } catch (error) {
    // The next removal, or the next start, goes on.
    if (!closing) log.warn(`cannot remove all of removed issues yet: ${causeOf(error)}`);
  } finally {
    clearing = false;
  }
}

function sync(): void {
  syncing = undefined;
  try {
    arrived.sync();
    database.sync();
  } catch (error) {
    // The journal has it all the same; the next time may have more room.
    log.warn(`cannot move errors from the journal into their file: ${causeOf(error)}`);
  }
}
