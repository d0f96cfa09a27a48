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
  const { values, y } = question;
  let ink = 0;
  let last = NaN;
  for (const i of picked(question)) {
    const at = y(values[i]);
    if (!Number.isNaN(last)) ink += Math.abs(at - last);
    last = at;
  }
  return ink;
}

/** The way through points; in a staircase each value lasts until the next one, and the last one for a step. */
function way(indexes: readonly number[], { x, staircase }: LineQuestion, y: (index: number) => number): string {
  let d = '';
  for (const i of indexes) {
    if (d === '') d = `${place(x(i))} ${place(y(i))}`;
    else d += staircase ? `H${place(x(i))}V${place(y(i))}` : `L${place(x(i))} ${place(y(i))}`;
  }
  return staircase && indexes.length > 0 ? `${d}H${place(x(indexes[indexes.length - 1] + 1))}` : d;
}

/** The line, and the area between it and `base` when that is given. Both are empty where nothing can be drawn. */
export function linePaths(question: LineQuestion, base?: (index: number) => number): { line: string; area: string; alone: boolean } {
  const indexes = picked(question);
  if (indexes.length === 0) return { line: '', area: '', alone: false };
  const { x, y, values, staircase } = question;
  const there = way(indexes, question, (i) => y(values[i]));
  return { line: `M${there}`, area: base ? `M${there}${back(indexes, x, base, staircase)}Z` : '', alone: indexes.length === 1 && !staircase };
}

function back(indexes: readonly number[], x: (index: number) => number, base: (index: number) => number, staircase: boolean): string {
  const level = base(indexes[0]);
  const right = x(indexes[indexes.length - 1] + (staircase ? 1 : 0));
  if (indexes.every((i) => base(i) === level)) return `L${place(right)} ${place(level)}H${place(x(indexes[0]))}`;
  let d = '';
  for (let k = indexes.length - 1; k >= 0; k--) {
    const i = indexes[k];
    const from = staircase ? x(k + 1 < indexes.length ? indexes[k + 1] : i + 1) : x(i);
    d += `L${place(from)} ${place(base(i))}`;
    if (staircase) d += `H${place(x(i))}`;
  }
  return d;
}
