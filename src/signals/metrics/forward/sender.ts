import { setTimeout as pass } from 'node:timers/promises';
import { type ForwardAddress, formatAddress } from '../../../core/config/values.ts';
import type { CounterLane } from '../../../core/counters.ts';
import { causeOf } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import { Connection } from './connection.ts';
import { BATCH_POINTS, encodeBatch } from './encode.ts';
import type { DeclaredNames } from './names.ts';
import { PointQueue } from './queue.ts';
import { type Payload, Spool } from './spool.ts';

/** How one destination fares. */
export interface DestinationState {
  address: string;
  connected: boolean;
  /** Points in memory. */
  queued: number;
  spooledBytes: number;
  /** Why it cannot be reached; empty when it can. */
  problem: string;
}

const QUEUE_POINTS = 262_144;

/** All in milliseconds. */
export interface SenderTiming {
  /** Points are collected this long before a batch goes. */
  gather: number;
  /** What cannot be sent goes to disk this often, which is what a crash may lose of it. */
  spill: number;
  firstRetry: number;
  lastRetry: number;
}

const TIMING: SenderTiming = { gather: 100, spill: 1000, firstRetry: 500, lastRetry: 30_000 };
/** How long a stop may still send. */
const LAST_SEND_MS = 2000;

/**
 * Sends points to one carbon in the order they came: from a queue in memory while it takes them, by way of a spool on disk
 * while it does not. Nothing here makes the receiver wait.
 */
export class Sender {
  readonly #destination: ForwardAddress;
  readonly #address: string;
  readonly #names: DeclaredNames;
  readonly #counters: CounterLane;
  readonly #timing: SenderTiming;
  readonly #queue = new PointQueue(QUEUE_POINTS);
  readonly #opening: Promise<Spool | undefined>;
  #spool: Spool | undefined;
  #connection: Connection | undefined;
  #problem = 'not yet connected';
  /** Taken out of the queue and not known to be sent. */
  #unsent: Payload | undefined;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;

  constructor(destination: ForwardAddress, names: DeclaredNames, counters: CounterLane, folder: string, mostBytes: number, timing = TIMING) {
    this.#destination = destination;
    this.#address = `${destination.protocol}://${formatAddress(destination)}`;
    this.#names = names;
    this.#counters = counters;
    this.#timing = timing;
    this.#opening = this.#openSpool(folder, mostBytes);
    this.#running = Promise.all([this.#send(), this.#spill()]).then(() => undefined);
  }

  get state(): DestinationState {
    return {
      address: this.#address,
      connected: this.#connection !== undefined,
      queued: this.#queue.length,
      spooledBytes: this.#spool?.bytes ?? 0,
      problem: this.#problem,
    };
  }

