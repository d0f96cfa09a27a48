import type { HeedConfig } from '../../../core/config/config.ts';
import type { CounterLane } from '../../../core/counters.ts';
import { Kind } from '../../../core/series.ts';
import type { PointsWriter } from '../../../store/points/points-store.ts';
import type { Aggregation } from './aggregation.ts';
import { longIdle } from './evict.ts';
import type { Output, Outputs } from './output.ts';
import type { TimerNumbers } from './timer-numbers.ts';

/** Computing goes on for so long before receiving gets a turn, which under a flood takes two milliseconds: a fifth of the thread is for flushing then. */
const SLICE_MS = 0.5;
/** Series between two looks at the clock. */
const STRIDE = 8;
const FORGET_AT_ONCE = 1024;
/** So long a full queue is waited for, if the next flush is not due before. */
const MOST_PATIENCE_MS = 5000;

/** Upstream's own counters go on whatever the delete options say. */
const NEVER_DELETED = /packets_received|metrics_received|bad_lines_seen/;

/** How often an interval without a value is followed by a number all the same. */
interface IdleRules {
  deleteCounters: boolean;
  deleteTimers: boolean;
  deleteSets: boolean;
  deleteGauges: boolean;
  /** Flushes that a gauge outlives where gauges are deleted. */
  gaugesMaxTTL: number;
}

/** `deleteIdleStats` is the default of the four others. */
function idleRules({ statsdOptions: options }: HeedConfig): IdleRules {
  return {
    deleteCounters: options.deleteCounters ?? options.deleteIdleStats,
    deleteTimers: options.deleteTimers ?? options.deleteIdleStats,
    deleteSets: options.deleteSets ?? options.deleteIdleStats,
    deleteGauges: options.deleteGauges ?? options.deleteIdleStats,
    gaugesMaxTTL: options.gaugesMaxTTL,
  };
}

/** What a flush did, for StatsD's own numbers of the next one. */
export interface FlushReport {
  /** Counters, timers, gauges and sets that sent something. */
  stats: number;
  points: number;
  /** Milliseconds spent computing, and from the swap to the last point. */
  workMs: number;
  wallMs: number;
}

interface TimerSeries {
  numbers: TimerNumbers;
  /** The writer's number + 1 for each column, 0 before it was declared. */
  ids: Int32Array;
}

/** Hands an ended interval to the store, in slices, while receiving goes on. */
export class Flusher {
  readonly #aggregation: Aggregation;
  readonly #outputs: Outputs;
  readonly #writer: PointsWriter;
  readonly #counters: CounterLane;
  readonly #rules: IdleRules;
  readonly #intervalMs: number;
  /** The writer's number + 1 of a series' first and second point, by record. */
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  readonly #timers: (TimerSeries | undefined)[] = [];
  readonly #own = new Map<string, number>();
  /** Flushes since a series was written last, by record. */
  readonly #idle: Uint32Array;
  #values = new Float64Array(64);
  #time = 0;
  #points = 0;
  #stats = 0;
  /** Points that the store's queue had no room for yet: number and value by turns. */
  #waiting: number[] = [];

  constructor(aggregation: Aggregation, outputs: Outputs, writer: PointsWriter, counters: CounterLane, config: HeedConfig) {
    this.#aggregation = aggregation;
    this.#outputs = outputs;
    this.#writer = writer;
    this.#counters = counters;
    this.#rules = idleRules(config);
    this.#intervalMs = config.flush * 1000;
    const maxSeries = Math.floor(config.statsdOptions.maxSeries);
    this.#first = new Int32Array(maxSeries);
    this.#second = new Int32Array(maxSeries);
    this.#idle = new Uint32Array(maxSeries);
  }

