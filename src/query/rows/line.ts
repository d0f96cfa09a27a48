import type { Row } from '../../core/frame.ts';
import { formatFloat } from './text.ts';

/** A horizontal line through the window: a point at its begin, its middle and its end. Named after the value. */
export function lineRow(value: number, { from, until, xFilesFactor }: { from: number; until: number; xFilesFactor: number }): Row {
  const name = formatFloat(value);
  // Whole seconds, since that is what answers can say.
  const step = Math.max(1, Math.floor((until - from) / 2000)) * 1000;
  return {
    name,
    path: `constantLine(${name})`,
    tags: { name },
    start: from,
    step,
    end: until,
    values: new Float64Array(3).fill(value),
    consolidate: 'average',
    xFilesFactor,
  };
}
