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
  // setXFilesFactor() holds for all that its series is combined with.
  const factor = xFilesFactor ?? rows.reduce((most, row) => Math.max(most, row.xFilesFactor), 0);
  return [
    {
      name,
      path: name,
      tags: { name, ...commonTags(rows), aggregatedBy: short },
      start: grid.start,
      step: grid.step,
      end: grid.end,
      values: combine(grid, aggregate, factor),
      consolidate: 'average',
      xFilesFactor: factor,
    },
  ];
}
