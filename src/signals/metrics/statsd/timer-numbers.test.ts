import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { percentileSuffix, TimerNumbers } from './timer-numbers.ts';
import { ExactSamples } from './timer-samples.ts';

function numbersOf(samples: number[], options: { percentiles?: number[]; bins?: number[]; wanted?: string[]; weight?: number } = {}): Record<string, number> {
  const numbers = new TimerNumbers(options.percentiles ?? [90], options.bins ?? [], options.wanted ?? [], 1000);
  const values = new Float64Array(numbers.columns.length);
  numbers.write(values, samples.length > 0 ? new ExactSamples(Float64Array.from(samples)) : undefined, options.weight ?? samples.length);
  return Object.fromEntries(numbers.columns.map(({ name }, i) => [name, values[i]] as const).filter(([, value]) => !Number.isNaN(value)));
}

/** Upstream's rules in the most direct way. */
function expected(samples: number[], percentiles: number[]): Record<string, number> {
  const sorted = samples.toSorted((a, b) => a - b);
  const n = sorted.length;
  const add = (list: number[]): number => list.reduce((sum, value) => value + sum, 0);
  const sum = add(sorted);
  const mean = sum / n;
  const all: Record<string, number> = {
    std: Math.sqrt(add(sorted.map((value) => (value - mean) * (value - mean))) / n),
    upper: sorted[n - 1],
    lower: sorted[0],
    count: n,
    count_ps: n,
    sum,
    sum_squares: add(sorted.map((value) => value * value)),
    mean,
    median: n % 2 ? sorted[(n - 1) / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2,
  };
  for (const p of percentiles) {
    const k = n === 1 ? 1 : Math.round((Math.abs(p) / 100) * n);
    if (k === 0) continue;
    const part = p > 0 ? sorted.slice(0, k) : sorted.slice(n - k);
    const name = percentileSuffix(p);
    all[`count_${name}`] = k;
    all[`${p > 0 ? 'upper' : 'lower'}_${name}`] = p > 0 ? part[k - 1] : part[0];
    // Upstream takes the highest values' sums as a difference, which rounds otherwise than adding them.
    all[`sum_${name}`] = p > 0 ? add(part) : sum - add(sorted.slice(0, n - k));
    all[`sum_squares_${name}`] = p > 0 ? add(part.map((value) => value * value)) : all.sum_squares - add(sorted.slice(0, n - k).map((value) => value * value));
    all[`mean_${name}`] = all[`sum_${name}`] / k;
  }
  return all;
}

test('a timer sends the numbers that upstream was seen to send', () => {
  const numbers = numbersOf([5, 50, 500], { percentiles: [90, 99.9, -10], bins: [10, 100, Infinity], weight: 4 });
  assert.deepEqual(numbers, {
    std: 223.4949663862701,
    upper: 500,
    lower: 5,
    count: 4,
    count_ps: 4,
    sum: 555,
    sum_squares: 252525,
    mean: 185,
    median: 50,
    count_90: 3,
    mean_90: 185,
    upper_90: 500,
    sum_90: 555,
    sum_squares_90: 252525,
    count_99_9: 3,
    mean_99_9: 185,
    upper_99_9: 500,
    sum_99_9: 555,
    sum_squares_99_9: 252525,
    'histogram.bin_10': 1,
    'histogram.bin_100': 1,
    'histogram.bin_inf': 1,
  });
});

test('whatever the samples, the numbers are upstream’s to the last bit', () => {
  const percentile = fc.oneof(fc.constantFrom(50, 90, 99.9, -10, -100, 100), fc.double({ min: 0.1, max: 100, noNaN: true }));
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 256 }),
      fc.uniqueArray(percentile, { maxLength: 4 }),
      (samples, percentiles) => {
        // Zero and minus zero are the same to everybody.
        const positive = samples.map((value) => value + 0);
        assert.deepEqual(numbersOf(positive, { percentiles }), expected(positive, percentiles));
      },
    ),
  );
});

test('an idle timer sends its counts only', () => assert.deepEqual(numbersOf([]), { count: 0, count_ps: 0 }));

test('a single sample is every percentile, a share that rounds to none is left out', () => {
  assert.equal(numbersOf([3], { percentiles: [-10] }).lower_top10, 3);
  assert.equal(numbersOf([3, 4, 5], { percentiles: [-10] }).lower_top10, undefined);
});

test('bins are exclusive upper bounds; what lies above the last one is dropped', () => {
  const numbers = numbersOf([1, 10, 11, 99.5, 500], { bins: [10, 99.5] });
  assert.equal(numbers['histogram.bin_10'], 1);
  assert.equal(numbers['histogram.bin_99_5'], 2);
});

test('only wanted numbers are sent, named as they are or upstream’s way', () => {
  const options = { percentiles: [90, -99.9], bins: [10], wanted: ['count', 'upper_percent', 'lower_top99_9', 'histogram'] };
  assert.deepEqual(Object.keys(numbersOf([1, 2, 3], options)), ['count', 'upper_90', 'lower_top99_9', 'histogram.bin_10']);
});
