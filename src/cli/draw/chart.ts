import { formatNumber, plain } from '../../core/numbers.ts';

const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/** What a chart shows: values on a regular grid, NaN for none; times in milliseconds. */
export interface ChartData {
  start: number;
  step: number;
  values: ArrayLike<number>;
}

/**
 * A line chart in braille dots, `width` × `height` characters, with a scale at the left and times below. Gaps stay gaps.
 * The scale starts at 0 unless values go below.
 */
export function drawChart(data: ChartData, width: number, height: number): string {
  const known = Array.from(data.values).filter((value) => Number.isFinite(value));
  if (known.length === 0) return '';
  const least = Math.min(0, ...known);
  const most = Math.max(...known) === least ? least + 1 : Math.max(...known);
  const labels = [most, (most + least) / 2, least].map((value) => plain(formatNumber(value)));
  const margin = Math.max(...labels.map((label) => label.length)) + 1;
  const columns = Math.max(10, width - margin - 1);
  const cells = Array.from({ length: height }, () => new Uint8Array(columns));
  const rows = height * 4;
  const yOf = (value: number): number => Math.min(rows - 1, Math.max(0, Math.round(((most - value) / (most - least)) * (rows - 1))));
  let before = -1;
  for (let x = 0; x < columns * 2; x++) {
    const value = valueAt(data, x, columns * 2);
    if (Number.isNaN(value)) {
      before = -1;
      continue;
    }
    const y = yOf(value);
    const [low, high] = before < 0 ? [y, y] : [Math.min(y, before), Math.max(y, before)];
    for (let dot = low; dot <= high; dot++) cells[dot >> 2][x >> 1] |= DOTS[x & 1][dot & 3];
    before = y;
  }
  const lines = cells.map((row, i) => {
    const label = i === 0 ? labels[0] : i === height >> 1 ? labels[1] : i === height - 1 ? labels[2] : '';
    return `${label.padStart(margin - 1)} ┤${Array.from(row, (cell) => String.fromCharCode(0x2800 + cell)).join('')}`;
  });
  return `${lines.join('\n')}\n${' '.repeat(margin + 1)}${timeAxis(data, columns)}\n`;
}

/** Mean of the points that fall in column `x` of `count`; NaN when there is none. */
function valueAt(data: ChartData, x: number, count: number): number {
  const total = data.values.length;
  const from = Math.floor((x * total) / count);
  const to = Math.max(from + 1, Math.floor(((x + 1) * total) / count));
  let sum = 0;
  let found = 0;
  for (let i = from; i < to && i < total; i++) {
    if (!Number.isFinite(data.values[i])) continue;
    sum += data.values[i];
    found++;
  }
  return found === 0 ? NaN : sum / found;
}

function timeAxis({ start, step, values }: ChartData, columns: number): string {
  const end = start + step * values.length;
  const withDay = end - start > 86_400_000;
  const label = (time: number): string => {
    const text = new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString();
    return withDay ? text.slice(5, 16).replace('T', ' ') : text.slice(11, end - start < 600_000 ? 19 : 16);
  };
  const middle = label((start + end) / 2);
  const first = label(start);
  const last = label(end);
  const gap = columns - first.length - middle.length - last.length;
  if (gap < 2) return `${first}${' '.repeat(Math.max(1, columns - first.length - last.length))}${last}`;
  return `${first}${' '.repeat(gap >> 1)}${middle}${' '.repeat(gap - (gap >> 1))}${last}`;
}

const BARS = ' ▁▂▃▄▅▆▇█';

/** One line of bars; a blank is no data, the lowest bar is zero or the least value. */
export function drawSpark(data: ChartData, width: number): string {
  const known = Array.from(data.values).filter((value) => Number.isFinite(value));
  const least = Math.min(0, ...known);
  const most = Math.max(...known);
  let line = '';
  for (let x = 0; x < width; x++) {
    const value = valueAt(data, x, width);
    line += Number.isNaN(value) ? ' ' : BARS[most === least ? 1 : 1 + Math.round(((value - least) / (most - least)) * 7)];
  }
  return line;
}
