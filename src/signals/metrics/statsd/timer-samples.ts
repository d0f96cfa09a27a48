import type { TimerSamples } from './timer-numbers.ts';

/** Samples as they came: every number is computed in upstream's order of steps, so that it is equal to the last bit. */
export class ExactSamples implements TimerSamples {
  readonly #sorted: Float64Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  readonly count: number;

  constructor(samples: Float64Array) {
    const sorted = samples.toSorted();
    this.#sorted = sorted;
    this.count = sorted.length;
    this.#sums = new Float64Array(sorted.length + 1);
    this.#squares = new Float64Array(sorted.length + 1);
    for (let i = 0; i < sorted.length; i++) {
      this.#sums[i + 1] = sorted[i] + this.#sums[i];
      this.#squares[i + 1] = sorted[i] * sorted[i] + this.#squares[i];
    }
  }

  get sum(): number {
    return this.#sums[this.count];
  }

  get squares(): number {
    return this.#squares[this.count];
  }

  get lowest(): number {
    return this.#sorted[0];
  }

  get highest(): number {
    return this.#sorted[this.count - 1];
  }

  get deviation(): number {
    const mean = this.sum / this.count;
    let differences = 0;
    for (const value of this.#sorted) differences += (value - mean) * (value - mean);
    return Math.sqrt(differences / this.count);
  }

  at(k: number): number {
    return this.#sorted[k - 1];
  }

  sumTo(k: number): number {
    return this.#sums[k];
  }

  squaresTo(k: number): number {
    return this.#squares[k];
  }

  below(bound: number): number {
    let k = 0;
    while (k < this.count && this.#sorted[k] < bound) k++;
    return k;
  }
}
