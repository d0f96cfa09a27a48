import type { FrameAnswer, FrameRow } from '../../../src/api/contract.ts';

/**
 * Adds the newest points of a live frame to what is shown, and lets go of what has left the window of `span` milliseconds.
 * @returns undefined when they do not fit: another step (the shown rows were folded) or rows that have gone; ask anew then
 */
export function mergeFrame(shown: FrameAnswer, fresh: FrameAnswer, span: number): FrameAnswer | undefined {
  const from = fresh.until - span;
  const byKey = new Map(shown.rows.map((row) => [`${row.target} ${row.name}`, row]));
  const merged = new Map<string, FrameRow>();
  for (const row of fresh.rows) {
    const key = `${row.target} ${row.name}`;
    const base = byKey.get(key);
    if (base === undefined) {
      if (shown.rows.length > 0 && shown.rows[0].step !== row.step) return undefined;
      merged.set(key, row);
      continue;
    }
    const offset = (row.start - base.start) / base.step;
    if (row.step !== base.step || !Number.isInteger(offset) || offset < 0) return undefined;
    merged.set(key, trim({ ...base, values: write(base.values, row.values, offset) }, from));
  }
  const rows = shown.rows.map((row) => merged.get(`${row.target} ${row.name}`) ?? trim(row, from));
  for (const [key, row] of merged) if (!byKey.has(key)) rows.push(row);
  return { from, until: fresh.until, rows: rows.toSorted((a, b) => a.target - b.target), ms: fresh.ms };
}

/** A copy with the newer values written over; what is not known yet never wipes out what is. */
function write(values: readonly (number | null)[], newer: readonly (number | null)[], offset: number): (number | null)[] {
  const written = values.slice();
  while (written.length < offset + newer.length) written.push(null);
  for (let i = 0; i < newer.length; i++) if (newer[i] !== null) written[offset + i] = newer[i];
  return written;
}

function trim(row: FrameRow, from: number): FrameRow {
  const gone = Math.floor((from - row.start) / row.step) - 1;
  return gone <= 0 ? row : { ...row, start: row.start + gone * row.step, values: row.values.slice(gone) };
}
