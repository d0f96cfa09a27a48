import { type CounterLane, counterIndex } from '../../../core/counters.ts';
import type { Kind, Method } from '../../../core/series.ts';
import { eachName } from './names.ts';

const BAD_NAME = counterIndex('points.dropped.bad_name');
const TOO_MANY = counterIndex('points.dropped.too_many_series');

/** What a writer's number may stand for besides a series. */
const REFUSED = -2;
const BAD = -3;
const REMOVED = -4;

/** Names of refused series are remembered up to this many a writer, to try again when there is room. */
const MAX_REMEMBERED = 100_000;
const RETRY_AFTER = 60_000;

/** What a writer's numbers need from the index. */
export interface NameSource {
  /** Number of the series, new when unknown; -1 when there is no room. */
  internBytes(bytes: Uint8Array, start: number, end: number, kind: Kind, method: Method): number;
}

/** A series as it can be declared again. */
export interface Remembered {
  bytes: Uint8Array;
  kind: Kind;
  method: Method;
}

/** One writer's numbers and the series that they stand for. */
export class Translation {
  readonly #index: NameSource;
  readonly #counters: Float64Array;
  readonly #monotonic: () => number;
  #table = new Int32Array(256);
  #declared = 0;
  /** Names of numbers without a series, so that they can get one later. */
  readonly #remembered = new Map<number, Remembered>();
  #retryAt = 0;

  constructor(index: NameSource, counters: CounterLane, monotonic: () => number) {
    this.#index = index;
    this.#counters = counters.values;
    this.#monotonic = monotonic;
  }

  /** Takes names in the order declared. */
  declare(names: Uint8Array): void {
    eachName(names, (start, length, kind, method) => {
      if (this.#declared === this.#table.length) this.#grow();
      const id = length === 0 ? BAD : this.#intern(names, start, length, kind, method);
      if (id === REFUSED && this.#remembered.size < MAX_REMEMBERED)
        this.#remembered.set(this.#declared, { bytes: names.slice(start, start + length), kind, method });
      this.#table[this.#declared++] = id;
    });
  }

  /** The series that a number stands for; below 0, with the point counted as dropped, when there is none. */
  seriesOf(number: number): number {
    const id = number < this.#declared ? this.#table[number] : BAD;
    return id >= 0 ? id : this.#without(number, id);
  }

  /** These series are gone; a later point makes them anew. */
  forget(removed: ReadonlyMap<number, Remembered>): void {
    for (let number = 0; number < this.#declared; number++) {
      const series = removed.get(this.#table[number]);
      if (!series) continue;
      this.#table[number] = REMOVED;
      this.#remembered.set(number, series);
    }
    // There is room now for those that were refused.
    this.#retryAt = 0;
  }

  #without(number: number, why: number): number {
    if (why === BAD) {
      this.#counters[BAD_NAME]++;
      return BAD;
    }
    if (why === REMOVED) this.#retry(number);
    else if (this.#monotonic() >= this.#retryAt) {
      this.#retryAt = this.#monotonic() + RETRY_AFTER;
      for (const refused of this.#remembered.keys()) if (this.#table[refused] === REFUSED) this.#retry(refused);
    }
    if (this.#table[number] < 0) this.#counters[TOO_MANY]++;
    return this.#table[number];
  }

  #retry(number: number): void {
    const series = this.#remembered.get(number);
    if (!series) return;
    this.#table[number] = this.#intern(series.bytes, 0, series.bytes.length, series.kind, series.method);
    if (this.#table[number] >= 0) this.#remembered.delete(number);
  }

  #intern(bytes: Uint8Array, start: number, length: number, kind: Kind, method: Method): number {
    const id = this.#index.internBytes(bytes, start, start + length, kind, method);
    return id >= 0 ? id : REFUSED;
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 2);
    table.set(this.#table);
    this.#table = table;
  }
}
