import type { Head } from './head.ts';

/** Intervals at which people send, in seconds; each above a minute is a multiple of one. */
const RHYTHMS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200];
const MAX_VOTES = 8;
/** A new rhythm is believed after this many agreeing intervals; the very first one at once. */
const ENOUGH = 3;

/** The nearest rhythm by ratio, as position + 1, for every interval up to an hour. */
const NEAREST = Uint8Array.from({ length: 3601 }, (_, seconds) => nearest(seconds));

function nearest(seconds: number): number {
  let best = 0;
  for (let i = 1; i < RHYTHMS.length; i++) if (distance(seconds, RHYTHMS[i]) < distance(seconds, RHYTHMS[best])) best = i;
  return best + 1;
}

function distance(a: number, b: number): number {
  return a > b ? a / b : b / Math.max(a, 0.1);
}

/**
 * How often each series is sent: the majority (Boyer and Moore) of the intervals between arrivals, each rounded to what
 * people use. Lost and jittering points do not sway it.
 */
export class Rhythms {
  #candidate = new Uint8Array(1024);
  #votes = new Uint8Array(1024);
  /** Believed rhythm by series, as position + 1; 0 for not known. */
  #believed = new Uint8Array(1024);

  /** Seconds between points of the series; 0 when it is not known. */
  seconds(id: number): number {
    const code = id < this.#believed.length ? this.#believed[id] : 0;
    return code === 0 ? 0 : RHYTHMS[code - 1];
  }

  /** Starts from what was known before a restart. */
  restore(id: number, seconds: number): void {
    if (seconds === 0) return;
    this.#reach(id + 1);
    this.#candidate[id] = this.#believed[id] = seconds <= 3600 ? NEAREST[seconds] : nearest(seconds);
    this.#votes[id] = ENOUGH;
  }

  /** Learns from points [from, until) of a head, where `adaptive(id)` is 1. `changed` hears of series with a new rhythm. */
  observe(head: Head, from: number, until: number, adaptive: (id: number) => boolean, changed: (id: number, seconds: number) => void): void {
    const { series, slots, previous } = head;
    for (let i = from; i < until; i++) {
      const before = previous[i];
      if (before === 0) continue;
      const delta = slots[i] - slots[before - 1];
      if (delta <= 0) continue;
      const id = series[i];
      if (!adaptive(id)) continue;
      this.#reach(id + 1);
      const code = delta <= 3600 ? NEAREST[delta] : nearest(delta);
      if (this.#vote(id, code)) changed(id, RHYTHMS[code - 1]);
    }
  }

  /** Learns a series' rhythm from times (seconds) that ascend; answers it, 0 when they tell nothing. */
  learn(id: number, times: Uint32Array): number {
    this.#reach(id + 1);
    for (let i = 1; i < times.length; i++) {
      const delta = times[i] - times[i - 1];
      this.#vote(id, delta <= 3600 ? NEAREST[delta] : nearest(delta));
    }
    return this.seconds(id);
  }

  /** @returns whether the belief changed to `code` */
  #vote(id: number, code: number): boolean {
    const votes = this.#votes[id];
    if (this.#candidate[id] === code) {
      if (votes < MAX_VOTES) this.#votes[id] = votes + 1;
    } else if (votes > 0) {
      this.#votes[id] = votes - 1;
      return false;
    } else {
      this.#candidate[id] = code;
      this.#votes[id] = 1;
    }
    if (this.#believed[id] === code || (this.#believed[id] !== 0 && this.#votes[id] < ENOUGH)) return false;
    this.#believed[id] = code;
    return true;
  }

  #reach(series: number): void {
    if (series <= this.#candidate.length) return;
    const size = Math.max(series, this.#candidate.length * 2);
    const grow = (column: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
      const grown = new Uint8Array(size);
      grown.set(column);
      return grown;
    };
    this.#candidate = grow(this.#candidate);
    this.#votes = grow(this.#votes);
    this.#believed = grow(this.#believed);
  }
}
