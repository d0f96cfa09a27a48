import type { FrameAnswer, FrameRow } from '../../../src/api/contract.ts';

/**
 * Writes what a live frame says over what is shown and lets go of what has left the window. A row that reaches as far back as
 * the one shown replaces it.
 * @returns undefined when they do not fit (another step, another grid): the whole window must be asked for again
 */
export function mergeFrame(shown: FrameAnswer, fresh: FrameAnswer): FrameAnswer | undefined {
  const keyOf = (row: FrameRow): string => `${row.target} ${row.name}`;
  const rows = new Map(shown.rows.map((row) => [keyOf(row), row]));
  for (const row of fresh.rows) {
    const base = rows.get(keyOf(row));
    if (base === undefined || row.start <= base.start || row.start < fresh.from + row.step) {
      rows.set(keyOf(row), row);
      continue;
    }
    const offset = (row.start - base.start) / base.step;
    if (row.step !== base.step || !Number.isInteger(offset)) return undefined;
    rows.set(keyOf(row), { ...base, values: write(base.values, row.values, offset) });
  }
  return {
    from: fresh.from,
    until: fresh.until,
    rows: [...rows.values()].map((row) => trim(row, fresh.from)).toSorted((a, b) => a.target - b.target),
    ms: fresh.ms,
  };
}

/** A copy with `newer` from `offset` on; slots between are not known. */
function write(values: readonly (number | null)[], newer: readonly (number | null)[], offset: number): (number | null)[] {
  const written = values.slice(0, offset);
  while (written.length < offset) written.push(null);
  return written.concat(newer);
}

function trim(row: FrameRow, from: number): FrameRow {
  const gone = Math.floor((from - row.start) / row.step) - 1;
  return gone <= 0 ? row : { ...row, start: row.start + gone * row.step, values: row.values.slice(gone) };
}
