import { fold } from '../../core/fold.ts';
import type { Row } from '../../core/frame.ts';
import { methodByName, Method } from '../../core/series.ts';
import { type Aggregate, average, sum } from './aggregate.ts';
import { windowOf } from './row.ts';

/** Rows brought onto one grid. */
export interface Grid {
  rows: Row[];
  start: number;
  step: number;
  /** The last end of all rows, in whole steps from the start. */
  end: number;
  /** Values of the longest row; shorter rows have no data after theirs. */
  length: number;
}

/**
 * Folds each `size` values into one by the row's own method. The start stays. The last group may be shorter, and still
 * needs as many known values as the others.
 */
export function consolidate(row: Row, size: number): Row {
  if (size === 1) return row;
  const length = Math.ceil(row.values.length / size);
  const method = methodByName(row.consolidate) as Method;
  const values = new Float64Array(length);
  const whole = method === Method.average ? averageGroups(row.values, size, row.xFilesFactor, values) : 0;
  for (let i = whole; i < length; i++) {
    const end = Math.min((i + 1) * size, row.values.length);
    values[i] = fold(method, row.values, i * size, end, (row.xFilesFactor * size) / (end - i * size));
  }
  return { ...row, step: row.step * size, values };
}

/**
 * Averages of whole groups, as `fold` makes them, two groups at a time: each addition waits for the one before it in its group, and the
 * other group's goes on meanwhile. Counting the gaps, which are few, costs less than counting the rest. Answers how many groups it made.
 */
function averageGroups(values: Float64Array, size: number, xFilesFactor: number, out: Float64Array): number {
  const groups = Math.floor(values.length / size) & ~1;
  for (let group = 0; group < groups; group += 2) {
    const first = group * size;
    const second = first + size;
    let firstSum = 0;
    let secondSum = 0;
    let firstGaps = 0;
    let secondGaps = 0;
    for (let i = 0; i < size; i++) {
      const a = values[first + i];
      const b = values[second + i];
      if (a === a) firstSum += a;
      else firstGaps++;
      if (b === b) secondSum += b;
      else secondGaps++;
    }
    // Nothing known is 0 / 0, which is NaN.
    out[group] = firstSum / (size - firstGaps);
    out[group + 1] = secondSum / (size - secondGaps);
    if (xFilesFactor > 0) {
      if ((size - firstGaps) / size < xFilesFactor) out[group] = NaN;
      if ((size - secondGaps) / size < xFilesFactor) out[group + 1] = NaN;
    }
  }
  return groups;
}

/**
 * Brings rows on different steps onto their least common step, each by its own method. As in Graphite values meet by
 * their index: rows of one window begin within one coarse step of each other.
 */
export function normalize(rows: readonly Row[]): Grid {
  let step = rows[0].step;
  for (const row of rows) step = leastCommonMultiple(step, row.step);
  const folded = rows.map((row) => consolidate(row, step / row.step));
  let length = 0;
  for (const row of folded) length = Math.max(length, row.values.length);
  const { start, end } = windowOf(rows);
  return { rows: folded, start, step, end: end - ((end - start) % step), length };
}

function leastCommonMultiple(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/**
 * One value for each place on the grid, from all rows' values there, in the rows' order; NaN where fewer than
 * `xFilesFactor` of them are known.
 */
export function combine(grid: Grid, aggregate: Aggregate, xFilesFactor: number): Float64Array {
  const { rows, length } = grid;
  if (aggregate === sum || aggregate === average) return combineSums(grid, aggregate === average, xFilesFactor);
  const combined = new Float64Array(length);
  const column = new Float64Array(rows.length);
  for (let i = 0; i < length; i++) {
    let known = 0;
    for (let r = 0; r < rows.length; r++) {
      const values = rows[r].values;
      const value = i < values.length ? values[i] : NaN;
      column[r] = value;
      if (value === value) known++;
    }
    combined[i] = known > 0 && known / rows.length >= xFilesFactor ? aggregate(column, 0, rows.length) : NaN;
  }
  return combined;
}

/** Sums and averages row by row, which reads memory in its order: three times as fast as place by place. */
function combineSums({ rows, length }: Grid, averages: boolean, xFilesFactor: number): Float64Array {
  const totals = new Float64Array(length);
  const known = new Uint32Array(length);
  for (const { values } of rows) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value === value) {
        totals[i] += value;
        known[i]++;
      }
    }
  }
  for (let i = 0; i < length; i++) {
    if (known[i] === 0 || known[i] / rows.length < xFilesFactor) totals[i] = NaN;
    else if (averages) totals[i] /= known[i];
  }
  return totals;
}
