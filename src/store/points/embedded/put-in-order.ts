import type { PointColumns } from './blocks/point-columns.ts';

/** Sorts points by time that stand in order of writing; of equal times the last written stays. */
export function putInOrder(points: PointColumns): void {
  let runs = ascendingRuns(points);
  if (runs.length <= 2) return;
  let from: Columns = points;
  let to: Columns = { times: new Uint32Array(points.count), values: new Float64Array(points.count) };
  let count = points.count;
  while (runs.length > 2) {
    const merged = [0];
    count = 0;
    for (let i = 0; i + 1 < runs.length; i += 2) {
      count = merge(from, runs[i], runs[i + 1], runs[i + 2] ?? runs[i + 1], to, count);
      merged.push(count);
    }
    runs = merged;
    [from, to] = [to, from];
  }
  if (from !== points) {
    points.times.set(from.times.subarray(0, count));
    points.values.set(from.values.subarray(0, count));
  }
  points.count = count;
}

type Columns = Pick<PointColumns, 'times' | 'values'>;

/** Where stretches of strictly ascending times start, and the end: points mostly come in few of them. */
function ascendingRuns({ times, count }: PointColumns): number[] {
  const runs = [0];
  for (let i = 1; i < count; i++) if (times[i] <= times[i - 1]) runs.push(i);
  runs.push(count);
  return runs;
}

/** Merges runs [a, b) and [b, end) of `from` into `to`, from `at` on; answers where it ended. */
function merge(from: Columns, a: number, b: number, end: number, to: Columns, at: number): number {
  const { times, values } = from;
  let i = a;
  let j = b;
  let out = at;
  while (i < b && j < end) {
    // The second run was written later.
    const next = times[i] < times[j] ? i++ : j++;
    if (i < b && times[i] === times[next]) i++;
    to.times[out] = times[next];
    to.values[out++] = values[next];
  }
  for (const [rest, until] of [
    [i, b],
    [j, end],
  ]) {
    to.times.set(times.subarray(rest, until), out);
    to.values.set(values.subarray(rest, until), out);
    out += until - rest;
  }
  return out;
}
