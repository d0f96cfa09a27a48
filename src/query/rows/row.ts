import type { Row } from '../../core/frame.ts';

/** Where the row ends: one step after its last value, unless it says otherwise. */
export function endOf(row: Row): number {
  return row.end ?? row.start + row.values.length * row.step;
}

/** From the first start to the last end of rows. */
export interface RowWindow {
  start: number;
  end: number;
}

export function windowOf(rows: readonly Row[]): RowWindow {
  let start = Infinity;
  let end = -Infinity;
  for (const row of rows) {
    start = Math.min(start, row.start);
    end = Math.max(end, endOf(row));
  }
  return { start, end };
}

/** The row under another name, which becomes its path too; `tags` are added to its own. Rows are never changed in place. */
export function renamed(row: Row, name: string, tags?: Record<string, string>): Row {
  return { ...row, name, path: name, tags: tags ? { ...row.tags, ...tags } : row.tags };
}

/** Each value through `change`; gaps stay gaps unless `change` fills them. */
export function mapValues(values: Float64Array, change: (value: number) => number): Float64Array {
  const changed = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) changed[i] = change(values[i]);
  return changed;
}

/** The paths of rows, each once, as names of combined rows list them. */
export function pathsOf(rows: readonly Row[]): string {
  return [...new Set(rows.map((row) => row.path))].join(',');
}

/** Tags that all rows share with the same value. */
export function commonTags(rows: readonly Row[]): Record<string, string> {
  const [first, ...others] = rows;
  return Object.fromEntries(Object.entries(first.tags).filter(([key, value]) => others.every((row) => row.tags[key] === value)));
}
