import { type Aggregate, aggregateByName, aggregateName } from './aggregate.ts';

/** Windows up to here are looked at anew for each position, which is as fast but for medians. */
const SHORT = 8;

const SUMS = new Set(['sum', 'total']);
const AVERAGES = new Set(['average', 'avg']);

/** Of finding the places of two values; moving those between costs a 256th of reading them, looking at all anew a 16th. */
const MEDIAN_COST = 4;

/** What `slide` costs beyond its result, in points read from the store; to be known before, as it may be long. */
export function slideCost(aggregation: string, values: number, size: number): number {
  const short = aggregateName(aggregation);
  const length = values - size;
  if (length <= 0) return 0;
  if (short === 'median') return Math.ceil(length * (MEDIAN_COST + size / 256));
  if (size <= SHORT || short === 'max' || short === 'min' || SUMS.has(short) || AVERAGES.has(short)) return 0;
  return Math.ceil((length * size) / 16);
}

/**
 * An aggregation of the `size` values before each position, from position `size` on; NaN where fewer than `xFilesFactor`
 * of them are known. See slideCost.
 */
export function slide(aggregation: string, values: Float64Array, size: number, xFilesFactor: number): Float64Array {
  const length = values.length - size;
  // Also for windows of a thousand million values, which nobody must count through.
  if (length <= 0) return new Float64Array(0);
  const short = aggregateName(aggregation);
  const result =
    size > SHORT || (short === 'median' && size > 0) ? slideLong(short, values, size, length) : slideShort(windowAggregate(short), values, size, length);
  let known = 0;
  for (let i = 0; i < size; i++) if (values[i] === values[i]) known++;
  for (let i = 0; i < length; i++) {
    if (known === 0 || known / size < xFilesFactor) result[i] = NaN;
    if (values[i] === values[i]) known--;
    if (values[i + size] === values[i + size]) known++;
  }
  return result;
}

/** As in Graphite gaps do not reach the aggregation of a window. */
function windowAggregate(name: string): Aggregate {
  return name === 'multiply' ? product : aggregateByName(name === 'avg_zero' ? 'average' : name);
}

function product(values: Float64Array, start: number, end: number): number {
  let result = 1;
  for (let i = start; i < end; i++) if (values[i] === values[i]) result *= values[i];
  return result;
}

function slideShort(aggregate: Aggregate, values: Float64Array, size: number, length: number): Float64Array {
  const result = new Float64Array(length);
  for (let i = 0; i < length; i++) result[i] = aggregate(values, i, i + size);
  return result;
}

function slideLong(aggregation: string, values: Float64Array, size: number, length: number): Float64Array {
  if (aggregation === 'max') return slideExtreme(values, size, length, (a, b) => a >= b);
  if (aggregation === 'min') return slideExtreme(values, size, length, (a, b) => a <= b);
  if (SUMS.has(aggregation)) return slideSum(values, size, length, false);
  if (AVERAGES.has(aggregation)) return slideSum(values, size, length, true);
  if (aggregation === 'median') return slideMedian(values, size, length);
  return slideShort(windowAggregate(aggregation), values, size, length);
}

/**
 * Every window ends in the block of `size` values after the one in which it begins: its sum is what the first holds from its begin on and
 * the second up to its end. Nothing is ever taken off again, so that a large value, or an infinity, leaves no trace behind its windows.
 */
function slideSum(values: Float64Array, size: number, length: number, average: boolean): Float64Array {
  const result = new Float64Array(length);
  const sumFrom = new Float64Array(size);
  const knownFrom = new Uint32Array(size);
  for (let block = 0; block < length; block += size) {
    let sum = 0;
    let known = 0;
    for (let k = size - 1; k >= 0; k--) {
      const value = values[block + k];
      if (value === value) {
        sum += value;
        known++;
      }
      sumFrom[k] = sum;
      knownFrom[k] = known;
    }
    sum = 0;
    known = 0;
    const windows = Math.min(size, length - block);
    for (let k = 0; k < windows; k++) {
      const total = sumFrom[k] + sum;
      result[block + k] = average ? total / (knownFrom[k] + known) : total;
      const value = values[block + size + k];
      if (value === value) {
        sum += value;
        known++;
      }
    }
  }
  return result;
}

/** Keeps the positions that may still win, best first; each comes and goes once. */
function slideExtreme(values: Float64Array, size: number, length: number, beats: (a: number, b: number) => boolean): Float64Array {
  const result = new Float64Array(length);
  const candidates = new Uint32Array(values.length);
  let first = 0;
  let end = 0;
  for (let i = 0; i < length + size; i++) {
    if (i >= size) {
      while (first < end && candidates[first] < i - size) first++;
      result[i - size] = first < end ? values[candidates[first]] : NaN;
    }
    if (values[i] !== values[i]) continue;
    while (end > first && beats(values[i], values[candidates[end - 1]])) end--;
    candidates[end++] = i;
  }
  return result;
}

/** Keeps the window's known values in order; what comes in and goes out moves those above it. */
function slideMedian(values: Float64Array, size: number, length: number): Float64Array {
  const result = new Float64Array(length);
  const sorted = new Float64Array(size + 1);
  let known = 0;
  for (let i = 0; i < length + size; i++) {
    if (i >= size) {
      const middle = known >> 1;
      result[i - size] = known % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
      const gone = values[i - size];
      if (gone === gone) {
        const at = placeOf(sorted, known, gone);
        sorted.copyWithin(at, at + 1, known--);
      }
    }
    const value = values[i];
    if (value !== value) continue;
    const at = placeOf(sorted, known, value);
    sorted.copyWithin(at + 1, at, known++);
    sorted[at] = value;
  }
  return result;
}

/** The first position in `sorted[0, count)` whose value is not below. */
function placeOf(sorted: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
