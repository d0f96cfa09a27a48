import type { TimerSamples } from './timer-numbers.ts';

const OCTAVE_COUNT = 56;
const BUCKETS_PER_OCTAVE = 32;
const FIRST_EXPONENT = -16;

/** What a sketch keeps exactly, and its buckets: `counts(octave, bucket)`. */
export interface Sketch {
  count: number;
  sum: number;
  squares: number;
  lowest: number;
  highest: number;
  hasOctave(octave: number): boolean;
  countAt(octave: number, bucket: number): number;
}

/**
 * Very many samples, known by logarithmic buckets: 32 in each octave, so that the middle of a bucket is at most 1.6 % from any
 * sample in it. Count, sums and bounds are exact, and no answer lies outside the bounds.
 */
export class SketchSamples implements TimerSamples {
  readonly #sketch: Sketch;
  /** Of each bucket that is not empty: its middle, and how many samples are in it and below. */
  readonly #middles: number[] = [];
  readonly #ranks: number[] = [];

  constructor(sketch: Sketch) {
    this.#sketch = sketch;
    let rank = 0;
    for (let octave = 0; octave < OCTAVE_COUNT; octave++) {
      if (!sketch.hasOctave(octave)) continue;
      for (let bucket = 0; bucket < BUCKETS_PER_OCTAVE; bucket++) {
        const count = sketch.countAt(octave, bucket);
        if (count === 0) continue;
        rank += count;
        this.#ranks.push(rank);
        this.#middles.push(Math.min(sketch.highest, Math.max(sketch.lowest, middleOf(octave, bucket))));
      }
    }
  }

  get count(): number {
    return this.#sketch.count;
  }

  get sum(): number {
    return this.#sketch.sum;
  }

  get squares(): number {
    return this.#sketch.squares;
  }

  get lowest(): number {
    return this.#sketch.lowest;
  }

  get highest(): number {
    return this.#sketch.highest;
  }

  get deviation(): number {
    const mean = this.sum / this.count;
    return Math.sqrt(Math.max(0, this.squares / this.count - mean * mean));
  }

  at(k: number): number {
    if (k <= 1) return this.lowest;
    if (k >= this.count) return this.highest;
    return this.#middles[this.#ranks.findIndex((rank) => rank >= k)] ?? this.highest;
  }

  sumTo(k: number): number {
    return k >= this.count ? this.sum : this.#fold(k, (middle) => middle);
  }

  squaresTo(k: number): number {
    return k >= this.count ? this.squares : this.#fold(k, (middle) => middle * middle);
  }

  #fold(k: number, value: (middle: number) => number): number {
    let total = 0;
    let before = 0;
    for (let i = 0; i < this.#ranks.length && before < k; i++) {
      total += value(this.#middles[i]) * (Math.min(this.#ranks[i], k) - before);
      before = this.#ranks[i];
    }
    return total;
  }

  below(bound: number): number {
    const first = this.#middles.findIndex((middle) => middle >= bound);
    return first < 0 ? this.count : first === 0 ? 0 : this.#ranks[first - 1];
  }
}

/** The first bucket also holds zeros and what is smaller than it. */
function middleOf(octave: number, bucket: number): number {
  return octave === 0 && bucket === 0 ? 0 : 2 ** (octave + FIRST_EXPONENT) * (1 + (bucket + 0.5) / BUCKETS_PER_OCTAVE);
}
