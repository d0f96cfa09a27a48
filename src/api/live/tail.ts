import type { FrameAnswer, FrameRow } from '../contract.ts';

/**
 * What a reader who has `before` must be sent to have `after`: of each row the values from the first that is new or
 * other than it was, up to the newest; the whole row when its grid is another. Rows where nothing changed are left out.
 */
export function changedTail(before: FrameAnswer | undefined, after: FrameAnswer): FrameRow[] {
  if (before === undefined) return after.rows;
  const known = new Map(keyed(before.rows));
  const changed: FrameRow[] = [];
  for (const [key, row] of keyed(after.rows)) {
    const old = known.get(key);
    const first = old === undefined ? 0 : firstChange(old, row);
    if (first < row.values.length) changed.push({ ...row, start: row.start + first * row.step, values: row.values.slice(first) });
  }
  return changed;
}

/** Index of the first value of `row` that `old` does not have; its length when there is none. */
function firstChange(old: FrameRow, row: FrameRow): number {
  const shift = (row.start - old.start) / row.step;
  if (old.step !== row.step || !Number.isInteger(shift)) return 0;
  const found = row.values.findIndex((value, index) => value !== (old.values[index + shift] ?? null));
  return found < 0 ? row.values.length : found;
}

/** Rows by target and name; a name that a target gives several times is counted. */
function keyed(rows: FrameRow[]): [string, FrameRow][] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const name = `${row.target} ${row.name}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return [`${count} ${name}`, row];
  });
}
