import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CounterLane } from '../../../core/counters.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import type { Fact } from '../../../core/fact.ts';
import { log } from '../../../core/log.ts';
import type { FactsQuestion, FactsStore, StoredFact } from '../facts-store.ts';
import { MOST_BODY } from './body.ts';
import { FACTS_FILE } from './database.ts';
import type { FactRow, FactsReply, FactsRequest, FactsWorkerData } from './messages.ts';

/** Facts taken and not yet written: more are refused. */
const MOST_QUEUED = 10_000;
const MOST_QUEUED_BYTES = 32_000_000;
/** A batch goes when it has so many facts, or after so many milliseconds. */
const BATCH = 256;
const BATCH_AFTER = 50;
/** A worker that ended by itself is not started again by a fact for so long, milliseconds. */
const REST = 5000;

interface Ask {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Facts in SQLite in `folder`, behind a worker that the first fact (or the first question where facts are) starts. */
export class SqliteFactsStore implements FactsStore {
  readonly damage: FactsStore['damage'] = [];
  writeProblem = '';

  readonly #folder: string;
  readonly #counters: SharedArrayBuffer;
  readonly #lane: CounterLane;
  #worker: Worker | undefined;
  #batch: FactRow[] = [];
  #batchTimer: NodeJS.Timeout | undefined;
  /** Sizes of facts handed to the worker and not yet written, oldest first, one entry a batch. */
  #underWay: { facts: number; bytes: number }[] = [];
  #queued = { facts: 0, bytes: 0 };
  #asked: Ask[] = [];
  #notBefore = 0;
  #closed = false;

  constructor(folder: string, counters: SharedArrayBuffer) {
    this.#folder = folder;
    this.#counters = counters;
    this.#lane = new CounterLane(counters, 'main');
  }

  add(fact: Fact): boolean {
    const row = rowOf(fact);
    if (row === undefined) {
      this.#lane.add('facts.dropped.bad_fact');
      return false;
    }
    const bytes = sizeOf(row);
    if (!this.#worker && Date.now() < this.#notBefore) {
      this.#lane.add('facts.dropped.write_failed');
      return false;
    }
    if (this.#closed || this.#queued.facts >= MOST_QUEUED || this.#queued.bytes + bytes > MOST_QUEUED_BYTES) {
      this.#lane.add('facts.dropped.queue_full');
      return false;
    }
    this.#queued.facts++;
    this.#queued.bytes += bytes;
    this.#batch.push(row);
    if (this.#batch.length >= BATCH) this.#sendBatch();
    else this.#batchTimer ??= setTimeout(() => this.#sendBatch(), BATCH_AFTER);
    return true;
  }

  async sync(): Promise<void> {
    if (this.#worker || this.#batch.length > 0) await this.#ask({ do: 'sync' });
  }

  async find(question: FactsQuestion): Promise<StoredFact[]> {
    return this.#hasFacts() ? ((await this.#ask({ do: 'find', question })) as StoredFact[]) : [];
  }

  async removeBefore(time: number, kind?: string): Promise<number> {
    return this.#hasFacts() ? ((await this.#ask({ do: 'remove', time, kind })) as number) : 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    if (this.#worker || this.#batch.length > 0) await this.#ask({ do: 'close' });
    this.#closed = true;
  }

  #hasFacts(): boolean {
    return this.#worker !== undefined || this.#batch.length > 0 || existsSync(join(this.#folder, FACTS_FILE));
  }

  /** What was added before is sent first, so that an answer knows of it. */
  #ask(request: FactsRequest): Promise<unknown> {
    if (this.#closed) return Promise.reject(new HeedError('closed', 'cannot use the facts: the store is closed', { status: 503 }));
    this.#sendBatch();
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      this.#running().postMessage(request);
    });
  }

  #sendBatch(): void {
    clearTimeout(this.#batchTimer);
    this.#batchTimer = undefined;
    if (this.#batch.length === 0) return;
    this.#underWay.push({ facts: this.#batch.length, bytes: this.#batch.reduce((sum, row) => sum + sizeOf(row), 0) });
    this.#running().postMessage({ do: 'add', rows: this.#batch } satisfies FactsRequest);
    this.#batch = [];
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      name: 'facts',
      workerData: { folder: this.#folder, counters: this.#counters } satisfies FactsWorkerData,
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 },
    });
    worker.on('message', (message: FactsReply) => this.#onReply(message));
    worker.once('error', (error) => this.#onEnd(worker, error));
    worker.once('exit', () => this.#onEnd(worker, new Error('the facts worker ended')));
    this.#worker = worker;
    return worker;
  }

  #onReply(message: FactsReply): void {
    if ('damage' in message) {
      this.damage.push(message.damage);
      if (this.damage.length > 100) this.damage.shift();
    } else if ('written' in message) {
      this.writeProblem = message.problem;
      const batch = this.#underWay.shift();
      this.#queued.facts -= batch?.facts ?? 0;
      this.#queued.bytes -= batch?.bytes ?? 0;
    } else if ('error' in message) {
      this.#asked.shift()?.reject(new HeedError(message.error.code, message.error.message, { status: 500 }));
    } else {
      this.#asked.shift()?.resolve(message.result);
    }
  }

  /** The worker is gone: what it had is lost and counted, who asked is told, and the next fact starts another. */
  #onEnd(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#notBefore = Date.now() + REST;
    for (const batch of this.#underWay.splice(0)) {
      this.#lane.add('facts.dropped.write_failed', batch.facts);
      this.#queued.facts -= batch.facts;
      this.#queued.bytes -= batch.bytes;
      this.writeProblem = causeOf(error);
      log.error({ err: error }, 'cannot write facts');
    }
    const failure =
      error instanceof HeedError ? error : new HeedError('facts_failed', `cannot use the facts: ${causeOf(error)}`, { status: 500, cause: error });
    for (const ask of this.#asked.splice(0)) ask.reject(failure);
  }
}

/** The fact as it travels; undefined when it is too large, has no time, or cannot be written as JSON. */
function rowOf({ kind, time, title, text, tags, data }: Fact): FactRow | undefined {
  let body: string;
  try {
    body = text === '' && Object.keys(data).length === 0 ? '' : JSON.stringify({ text, data });
  } catch {
    return undefined;
  }
  const row = {
    kind,
    time: Math.floor(time),
    title,
    tags: Object.entries(tags),
    body,
  };
  return Number.isSafeInteger(row.time) && sizeOf(row) <= MOST_BODY ? row : undefined;
}

function sizeOf({ title, body, tags }: FactRow): number {
  return title.length + body.length + tags.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
}
