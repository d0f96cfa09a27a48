import type { Run } from './runs.ts';
import { place } from './shapes.ts';

/** One line of a series, and how its values become pixels. */
export interface LineQuestion {
  run: Run;
  values: Float64Array;
  /** Pixels of an index; may be beyond the picture. */
  x: (index: number) => number;
  /** Pixels of a value; NaN where it has no place. */
  y: (value: number) => number;
  /** Pixels from top to bottom between which lines are drawn; what leaves them ends there. */
  within: readonly [number, number];
  staircase: boolean;
  /** Pixels that share their lowest and highest value, at least 1. */
  column: number;
}

/**
 * Indexes of the values that are drawn: all, or where several share a pixel's column its lowest and its highest in their order, so that no
 * peak is lost.
 */
function picked({ run, values, x, y, column: width }: LineQuestion): number[] {
  const kept: number[] = [];
  const known = (i: number): boolean => !Number.isNaN(y(values[i]));
  if ((run.to - run.from) / Math.max(1, x(run.to) - x(run.from)) <= 1.5 / width) {
    for (let i = run.from; i <= run.to; i++) if (known(i)) kept.push(i);
    return kept;
  }
  let column = NaN;
  let [low, high] = [-1, -1];
  const close = (): void => {
    if (low < 0) return;
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
    [low, high] = [-1, -1];
  };
  for (let i = run.from; i <= run.to; i++) {
    if (!known(i)) continue;
    const at = Math.floor(x(i) / width);
    if (at !== column) close();
    column = at;
    if (low < 0 || values[i] < values[low]) low = i;
    if (high < 0 || values[i] > values[high]) high = i;
  }
  close();
  return kept;
}

/** How long the line is that a run makes, pixels up and down. */
export function inkOf(question: LineQuestion): number {
  const { values, y, within } = question;
  let ink = 0;
  let last = NaN;
  for (const i of picked(question)) {
    const at = inside(y(values[i]), within);
    if (!Number.isNaN(last)) ink += Math.abs(at - last);
    last = at;
  }
  return ink;
}

const inside = (y: number, [top, bottom]: LineQuestion['within']): number => Math.max(top, Math.min(bottom, y));

/**
 * The way through points; in a staircase each value lasts until the next one, and the last one for a step. Where a line leaves the limits it
 * goes along them.
 */
function way(indexes: readonly number[], { x, staircase, within }: LineQuestion, y: (index: number) => number): string {
  const at = (px: number, py: number): string => `${place(px)} ${place(inside(py, within))}`;
  let d = '';
  let [lastX, lastY] = [NaN, NaN];
  for (const i of indexes) {
    const [px, py] = [x(i), y(i)];
    if (d === '') d = at(px, py);
    else if (staircase) d += `H${place(px)}V${place(inside(py, within))}`;
    else {
      for (const limit of lastY < py ? within : within.toReversed())
        if ((lastY < limit && limit < py) || (py < limit && limit < lastY)) d += `L${at(lastX + ((limit - lastY) / (py - lastY)) * (px - lastX), limit)}`;
      d += `L${at(px, py)}`;
    }
    [lastX, lastY] = [px, py];
  }
  return staircase && indexes.length > 0 ? `${d}H${place(x(indexes[indexes.length - 1] + 1))}` : d;
}

/** The line, and the area between it and `base` when that is given. Both are empty where nothing can be drawn. */
export function linePaths(question: LineQuestion, base?: (index: number) => number): { line: string; area: string; alone: boolean } {
  const indexes = picked(question);
  if (indexes.length === 0) return { line: '', area: '', alone: false };
  const { y, values, staircase } = question;
  const there = way(indexes, question, (i) => y(values[i]));
  return { line: `M${there}`, area: base ? `M${there}${back(indexes, question, base)}Z` : '', alone: indexes.length === 1 && !staircase };
}

/** The way back along the base. */
function back(indexes: readonly number[], question: LineQuestion, base: (index: number) => number): string {
  const { x, staircase, within } = question;
  const level = base(indexes[0]);
  const right = x(indexes[indexes.length - 1] + (staircase ? 1 : 0));
  if (indexes.every((i) => base(i) === level)) return `L${place(right)} ${place(inside(level, within))}H${place(x(indexes[0]))}`;
  if (!staircase) return `L${way(indexes.toReversed(), question, base)}`;
  let d = '';
  for (let k = indexes.length - 1; k >= 0; k--) {
    const i = indexes[k];
    const from = k + 1 < indexes.length ? x(indexes[k + 1]) : right;
    d += `L${place(from)} ${place(inside(base(i), within))}H${place(x(i))}`;
  }
  return d;
}
