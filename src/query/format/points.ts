import type { Row } from '../../core/frame.ts';
import { consolidate } from '../rows/grid.ts';
import { endOf, windowOf, type RowWindow } from '../rows/row.ts';

/** How many points a client draws, and whether gaps are left out. */
export interface PointsWanted {
  /** Undefined for all. */
  maxDataPoints?: number;
  noNullPoints?: boolean;
}

/** Folds all rows of an answer, see `foldRow`. */
export function foldRows(rows: readonly Row[], maxDataPoints: number): Row[] {
  const window = windowOf(rows);
  return rows.map((row) => foldRow(row, window, maxDataPoints));
}

/**
 * Folds a row that holds more than `maxDataPoints`, as /render does. The window of all rows together decides how many values
 * make one; the start moves on to a multiple of the new step, so that a refresh does not shift the groups, and one value
 * less than that way is dropped, which is Graphite's reckoning. One point stands for the whole row.
 */
export function foldRow(row: Row, { start, end }: RowWindow, maxDataPoints: number): Row {
  if (maxDataPoints === 1) return { ...consolidate(row, Math.max(1, row.values.length)), end: endOf(row) };
  const count = (end - start) / row.step;
  return maxDataPoints < count ? foldBy(row, Math.ceil(count / maxDataPoints)) : row;
}

/** How many of a row's points Graphite's JSON tells: those up to its end, the end included. */
export function toldPoints({ start, step, end, values }: Row): number {
  return end === undefined ? values.length : Math.min(values.length, Math.max(0, Math.floor((end - start) / step) + 1));
}

function foldBy(row: Row, size: number): Row {
  const step = row.step * size;
  const nudge = step + (row.start % row.step) - (row.start % step);
  const lost = Math.max(0, Math.floor(nudge / row.step) - 1);
  const start = row.start + nudge;
  // Nothing is said of times after the row's end.
  const folded = { ...consolidate({ ...row, start, values: row.values.subarray(lost) }, size), end: endOf(row) };
  return { ...folded, values: folded.values.subarray(0, toldPoints(folded)) };
}
