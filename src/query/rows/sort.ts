import type { Row } from '../../core/frame.ts';
import type { Aggregate } from './aggregate.ts';

/** Rows in the order of one number each; equal ones stay as they were, rows without values count as the lowest. */
export function sortRows(rows: readonly Row[], aggregate: Aggregate, direction: 'up' | 'down'): Row[] {
  const keyed = rows.map((row) => {
    const key = aggregate(row.values, 0, row.values.length);
    return { row, key: key === key ? key : -Infinity };
  });
  const sign = direction === 'up' ? 1 : -1;
  return keyed.toSorted((a, b) => (a.key === b.key ? 0 : sign * (a.key < b.key ? -1 : 1))).map(({ row }) => row);
}
