import type { BlockReader } from './block-reader.ts';
import { PointColumns } from './point-columns.ts';

/** Work between two yields: enough to be worth it, little enough to take a few milliseconds. */
const SERIES_A_SLICE = 2000;
const POINTS_A_SLICE = 50_000;

/**
 * Goes through all series of several blocks (oldest first) in ascending order of id and calls `visit` with the points of each that
 * `keep` wants: in order of time, the newest block's where two have the same time. Yields between slices of work.
 */
export function* eachSeries(
  readers: readonly BlockReader[],
  options: { keep(id: number): boolean },
  visit: (id: number, points: PointColumns) => void,
): Generator<void, void> {
  const ids = readers.map((reader) => reader.ids());
  const next = readers.map(() => 0);
  let points = new PointColumns();
  let merged = new PointColumns();
  let seriesSeen = 0;
  let pointsSeen = 0;
  for (;;) {
    let id = Infinity;
    for (let i = 0; i < readers.length; i++) if (next[i] < ids[i].length) id = Math.min(id, ids[i][next[i]]);
    if (id === Infinity) return;
    const kept = options.keep(id);
    points.clear();
    for (let i = 0; i < readers.length; i++) {
      if (ids[i][next[i]] !== id) continue;
      next[i]++;
      if (!kept) continue;
      const before = points.count;
      readers[i].read(id, 0, Infinity, points);
      if (before === 0 || before === points.count || points.times[before] > points.times[before - 1]) continue;
      mergeRuns(points, before, merged);
      [points, merged] = [merged, points];
    }
    if (points.count > 0) visit(id, points);
    pointsSeen += points.count;
    if (++seriesSeen < SERIES_A_SLICE && pointsSeen < POINTS_A_SLICE) continue;
    seriesSeen = 0;
    pointsSeen = 0;
    yield;
  }
}

/** Merges the two ascending runs of `points`, the newer from `middle` on, into `out`; at equal times the newer wins. */
function mergeRuns({ times, values, count }: PointColumns, middle: number, out: PointColumns): void {
  out.clear();
  out.reserve(count);
  let older = 0;
  let newer = middle;
  while (older < middle || newer < count) {
    const takeNewer = newer < count && (older === middle || times[newer] <= times[older]);
    if (takeNewer && older < middle && times[newer] === times[older]) older++;
    const from = takeNewer ? newer++ : older++;
    out.times[out.count] = times[from];
    out.values[out.count++] = values[from];
  }
}
