import { fold } from '../../../core/fold.ts';
import type { Method } from '../../../core/series.ts';

/** An interval cut into slots: `count` slots of `step` seconds from `start` on. */
export interface Grid {
  start: number;
  step: number;
  count: number;
}

export const endOf = (grid: Grid): number => grid.start + grid.step * grid.count;

/** The grid of Graphite's interval (from, until], times in milliseconds; an empty one still has one slot. */
export function answerGrid(from: number, until: number, step: number): Grid {
  const start = Math.floor(from / 1000 / step) * step + step;
  const end = Math.floor(until / 1000 / step) * step + step;
  return { start, step, count: Math.max(1, (end - start) / step) };
}

/** Folds sorted points into a grid: those in one slot become one value by the method. Slots without any stay as they are. */
export function foldPoints(times: Uint32Array, values: Float64Array, count: number, grid: Grid, method: Method, out: Float64Array): void {
  const end = endOf(grid);
  for (let i = 0; i < count;) {
    if (times[i] < grid.start || times[i] >= end) {
      i++;
      continue;
    }
    const slot = Math.floor((times[i] - grid.start) / grid.step);
    const limit = grid.start + (slot + 1) * grid.step;
    let next = i + 1;
    while (next < count && times[next] < limit) next++;
    out[slot] = next === i + 1 ? values[i] : fold(method, values, i, next, 0);
    i = next;
  }
}

/** Folds each `ratio` slots of `fine` into one of `out`, from `at` on; unknown results leave what is there. */
export function foldGrid(fine: Float64Array, ratio: number, method: Method, xFilesFactor: number, out: Float64Array, at: number): void {
  for (let i = 0, to = at; i + ratio <= fine.length; i += ratio, to++) {
    const value = ratio === 1 ? fine[i] : fold(method, fine, i, i + ratio, xFilesFactor);
    if (value === value) out[to] = value;
  }
}
