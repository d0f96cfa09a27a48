import { HeedError } from '../../core/errors.ts';

/** Makes one number of `values[start, end)`; NaN is no data and answers NaN where nothing is known. */
export type Aggregate = (values: Float64Array, start: number, end: number) => number;

export function sum(values: Float64Array, start: number, end: number): number {
  let total = 0;
  let known = 0;
  for (let i = start; i < end; i++) {
    const value = values[i];
    if (value === value) {
      total += value;
      known++;
    }
  }
  return known === 0 ? NaN : total;
}

function count(values: Float64Array, start: number, end: number): number {
  let known = 0;
  for (let i = start; i < end; i++) if (values[i] === values[i]) known++;
  return known;
}

export function average(values: Float64Array, start: number, end: number): number {
  return sum(values, start, end) / count(values, start, end);
}

function max(values: Float64Array, start: number, end: number): number {
  let best = NaN;
  for (let i = start; i < end; i++) if (!(values[i] <= best) && values[i] === values[i]) best = values[i];
  return best;
}

function min(values: Float64Array, start: number, end: number): number {
  let best = NaN;
  for (let i = start; i < end; i++) if (!(values[i] >= best) && values[i] === values[i]) best = values[i];
  return best;
}

function last(values: Float64Array, start: number, end: number): number {
  for (let i = end - 1; i >= start; i--) if (values[i] === values[i]) return values[i];
  return NaN;
}

/** The first known value less all the others. */
function diff(values: Float64Array, start: number, end: number): number {
  let result = NaN;
  for (let i = start; i < end; i++) {
    const value = values[i];
    if (value === value) result = result === result ? result - value : value;
  }
  return result;
}

/** Nothing known makes the product unknown, and so does a single gap. */
function multiply(values: Float64Array, start: number, end: number): number {
  if (start === end) return NaN;
  let product = 1;
  for (let i = start; i < end; i++) product *= values[i];
  return product;
}

/** Of the whole population. */
function stddev(values: Float64Array, start: number, end: number): number {
  const known = count(values, start, end);
  if (known === 0) return NaN;
  const mean = sum(values, start, end) / known;
  let squares = 0;
  for (let i = start; i < end; i++) if (values[i] === values[i]) squares += (values[i] - mean) ** 2;
  return Math.sqrt(squares / known);
}

function median(values: Float64Array, start: number, end: number): number {
  // Typed arrays sort NaN to the end.
  const sorted = values.subarray(start, end).toSorted();
  const known = count(sorted, 0, sorted.length);
  if (known === 0) return NaN;
  const middle = known >> 1;
  return known % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const AGGREGATES: Record<string, Aggregate> = {
  average,
  avg: average,
  // Gaps count as 0, even where there is nothing else.
  avg_zero: (values, start, end) => (sum(values, start, end) || 0) / (end - start),
  median,
  sum,
  total: sum,
  min,
  max,
  diff,
  stddev,
  count,
  range: (values, start, end) => max(values, start, end) - min(values, start, end),
  rangeOf: (values, start, end) => max(values, start, end) - min(values, start, end),
  multiply,
  last,
  current: last,
};

/** Names that parameters of type `aggFunc` take, as graphite-web lists them. */
export const AGGREGATE_NAMES: readonly string[] = Object.keys(AGGREGATES);

/** `sumSeries` means `sum`, wherever a name of an aggregation is asked for. */
export function aggregateName(name: string): string {
  return name.endsWith('Series') ? name.slice(0, -'Series'.length) : name;
}

/**
 * The aggregation of a name.
 * @throws HeedError `bad_argument` for an unknown one
 */
export function aggregateByName(name: string): Aggregate {
  const short = aggregateName(name);
  if (!Object.hasOwn(AGGREGATES, short))
    throw new HeedError('bad_argument', `cannot aggregate by '${name.slice(0, 40)}': it is not one of ${AGGREGATE_NAMES.join(', ')}`);
  return AGGREGATES[short];
}