  push(id: number, time: number, value: number): void {
    if (!this.#queue.push(id, time, value)) this.#counters.add('forward.dropped.queue_full');
  }

  /** Sends what is left while that goes quickly; the rest waits on disk for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const late = setTimeout(() => this.#connection?.abandon(), LAST_SEND_MS);
    await this.#running;
    clearTimeout(late);
  }

  async #send(): Promise<void> {
    const spool = await this.#opening;
    const stopping = this.#stopping.signal;
    let retry = this.#timing.firstRetry;
    while (!stopping.aborted) {
      try {
        this.#connection = await Connection.open(this.#destination.host, this.#destination.port, stopping);
        this.#problem = '';
        retry = this.#timing.firstRetry;
        while (!stopping.aborted) if (!(await this.#sendSome(spool, this.#connection))) await this.#wait(this.#timing.gather);
      } catch (error) {
        if (stopping.aborted) break;
        const problem = causeOf(error);
        if (problem !== this.#problem) log.warn(`cannot forward to ${this.#address}: ${problem}`);
        this.#problem = problem;
        this.#connection?.close();
        this.#connection = undefined;
        await this.#wait(retry * (0.75 + Math.random() / 2));
        retry = Math.min(retry * 2, this.#timing.lastRetry);
      }
    }
    await this.#finish(spool);
  }

  /** Sends the oldest there is; false when no more than a part of a batch was left. */
  async #sendSome(spool: Spool | undefined, connection: Connection): Promise<boolean> {
    if (this.#unsent) {
      await this.#write(connection, this.#unsent);
      this.#unsent = undefined;
      return true;
    }
    if (spool && !spool.isEmpty) {
      const oldest = await spool.oldest();
      for (const payload of oldest?.payloads ?? []) await this.#write(connection, payload);
      if (oldest) await spool.done(oldest.segment);
      return true;
    }
    // An idle connection may have been lost unnoticed by a write.
    if (connection.problem) throw connection.problem;
    this.#unsent = this.#next();
    if (!this.#unsent) return false;
    await this.#write(connection, this.#unsent);
    const full = this.#unsent.points === BATCH_POINTS[this.#destination.protocol];
    this.#unsent = undefined;
    return full;
  }

  async #write(connection: Connection, { bytes, points }: Payload): Promise<void> {
    await connection.write(bytes);
    this.#counters.add('forward.points', points);
  }

  /** The next batch out of the queue. */
  #next(): Payload | undefined {
    if (this.#queue.length === 0) return undefined;
    const names: string[] = [];
    const times: number[] = [];
    const values: number[] = [];
    this.#queue.take(BATCH_POINTS[this.#destination.protocol], (id, time, value) => {
      const name = this.#names.get(id);
      if (name === undefined) return this.#counters.add('forward.dropped.queue_full');
      names.push(name);
      times.push(time);
      values.push(value);
    });
    return { bytes: encodeBatch(this.#destination.protocol, { names, times, values }), points: names.length };
  }

  /** Moves the queue to disk while the destination cannot be reached, or is too slow. */
  async #spill(): Promise<void> {
    const spool = await this.#opening;
    while (!this.#stopping.signal.aborted) {
      await this.#wait(this.#timing.spill);
      if (spool && (!this.#connection || this.#queue.length > QUEUE_POINTS / 4)) await this.#spoolQueue(spool);
    }
  }

  async #spoolQueue(spool: Spool | undefined): Promise<void> {
    // Only what is there now: what comes meanwhile waits for the next time.
    for (let left = this.#queue.length; left > 0; left -= BATCH_POINTS[this.#destination.protocol]) {
      const payload = this.#next();
      if (payload) await this.#keep(spool, payload);
    }
  }

  async #keep(spool: Spool | undefined, payload: Payload): Promise<void> {
    try {
      if (await spool?.append(payload)) return this.#counters.add('forward.spooled_bytes', payload.bytes.length);
    } catch (error) {
      this.#problem = `cannot write its spool: ${causeOf(error)}`;
    }
    this.#counters.add('forward.dropped.spool_full', payload.points);
  }

  async #finish(spool: Spool | undefined): Promise<void> {
    const end = performance.now() + LAST_SEND_MS;
    const connection = this.#connection;
    try {
      if (connection) while (performance.now() < end && (await this.#sendSome(spool, connection)));
    } catch (error) {
      this.#problem = causeOf(error);
    }
    if (this.#unsent) await this.#keep(spool, this.#unsent);
    await this.#spoolQueue(spool);
    connection?.close();
    await spool?.close();
  }

  /** Without a spool, sending goes on from memory alone. */
  async #openSpool(folder: string, mostBytes: number): Promise<Spool | undefined> {
    try {
      this.#spool = await Spool.open(folder, mostBytes);
    } catch (error) {
      log.error(`cannot spool for ${this.#address}: ${causeOf(error)}`);
    }
    return this.#spool;
  }

  async #wait(ms: number): Promise<void> {
    // Ends early, and without an error, when the sender is to stop.
    await pass(ms, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined);
  }
}
