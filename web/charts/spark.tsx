import type { JSX } from 'preact';

/** Slots without a value that a trend runs over: an interval that was late by a moment is no gap at this size. */
const JOINED = 2;

/** Values to a path that touches the box; longer holes break it. Undefined when nothing is known. */
function paths(values: readonly (number | null)[], width: number, height: number): { line: string; area: string } | undefined {
  let low = 0;
  let high = 0;
  let known = 0;
  for (const value of values) {
    if (value === null) continue;
    known++;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (known < 2) return undefined;
  const scale = high === low ? 0 : (height - 2) / (high - low);
  const x = (index: number): string => ((index / (values.length - 1)) * width).toFixed(1);
  let line = '';
  let area = '';
  let last = -1;
  const close = (): string => (last < 0 ? '' : `L${x(last)} ${height}Z`);
  values.forEach((value, i) => {
    if (value === null) return;
    const at = `${x(i)} ${(height - 1 - (value - low) * scale).toFixed(1)}`;
    const begins = last < 0 || i - last > JOINED + 1;
    line += `${begins ? 'M' : 'L'}${at}`;
    area += begins ? `${close()}M${x(i)} ${height}L${at}` : `L${at}`;
    last = i;
  });
  area += close();
  return { line, area };
}

/** A trend without axes, from 0; the figure beside it says the last point. `mark` is a moment in it, 0 its beginning and 1 its end. */
export function Spark({ values, wide = false, mark }: { values: readonly (number | null)[]; wide?: boolean; mark?: number }): JSX.Element {
  const width = wide ? 300 : 104;
  const height = wide ? 34 : 20;
  const path = paths(values, width, height);
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {path && <path class="area" d={path.area} />}
      {path && <path d={path.line} />}
      {mark !== undefined && mark >= 0 && mark <= 1 && <path class="mark" d={`M${(mark * width).toFixed(1)} 0V${height}`} />}
    </svg>
  );
}
