import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { CounterLane } from '../../../core/counters.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import { FACTS_FILE, FactsDatabase, isDiskFull } from './database.ts';
import type { FactRow, FactsReply, FactsRequest, FactsWorkerData } from './messages.ts';

/** The facts worker: owns the SQLite file, so that neither writing nor a long search holds up anybody. */
const { folder, counters } = workerData as FactsWorkerData;
const port = parentPort as NonNullable<typeof parentPort>;
const lane = new CounterLane(counters, 'facts');
const reply = (message: FactsReply): void => port.postMessage(message);

const database = new FactsDatabase(folder, (what) => {
  const file = join(folder, FACTS_FILE);
  log.error({ file }, `damage: ${what}`);
  reply({ damage: { file, what, time: Date.now() } });
});

port.on('message', (request: FactsRequest) => {
  if (request.do === 'add') return reply({ written: request.rows.length, problem: write(request.rows) });
  try {
    reply({ result: answer(request) });
  } catch (error) {
    const code = error instanceof HeedError ? error.code : 'facts_failed';
    reply({ error: { code, message: error instanceof HeedError ? error.message : `cannot use the facts: ${causeOf(error)}` } });
  }
  if (request.do === 'close') port.close();
});

/** Writes a batch or counts it as dropped; gives why nothing can be written, or nothing. */
function write(rows: FactRow[]): string {
  try {
    database.write(rows);
    lane.add('facts.stored', rows.length);
    return '';
  } catch (error) {
    const full = isDiskFull(error);
    lane.add(full ? 'facts.dropped.disk_full' : 'facts.dropped.write_failed', rows.length);
    if (!full) log.error({ err: error }, 'cannot write facts');
    return full ? 'the disk is full' : causeOf(error);
  }
}

function answer(request: Exclude<FactsRequest, { do: 'add' }>): Extract<FactsReply, { result: unknown }>['result'] {
  if (request.do === 'find') return database.find(request.question);
  if (request.do === 'remove') return database.remove(request.time, request.kind);
  if (request.do === 'close') database.close();
  // For `sync` nothing is left to do: requests are done in order, so all that was added before is committed.
  return undefined;
}
