import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { CounterLane } from '../../../core/counters.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import type { AddedEvent } from '../errors-store.ts';
import { ErrorsDatabase } from './errors-database.ts';
import { ERRORS_FILE, isDiskFull } from './errors-file.ts';
import type { EventRow } from './event-row.ts';
import type { ErrorsReply, ErrorsRequest, ErrorsWorkerData } from './messages.ts';

/** Events written in one transaction, and their letters. */
const MOST_AT_ONCE = 2000;
const MOST_LETTERS_AT_ONCE = 16_000_000;

/** What was written survives a power cut after so many milliseconds. */
const SYNC_AFTER = 1000;

/** The errors worker: owns the SQLite file, so that neither writing nor a long search holds up anybody. */
const { folder, counters } = workerData as ErrorsWorkerData;
const port = parentPort as NonNullable<typeof parentPort>;
const lane = new CounterLane(counters, 'errors');
const reply = (message: ErrorsReply): void => port.postMessage(message);

const database = new ErrorsDatabase(folder, (what) => {
  const file = join(folder, ERRORS_FILE);
  log.error({ file }, `damage: ${what}`);
  reply({ damage: { file, what, time: Date.now() } });
});

interface Waiting {
  number: number;
  rows: readonly EventRow[];
}

/** What came while the last batch was written becomes the next one. */
let waiting: Waiting[] = [];
let problem = '';
let closing = false;
let clearing = false;
let syncing: NodeJS.Timeout | undefined;

port.on('message', (request: ErrorsRequest) => {
  if (request.do === 'add') {
    waiting.push(request);
    if (waiting.length === 1) setImmediate(writeWaiting);
    return;
  }
  // What came before is written first, so that an answer knows of it.
  while (waiting.length > 0) writeWaiting();
  void answer(request);
});

// What a crash left of removed issues.
void clear();

async function answer(request: Exclude<ErrorsRequest, { do: 'add' }>): Promise<void> {
  const { number } = request;
  try {
    if (request.do === 'close') {
      closing = true;
      clearTimeout(syncing);
      database.close();
      reply({ number, result: undefined });
      return port.close();
    }
    const result = request.do === 'prune' ? await inSteps(() => database.prune(request.before, request.mostEvents)) : database.answer(request);
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

function writeWaiting(): void {
  if (waiting.length > 0) {
    let [events, letters, count] = [0, 0, 0];
    for (const { rows } of waiting) {
      const more = rows.reduce((sum, { body }) => sum + body.length, 0);
      if (count > 0 && (events + rows.length > MOST_AT_ONCE || letters + more > MOST_LETTERS_AT_ONCE)) break;
      events += rows.length;
      letters += more;
      count++;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    write(batch);
    if (waiting.length > 0) setImmediate(writeWaiting);
  }
}

/** Writes events in one transaction. One caller's may be at fault for all: then each is tried alone. */
function write(batch: Waiting[]): void {
  const rows = batch.flatMap(({ rows }) => rows);
  let added: AddedEvent[];
  try {
    added = database.add(rows);
  } catch (error) {
    if (batch.length > 1 && !isDiskFull(error)) {
      for (const one of batch) write([one]);
      return;
    }
    return refuse(batch, rows.length, error);
  }
  settle('');
  syncing ??= setTimeout(sync, SYNC_AFTER);
  const count = (is: (outcome: AddedEvent['outcome']) => boolean): number => added.filter(({ outcome }) => is(outcome)).length;
  const discarded = count((outcome) => outcome === 'discarded');
  lane.add('errors.discarded', discarded);
  lane.add('errors.stored', added.length - discarded - count((outcome) => outcome === 'known'));
  let at = 0;
  for (const { number, rows } of batch) reply({ number, result: added.slice(at, (at += rows.length)) });
}

function sync(): void {
  syncing = undefined;
  try {
    database.sync();
  } catch (error) {
    // The journal has it all the same; the next time may have more room.
    log.warn(`cannot move errors from the journal into their file: ${causeOf(error)}`);
  }
}

function refuse(batch: Waiting[], events: number, error: unknown): void {
  const full = isDiskFull(error);
  lane.add(full ? 'errors.dropped.disk_full' : 'errors.dropped.write_failed', events);
  if (!full) log.error({ err: error }, 'cannot write errors');
  settle(full ? 'the disk is full' : causeOf(error));
  for (const { number } of batch) reply({ number, error: failureOf(error) });
}

/** Tells whether, and why, nothing can be written. */
function settle(now: string): void {
  if (now !== problem) reply({ problem: (problem = now) });
}

function failureOf(error: unknown): { code: string; message: string; status: number } {
  if (error instanceof HeedError) return { code: error.code, message: error.message, status: error.status };
  if (isDiskFull(error)) return { code: 'disk_full', message: 'cannot write errors: the disk is full; make room, and it goes on by itself', status: 507 };
  log.error({ err: error }, 'cannot use the errors');
  return { code: 'errors_failed', message: `cannot use the errors: ${causeOf(error)}`, status: 500 };
}
