import type { BlockReader } from './block-reader.ts';
import { PointColumns } from './point-columns.ts';

/** Work between two yields: enough to be worth it, little enough to take a few milliseconds. */
const SERIES_A_SLICE = 2000;
const POINTS_A_SLICE = 200_000;

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
  let more = new PointColumns();
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
      more.clear();
      readers[i].read(id, 0, Infinity, more);
      if (more.count === 0) continue;
      mergeColumns(points, more, merged);
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

/** Merges two columns in order of time into `out`; at equal times `newer` wins. */
function mergeColumns(older: PointColumns, newer: PointColumns, out: PointColumns): void {
  out.clear();
  out.reserve(older.count + newer.count);
  let i = 0;
  let j = 0;
  while (i < older.count && j < newer.count) {
    const time = older.times[i];
    const newerTime = newer.times[j];
    if (time < newerTime) out.push(time, older.values[i++]);
    else {
      if (time === newerTime) i++;
      out.push(newerTime, newer.values[j++]);
    }
  }
  for (; i < older.count; i++) out.push(older.times[i], older.values[i]);
  for (; j < newer.count; j++) out.push(newer.times[j], newer.values[j]);
}
