import { once } from 'node:events';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { HeedError } from '../../../core/errors.ts';
import type { FillBatch } from '../../../core/fill-batch.ts';
import type { PointsPolicy } from '../../../core/policy.ts';
import type { BackupReport, FillReport, PointsReader, PointsStats, PointsStore, PointsWriter } from '../points-store.ts';
import { PointsClient } from './client.ts';
import { EmbeddedReader } from './reader.ts';
import type { WorkerReport, WorkerStart } from './worker.ts';

export interface OpenPointsOptions {
  /** Everything of the store is below it; made when missing. */
  folder: string;
  policy: PointsPolicy;
  /** Names beyond this many are refused and counted. */
  maxSeries: number;
  /** Memory of all threads' counters (core/counters.ts). */
  counters: SharedArrayBuffer;
  /** Ports of other threads that need not wait until the store is open, handed over. */
  ports?: MessagePort[];
  /** `real`, or memory of two f64, wall and monotonic milliseconds, that a test moves by hand. */
  clock?: 'real' | SharedArrayBuffer;
  /** Points that memory holds before they are sealed into blocks; half of what may be in memory at once. */
  headPoints?: number;
  /** Milliseconds after which points in memory are sealed even when they are few. */
  sealAfter?: number;
}

export interface EmbeddedPoints extends PointsStore {
  /** A port for another thread, to be transferred; there: `attachPoints(port)`. */
  connect(): MessagePort;
  /** Resolves with the reason if the worker ends by itself; the store is of no use then. */
  readonly failed: Promise<Error>;
}

/**
 * Opens the folder, recovers what a crash left, and starts the points worker. Resolves when it can be written and read.
 * @throws HeedError `folder_in_use`, or `cannot_open` with the cause
 */
export async function openPoints(options: OpenPointsOptions): Promise<EmbeddedPoints> {
  const { port1, port2 } = new MessageChannel();
  const start: WorkerStart = {
    folder: options.folder,
    policy: options.policy,
    maxSeries: options.maxSeries,
    counters: options.counters,
    clock: options.clock === 'real' ? undefined : options.clock,
    headPoints: options.headPoints ?? 4 << 20,
    sealAfter: options.sealAfter ?? 30 * 60_000,
    ports: [port2, ...(options.ports ?? [])],
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    name: 'points',
    workerData: start,
    transferList: start.ports,
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  const ended = Promise.withResolvers<Error>();
  worker.once('error', (error: Error) => ended.resolve(error));
  worker.once('exit', () => ended.resolve(new HeedError('store_closed', 'cannot go on: the points worker has ended', { status: 503 })));
  const opened = Promise.withResolvers<WorkerReport>();
  worker.once('message', (report: WorkerReport) => opened.resolve(report));
  const report = await Promise.race([opened.promise, ended.promise]);
  if (report instanceof Error) throw report;
  if (report.problem) {
    // `once` would wait for ever where the thread's end was told together with its message.
    await ended.promise;
    throw new HeedError(report.problem.code, report.problem.message, { status: 500 });
  }
  worker.unref();
  return new OpenedPoints(worker, new PointsClient(port1), ended.promise);
}

class OpenedPoints implements EmbeddedPoints {
  readonly failed: Promise<Error>;
  readonly #worker: Worker;
  readonly #client: PointsClient;

  constructor(worker: Worker, client: PointsClient, failed: Promise<Error>) {
    this.#worker = worker;
    this.#client = client;
    this.failed = failed;
  }

  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#worker.postMessage(port2, [port2]);
    return port1;
  }

  writer(): PointsWriter {
    return this.#client.writer();
  }

  reader(): PointsReader {
    return new EmbeddedReader(this.#client);
  }

  remove(patterns: string[]): Promise<number> {
    this.#client.flush();
    return this.#client.ask('remove', { patterns });
  }

  sync(): Promise<void> {
    this.#client.flush();
    return this.#client.ask('sync', {});
  }

  fillIn(batch: FillBatch, { dry = false }: { dry?: boolean } = {}): Promise<FillReport> {
    this.#client.flush();
    return this.#client.ask('fill', { batch, dry });
  }

  settle(): Promise<void> {
    this.#client.flush();
    return this.#client.ask('settle', {});
  }

  stats(): Promise<PointsStats> {
    return this.#client.ask('stats', {});
  }

  backup(folder: string): Promise<BackupReport> {
    this.#client.flush();
    return this.#client.ask('backup', { folder });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.flush();
    this.#worker.ref();
    const exited = once(this.#worker, 'exit');
    await this.#client.ask('stop', {});
    await exited;
    this.#client.close();
  }
}
