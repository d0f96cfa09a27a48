import type { Row } from '../../core/frame.ts';
import { normalize } from './grid.ts';

/** A row of quotients, point by point; nothing is divided by 0. */
export function quotient(dividend: Row, divisor: Row, name: string, factor: number): Row {
  const { rows, start, step, end, length } = normalize([dividend, divisor]);
  const values = new Float64Array(length).fill(NaN);
  const both = Math.min(rows[0].values.length, rows[1].values.length);
  for (let i = 0; i < both; i++) if (rows[1].values[i] !== 0) values[i] = (rows[0].values[i] / rows[1].values[i]) * factor;
  return { ...dividend, name, path: name, tags: { name }, start, step, end, values, consolidate: 'average' };
}
