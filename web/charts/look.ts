import { align, type Drawn, type Line } from './rows.ts';

/** A value that should not be passed. */
export interface Limit {
  value: number;
  state: 'warn' | 'bad';
}

/** How lines are drawn. */
export interface Look {
  kind: 'line' | 'area' | 'stacked' | 'bars';
  limits: readonly Limit[];
  /** Ends of the value axis; null where the values decide. */
  min: number | null;
  max: number | null;
  /** Marks are drawn with their labels. */
  labels: boolean;
}

export const PLAIN: Look = { kind: 'line', limits: [], min: null, max: null, labels: true };

/** What a plot is given: times, and values by line; and from where to where they reach. */
export interface Plotted {
  data: [number[], ...Drawn[]];
  low: number;
  high: number;
}

/** How far beyond the values a limit may be and still be within the axis. */
const LIMIT_IN_SIGHT = 2;

/** Lines that stand on each other, the first one lowest, as sums; a gap adds nothing, and what is hidden stands nowhere. */
export function stackUp(lines: readonly Drawn[], hidden: readonly boolean[]): Drawn[] {
  const length = Math.max(0, ...lines.map((values) => values.length));
  const totals = new Float64Array(length);
  return lines.map((values, at) => {
    if (hidden[at]) return values;
    let last = 0;
    return Array.from({ length }, (_, i) => {
      const value = values[i];
      if (value === null) return null;
      // A slot between two beats of this line's rhythm: it still stands there.
      last = value ?? last;
      totals[i] += last;
      return value === undefined ? undefined : totals[i];
    });
  });
}

/** Values of lines as they are plotted. `lines` are in the order of drawing: what stands on all others comes first for bars. */
export function plotted(lines: readonly Line[], hidden: ReadonlySet<string>, { kind, limits }: Look): Plotted {
  const [times, ...values] = align(lines);
  const off = lines.map(({ key }) => hidden.has(key));
  const isBars = kind === 'bars';
  const sums = isBars ? stackUp(values.toReversed(), off.toReversed()).toReversed() : kind === 'stacked' ? stackUp(values, off) : values;
  let [low, high] = [Infinity, -Infinity];
  lines.forEach((line, at) => {
    if (off[at]) return;
    if (sums[at] === values[at]) {
      low = Math.min(low, line.stats.min ?? Infinity);
      high = Math.max(high, line.stats.max ?? -Infinity);
      return;
    }
    for (const value of sums[at]) {
      if (value === null || value === undefined) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  });
  for (const { value } of limits) if (value > high && value <= high * LIMIT_IN_SIGHT) high = value;
  return { data: [times, ...sums], low, high };
}
