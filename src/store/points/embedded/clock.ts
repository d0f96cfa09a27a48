import { performance } from 'node:perf_hooks';

/** Where time comes from; both in milliseconds. Tests share memory with the worker and move it by hand. */
export interface Clock {
  wall(): number;
  monotonic(): number;
}

export const realClock: Clock = { wall: () => Date.now(), monotonic: () => performance.now() };

/** A clock that stands at what the memory says: two f64, wall time and monotonic time. */
export function sharedClock(memory: SharedArrayBuffer): Clock {
  const times = new Float64Array(memory, 0, 2);
  return { wall: () => times[0], monotonic: () => times[1] };
}

/** The wall clock has to run evenly for so long before anything is deleted on its word. */
const TRUST_AFTER = 10 * 60_000;
const TOLERANCE = 2000;

/**
 * The present, doubted: when the wall clock jumps, both the old and the new reading count as possible until the new one has
 * held for ten minutes. So a jump makes nobody's points too old or too new, and deletes nothing.
 */
export class Present {
  readonly #clock: Clock;
  /** Wall minus monotonic time, as believed and as last seen. */
  #believed: number;
  #seen: number;
  #seenSince: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#seenSince = clock.monotonic();
    this.#seen = clock.wall() - this.#seenSince;
    this.#believed = this.#seen;
  }

  get monotonic(): number {
    return this.#clock.monotonic();
  }

  get wall(): number {
    return this.#clock.wall();
  }

  /** The earliest and latest that it may be. */
  range(): { earliest: number; latest: number } {
    this.#look();
    const monotonic = this.#clock.monotonic();
    return { earliest: monotonic + Math.min(this.#believed, this.#seen), latest: monotonic + Math.max(this.#believed, this.#seen) };
  }

  /** True when the wall clock has run evenly for ten minutes, the least on which anything may be deleted. */
  trusted(): boolean {
    this.#look();
    return this.#clock.monotonic() - this.#seenSince >= TRUST_AFTER;
  }

  #look(): void {
    const monotonic = this.#clock.monotonic();
    const offset = this.#clock.wall() - monotonic;
    if (Math.abs(offset - this.#seen) > TOLERANCE) this.#seenSince = monotonic;
    this.#seen = offset;
    if (monotonic - this.#seenSince >= TRUST_AFTER) this.#believed = offset;
  }
}
