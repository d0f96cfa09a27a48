import type { JSX } from 'preact';

/** Values to a path that touches the box; nulls break it. Undefined when nothing is known. */
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
  let start = -1;
  for (let i = 0; i <= values.length; i++) {
    const value = i < values.length ? values[i] : null;
    if (value !== null) {
      line += `${start < 0 ? 'M' : 'L'}${x(i)} ${(height - 1 - (value - low) * scale).toFixed(1)}`;
      if (start < 0) {
        area += `M${x(i)} ${height}L`;
        start = i;
      } else area += 'L';
      area += `${x(i)} ${(height - 1 - (value - low) * scale).toFixed(1)}`;
    } else if (start >= 0) {
      area += `L${x(i - 1)} ${height}Z`;
      start = -1;
    }
  }
  return { line, area };
}

/** A trend without axes, from 0; the figure beside it says the last point. */
export function Spark({ values, wide = false }: { values: readonly (number | null)[]; wide?: boolean }): JSX.Element {
  const width = wide ? 300 : 104;
  const height = wide ? 34 : 20;
  const path = paths(values, width, height);
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {path && <path class="area" d={path.area} />}
      {path && <path d={path.line} />}
    </svg>
  );
}
