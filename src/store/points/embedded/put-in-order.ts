import type { PointColumns } from './blocks/point-columns.ts';

/** Sorts points by time that stand in order of writing; of equal times the last written stays. */
export function putInOrder(points: PointColumns): void {
  const { times, values, count } = points;
  if (isAscending(times, count)) return;
  const order = Uint32Array.from({ length: count }, (_, i) => i).toSorted((a, b) => times[a] - times[b] || a - b);
  const sortedTimes = new Uint32Array(count);
  const sortedValues = new Float64Array(count);
  let kept = 0;
  for (const from of order) {
    if (kept > 0 && sortedTimes[kept - 1] === times[from]) kept--;
    sortedTimes[kept] = times[from];
    sortedValues[kept++] = values[from];
  }
  times.set(sortedTimes.subarray(0, kept));
  values.set(sortedValues.subarray(0, kept));
  points.count = kept;
}

function isAscending(times: Uint32Array, count: number): boolean {
  for (let i = 1; i < count; i++) if (times[i] <= times[i - 1]) return false;
  return true;
}
