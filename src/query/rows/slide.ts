import { type Aggregate, aggregateByName, aggregateName } from './aggregate.ts';

/** Windows up to here are looked at anew for each position, which is as fast. */
const SHORT = 8;

/**
 * An aggregation of the `size` values before each position, from position `size` on; NaN where fewer than `xFilesFactor`
 * of them are known. `spend` is told what it costs beyond the result itself.
 */
export function slide(aggregation: string, values: Float64Array, size: number, xFilesFactor: number, spend: (points: number) => void): Float64Array {
  const length = values.length - size;
  // Also for windows of a thousand million values, which nobody must count through.
  if (length <= 0) return new Float64Array(0);
  const short = aggregateName(aggregation);
  const result = size > SHORT ? slideLong(short, values, size, length, spend) : slideShort(aggregateByName(short), values, size, length);
  let known = 0;
  for (let i = 0; i < size; i++) if (values[i] === values[i]) known++;
  for (let i = 0; i < length; i++) {
    if (known === 0 || known / size < xFilesFactor) result[i] = NaN;
    if (values[i] === values[i]) known--;
    if (values[i + size] === values[i + size]) known++;
  }
  return result;
}

function slideShort(aggregate: Aggregate, values: Float64Array, size: number, length: number): Float64Array {
  const result = new Float64Array(length);
  for (let i = 0; i < length; i++) result[i] = aggregate(values, i, i + size);
  return result;
}

function slideLong(aggregation: string, values: Float64Array, size: number, length: number, spend: (points: number) => void): Float64Array {
  if (aggregation === 'max') return slideExtreme(values, size, length, (a, b) => a >= b);
  if (aggregation === 'min') return slideExtreme(values, size, length, (a, b) => a <= b);
  const isSum = aggregation === 'sum' || aggregation === 'total';
  if ((isSum || aggregation === 'average' || aggregation === 'avg') && !values.some((value) => Math.abs(value) === Infinity))
    return slideSum(values, size, length, !isSum);
  if (aggregation === 'median') return slideMedian(values, size, length, spend);
  // One window costs about as much as a sixteenth of its values being read from the store.
  spend(Math.ceil((length * size) / 16));
  return slideShort(aggregateByName(aggregation), values, size, length);
}

/** Adds what comes in and takes off what goes out; Neumaier's second sum carries what rounding would lose. */
function slideSum(values: Float64Array, size: number, length: number, average: boolean): Float64Array {
  const result = new Float64Array(length);
  let sum = 0;
  let lost = 0;
  let known = 0;
  const add = (value: number): void => {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  };
  for (let i = 0; i < length + size; i++) {
    if (i >= size) {
      const gone = values[i - size];
      result[i - size] = average ? (sum + lost) / known : sum + lost;
      if (gone === gone) {
        add(-gone);
        known--;
      }
    }
    if (values[i] === values[i]) {
      add(values[i]);
      known++;
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
function slideMedian(values: Float64Array, size: number, length: number, spend: (points: number) => void): Float64Array {
  // Moving values is some hundred times faster than making points.
  spend(Math.ceil((length * size) / 256));
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