  /** Ends the interval and stores it at `time`. Must have resolved before the next call. */
  async flush(time: number): Promise<FlushReport> {
    const aggregation = this.#aggregation;
    const start = performance.now();
    const giveUp = start + Math.min(this.#intervalMs * 0.8, MOST_PATIENCE_MS);
    aggregation.swap();
    this.#time = time;
    this.#points = this.#stats = 0;
    let workMs = 0;
    let sliceStart = start;
    const expired: number[] = [];
    const limit = aggregation.recordLimit;
    for (let index = 0; index < limit; index++) {
      if (!this.#series(index)) expired.push(index);
      if (this.#waiting.length === 0 && (index % STRIDE !== STRIDE - 1 || performance.now() - sliceStart < SLICE_MS)) continue;
      workMs += performance.now() - sliceStart;
      await this.#room(giveUp);
      await new Promise(setImmediate);
      sliceStart = performance.now();
    }
    workMs += performance.now() - sliceStart;
    await this.#room(giveUp);
    await this.#forgetIdle(expired);
    const idle = longIdle(aggregation, this.#idle, this.#first.length, this.#intervalMs);
    await this.#forgetIdle(idle);
    if (idle.length > 0) this.#declareAnew();
    return { stats: this.#stats, points: this.#points, workMs, wallMs: performance.now() - start };
  }

  /** Stores StatsD's own numbers at the time of the last flush. */
  async own(numbers: Record<string, number>): Promise<void> {
    for (const [stat, value] of Object.entries(numbers)) {
      let id = this.#own.get(stat);
      if (id === undefined) this.#own.set(stat, (id = this.#declare(this.#outputs.own(stat))));
      this.#send(id, value);
    }
    await this.#room(performance.now() + this.#intervalMs / 10);
    this.#writer.flush();
  }

  /** Forgets series here and in the aggregation. */
  forget(indices: number[]): void {
    const gone = new Set(indices);
    this.#aggregation.forgetSpellings((target) => gone.has(target));
    this.#remove(indices);
  }

  /** Forgets series in slices, but for those that came to life meanwhile. */
  async #forgetIdle(indices: number[]): Promise<void> {
    if (indices.length === 0) return;
    const gone = new Set(indices);
    // A spelling that is learnt again between two slices has made its series busy.
    this.#aggregation.forgetSpellings((target) => gone.has(target));
    for (let i = 0; i < indices.length; i += FORGET_AT_ONCE) {
      this.#remove(indices.slice(i, i + FORGET_AT_ONCE).filter((index) => !this.#aggregation.isBusy(index)));
      await new Promise(setImmediate);
    }
  }

  #remove(indices: number[]): void {
    for (const index of indices) {
      this.#aggregation.remove(index);
      this.#first[index] = this.#second[index] = this.#idle[index] = 0;
      this.#timers[index] = undefined;
    }
  }

  /** Sends a series' numbers and empties its bank; false when it is a gauge whose time is over. */
  #series(index: number): boolean {
    const aggregation = this.#aggregation;
    const kind = aggregation.kindAt(index);
    if (kind === Kind.unknown) return true;
    const written = aggregation.touches(index) > 0;
    this.#idle[index] = written ? 0 : this.#idle[index] + 1;
    const rules = this.#rules;
    let sent = true;
    if (kind === Kind.counter) {
      if (written || !rules.deleteCounters || NEVER_DELETED.test(aggregation.keyAt(index))) this.#counter(index);
      else sent = false;
    } else if (kind === Kind.timer) {
      if (written || !rules.deleteTimers) this.#timer(index, written);
      else sent = false;
    } else if (kind === Kind.set) {
      if (written || !rules.deleteSets)
        this.#send((this.#first[index] ||= this.#declare(this.#outputs.set(aggregation.keyAt(index)))), aggregation.amount(index));
      else sent = false;
    } else {
      if (rules.deleteGauges && this.#idle[index] >= rules.gaugesMaxTTL) return false;
      this.#send((this.#first[index] ||= this.#declare(this.#outputs.gauge(aggregation.keyAt(index)))), aggregation.gaugeAtEnd(index));
    }
    if (sent) this.#stats++;
    if (written) aggregation.clear(index);
    return true;
  }

  #counter(index: number): void {
    const sum = this.#aggregation.amount(index);
    const key = this.#aggregation.keyAt(index);
    const rate = (this.#first[index] ||= this.#declare(this.#outputs.counterRate(key)));
    this.#send(rate, sum / (this.#intervalMs / 1000));
    if (!this.#outputs.counts) return;
    const count = (this.#second[index] ||= this.#declare(this.#outputs.counterSum(key)));
    this.#send(count, sum);
  }

  #timer(index: number, written: boolean): void {
    const aggregation = this.#aggregation;
    const key = aggregation.keyAt(index);
    let timer = this.#timers[index];
    if (!timer) {
      const numbers = this.#outputs.timerNumbers(key);
      timer = this.#timers[index] = { numbers, ids: new Int32Array(numbers.columns.length) };
    }
    const { numbers, ids } = timer;
    if (this.#values.length < ids.length) this.#values = new Float64Array(ids.length);
    const values = this.#values.subarray(0, ids.length);
    numbers.write(values, written ? aggregation.samples(index) : undefined, aggregation.amount(index));
    for (let column = 0; column < ids.length; column++) {
      const value = values[column];
      if (Number.isNaN(value)) continue;
      this.#send((ids[column] ||= this.#declare(this.#outputs.timer(key, numbers.columns[column]))), value);
    }
  }

  /** Names come and go: without this the store would remember every number ever given. */
  #declareAnew(): void {
    this.#first.fill(0);
    this.#second.fill(0);
    for (const timer of this.#timers) timer?.ids.fill(0);
    this.#own.clear();
    this.#writer.forget();
  }

  #declare({ name, kind, method }: Output): number {
    return this.#writer.declare(name, kind, method) + 1;
  }

  #send(id: number, value: number): void {
    this.#points++;
    if (this.#waiting.length > 0 || !this.#writer.add(id - 1, this.#time, value)) this.#waiting.push(id, value);
  }

  /** Waits until the store took the waiting points; past `giveUp` they are dropped and counted, so that the next interval can be flushed. */
  async #room(giveUp: number): Promise<void> {
    while (this.#waiting.length > 0) {
      const left = giveUp - performance.now();
      if (left > 0) await Promise.race([this.#writer.drained(), new Promise((resolve) => setTimeout(resolve, left).unref())]);
      let sent = 0;
      while (sent < this.#waiting.length && this.#writer.add(this.#waiting[sent] - 1, this.#time, this.#waiting[sent + 1])) sent += 2;
      this.#waiting.splice(0, sent);
      if (this.#waiting.length > 0 && performance.now() >= giveUp) {
        this.#counters.add('points.dropped.queue_full', this.#waiting.length / 2);
        this.#waiting = [];
      }
    }
  }
}
