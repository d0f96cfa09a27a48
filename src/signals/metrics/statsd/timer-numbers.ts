import { Method } from '../../../core/series.ts';

/** A number that every timer sends: what is appended to the timer's name, and how it rolls up. */
export interface TimerColumn {
  name: string;
  method: Method;
}

/** Bins of histograms for timers whose name contains `metric`. */
export interface HistogramRule {
  metric: string;
  /** Exclusive upper bounds, ascending; Infinity catches the rest. */
  bins: number[];
}

/** A timer's interval as the numbers are computed from it. */
export interface TimerSamples {
  count: number;
  sum: number;
  squares: number;
  lowest: number;
  highest: number;
  deviation: number;
  /** The k-th smallest sample, k from 1 to count. */
  at(k: number): number;
  /** Sum and sum of squares of the k smallest. */
  sumTo(k: number): number;
  squaresTo(k: number): number;
  /** How many samples are below the bound. */
  below(bound: number): number;
}

const METHOD_BY_NAME: Record<string, Method> = {
  lower: Method.min,
  upper: Method.max,
  sum: Method.sum,
  sum_squares: Method.sum,
  count: Method.sum,
  mean: Method.average,
  median: Method.average,
  std: Method.average,
  count_ps: Method.average,
};
const ALWAYS = ['std', 'upper', 'lower', 'count', 'count_ps', 'sum', 'sum_squares', 'mean', 'median'];
const COUNT = ALWAYS.indexOf('count');
const COUNT_PS = ALWAYS.indexOf('count_ps');

/** The numbers of a timer for one set of bins: which columns there are, and how to fill them. */
export class TimerNumbers {
  readonly columns: TimerColumn[];
  readonly #percentiles: number[];
  readonly #bins: number[];
  readonly #seconds: number;
  /** Position of each computed number among the columns, or -1 where it is not wanted. */
  readonly #places: number[];

  constructor(percentiles: number[], bins: number[], wanted: string[], intervalMs: number) {
    this.#percentiles = percentiles;
    this.#bins = bins;
    this.#seconds = intervalMs / 1000;
    const all = ALWAYS.map((name): TimerColumn => ({ name, method: METHOD_BY_NAME[name] }));
    for (const percentile of percentiles) {
      const suffix = percentileSuffix(percentile);
      for (const stat of ['count', 'mean', percentile > 0 ? 'upper' : 'lower', 'sum', 'sum_squares'])
        all.push({ name: `${stat}_${suffix}`, method: METHOD_BY_NAME[stat] });
    }
    for (const bin of bins) all.push({ name: `histogram.bin_${binName(bin)}`, method: Method.sum });
    this.columns = all.filter(({ name }) => isWanted(name, wanted));
    this.#places = all.map((column) => this.columns.indexOf(column));
  }

  /** Fills `values`, one per column; NaN is a number that this interval does not have. An idle timer has only its counts, 0. */
  write(values: Float64Array, samples: TimerSamples | undefined, weight: number): void {
    values.fill(Number.NaN);
    const put = (index: number, value: number): void => {
      if (this.#places[index] >= 0) values[this.#places[index]] = value;
    };
    put(COUNT, weight);
    put(COUNT_PS, weight / this.#seconds);
    if (!samples) return;
    const { count, sum, squares, lowest, highest } = samples;
    const middle = Math.floor(count / 2);
    const median = count % 2 ? samples.at(middle + 1) : (samples.at(middle) + samples.at(middle + 1)) / 2;
    [samples.deviation, highest, lowest, weight, weight / this.#seconds, sum, squares, sum / count, median].forEach((value, i) => put(i, value));
    let place = ALWAYS.length;
    for (const percentile of this.#percentiles) {
      this.#fillPercentile(put, place, percentile, samples);
      place += 5;
    }
    let before = 0;
    for (const bin of this.#bins) {
      const below = bin === Infinity ? count : Math.max(before, samples.below(bin));
      put(place++, below - before);
      before = below;
    }
  }

  #fillPercentile(put: (index: number, value: number) => void, place: number, percentile: number, samples: TimerSamples): void {
    const { count, sum, squares } = samples;
    // One sample is every percentile; of several, a share that rounds to none is left out.
    const k = count === 1 ? 1 : Math.round((Math.abs(percentile) / 100) * count);
    if (k === 0) return;
    const rest = percentile > 0 ? 0 : count - k;
    const sumIn = percentile > 0 ? samples.sumTo(k) : sum - samples.sumTo(rest);
    const squaresIn = percentile > 0 ? samples.squaresTo(k) : squares - samples.squaresTo(rest);
    put(place, k);
    put(place + 1, sumIn / k);
    put(place + 2, percentile > 0 ? samples.at(k) : samples.at(rest + 1));
    put(place + 3, sumIn);
    put(place + 4, squaresIn);
  }
}

/** `99.9` is `99_9`, `-10` is `top10`. */
export function percentileSuffix(percentile: number): string {
  return String(percentile).replace('.', '_').replace('-', 'top');
}

function binName(bin: number): string {
  return bin === Infinity ? 'inf' : String(bin).replace('.', '_');
}

/** The list names numbers as they are (`upper_90`), or upstream's way for all percentiles (`upper_percent`) and bins (`histogram`). */
function isWanted(name: string, wanted: string[]): boolean {
  return (
    wanted.length === 0 ||
    wanted.includes(name) ||
    wanted.includes(name.replace(/_(?:top)?\d+(?:_\d+)?$/, '_percent')) ||
    (name.startsWith('histogram.') && wanted.includes('histogram'))
  );
}
