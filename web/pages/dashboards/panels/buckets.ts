import type { FrameRow } from '../../../../src/api/contract.ts';

/** One bucket of a distribution: how many values were between the bound before it and its own, by slot. */
export interface Bucket {
  /** Upper bound; Infinity for the last. */
  bound: number;
  label: string;
  row: FrameRow;
}

/** The upper bound that a name says: `bin_100`, `bin_0_5`, `bin_inf`, `le=0.25`; undefined when it says none. */
export function boundOf(name: string): number | undefined {
  const tag = /[;,{]le="?([^;,"}]+)/.exec(name)?.[1];
  const bin = /\.bin_([\d_]+|inf)(?![\w])/.exec(name)?.[1]?.replace('_', '.');
  const text = tag ?? bin;
  if (text === undefined) return undefined;
  if (/^\+?inf(?:inity)?$/i.test(text)) return Infinity;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Rows as buckets from the lowest up. Those with `le` count everything below their bound: what is below the next lower one is taken off. */
export function bucketsOf(rows: readonly FrameRow[]): Bucket[] {
  const known = rows.map((row, index) => ({ row, bound: boundOf(row.name) ?? index + 1, sums: /[;,{]le=/.test(row.name) }));
  known.sort((a, b) => a.bound - b.bound);
  return known.map(({ row, bound, sums }, index) => {
    const below = known[index - 1];
    const values = sums && below ? row.values.map((value, i) => (value === null ? null : Math.max(0, value - (below.row.values[i] ?? 0)))) : row.values;
    return { bound, label: boundOf(row.name) === undefined ? row.name : String(bound), row: { ...row, values } };
  });
}

/** Buckets by columns of time: sums of what is in each cell, and the greatest. Null is no data. */
export function cellsOf(buckets: readonly Bucket[], from: number, until: number, columns: number): { cells: (number | null)[][]; most: number } {
  let most = 0;
  const size = (until - from) / columns;
  const cells = buckets.map(({ row }) => {
    const line: (number | null)[] = Array.from({ length: columns }, () => null);
    row.values.forEach((value, i) => {
      if (value === null) return;
      const column = Math.floor((row.start + i * row.step - from) / size);
      if (column < 0 || column >= columns) return;
      line[column] = (line[column] ?? 0) + value;
      most = Math.max(most, line[column]);
    });
    return line;
  });
  return { cells, most };
}
