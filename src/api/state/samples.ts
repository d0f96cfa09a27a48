import { COUNTERS, counterIndex, readCounters, type CounterName } from '../../core/counters.ts';

/** Seconds and minutes that are remembered. */
const SECONDS = 61;
const MINUTES = 61;

interface Sample {
  time: number;
  values: Float64Array;
}

/**
 * Remembers the counters of each of the last 60 seconds and 60 minutes, so that rates and "in the last hour" can be
 * told. 66 kB in all; taken once a second by `take`.
 */
export class CounterSamples {
  readonly #counters: SharedArrayBuffer;
  readonly #seconds: Sample[] = [];
  readonly #minutes: Sample[] = [];
  /** When each counter was last seen higher than before; 0 for never. */
  readonly #moved = new Float64Array(COUNTERS.length);

  constructor(counters: SharedArrayBuffer, now: number) {
    this.#counters = counters;
    this.take(now);
  }

  take(now: number): void {
    const sums = readCounters(this.#counters);
    const values = Float64Array.from(COUNTERS, (name) => sums[name]);
    const before = this.#seconds.at(-1)?.values;
    if (before) for (let i = 0; i < values.length; i++) if (values[i] > before[i]) this.#moved[i] = now;
    keep(this.#seconds, { time: now, values }, SECONDS);
    const minute = this.#minutes.at(-1)?.time;
    // A clock that was set back begins a new row of minutes.
    if (minute === undefined || now - minute >= 60_000 || now < minute) keep(this.#minutes, { time: now, values }, MINUTES);
  }

  /** Growth a second over the last `window` milliseconds (at most a minute). */
  rate(name: CounterName, window = 10_000): number {
    const last = this.#seconds[this.#seconds.length - 1];
    const first = since(this.#seconds, last.time - window);
    return last.time > first.time ? Math.max(0, ((last.values[counterIndex(name)] - first.values[counterIndex(name)]) * 1000) / (last.time - first.time)) : 0;
  }

  /** Growth over the last minute or hour, or since the start where that is shorter. */
  grown(name: CounterName, window: 'minute' | 'hour'): number {
    const index = counterIndex(name);
    const list = window === 'minute' ? this.#seconds : this.#minutes;
    return this.#seconds[this.#seconds.length - 1].values[index] - list[0].values[index];
  }

  /** When the counter last grew, to a second; null for never. */
  moved(name: CounterName): number | null {
    return this.#moved[counterIndex(name)] || null;
  }
}

function keep(list: Sample[], sample: Sample, most: number): void {
  list.push(sample);
  if (list.length > most) list.shift();
}

/** The oldest sample that is not older than `time`. */
function since(list: Sample[], time: number): Sample {
  return list.find((sample) => sample.time >= time) ?? list[list.length - 1];
}
