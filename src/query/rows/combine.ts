import type { Row } from '../../core/frame.ts';
import { aggregateByName, aggregateName } from './aggregate.ts';
import { combine, normalize } from './grid.ts';
import { commonTags, pathsOf } from './row.ts';

/**
 * Rows combined point by point into one, named `sumSeries(paths)`; it keeps the tags that all have in common. No rows make
 * no row.
 * @throws HeedError `bad_argument` for an unknown aggregation
 */
export function aggregateRows(rows: readonly Row[], aggregation: string, xFilesFactor: number | null = null): Row[] {
  const aggregate = aggregateByName(aggregation);
  if (rows.length === 0) return [];
  const short = aggregateName(aggregation);
  const name = `${short}Series(${pathsOf(rows)})`;
  const grid = normalize(rows);
  const factor = xFilesFactor ?? rows[0].xFilesFactor;
  return [
    {
      name,
      path: name,
      tags: { name, ...commonTags(rows), aggregatedBy: short },
      start: grid.start,
      step: grid.step,
      values: combine(grid, aggregate, factor),
      consolidate: rows[0].consolidate,
      xFilesFactor: factor,
    },
  ];
}
