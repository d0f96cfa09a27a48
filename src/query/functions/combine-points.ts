import { defineFunction } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import type { Aggregate } from '../rows/aggregate.ts';
import { aggregateRows } from '../rows/combine.ts';
import { combine, type Grid, normalize } from '../rows/grid.ts';
import { lineRow } from '../rows/line.ts';
import { nodesKey, type NodeOrTag } from '../rows/node.ts';
import { interpolated, percentile, sortedKnown } from '../rows/percentile.ts';
import { power } from '../rows/power.ts';
import { quotient } from '../rows/quotient.ts';
import { pathsOf } from '../rows/row.ts';
import { formatG } from '../rows/text.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;

/** A row of its own on the grid of those it was made from, without their tags. */
function combined({ rows: [first], start, step, end }: Grid, name: string, values: Float64Array): Row {
  return { ...first, name, path: name, tags: { name }, start, step, end, values, consolidate: 'average' };
}

export const countSeries = defineFunction({
  name: 'countSeries',
  group: 'Combine',
  about: 'How many series there are, with or without values.',
  params: [{ name: 'seriesLists', type: 'seriesList', multiple: true }],
  call({ args, context }) {
    const lists = args.seriesLists as Row[][];
    if (lists.length === 0) return [{ ...lineRow(0, context), name: '0', path: 'countSeries()', tags: { name: '0' } }];
    const rows = lists.flat();
    if (rows.length === 0) return [];
    const grid = normalize(rows);
    return [combined(grid, `countSeries(${pathsOf(rows)})`, new Float64Array(grid.length).fill(rows.length))];
  },
});

export const percentileOfSeries = defineFunction({
  name: 'percentileOfSeries',
  group: 'Combine',
  about: 'The n-th percentile of all series, point by point; one of their values unless interpolated.',
  params: [seriesList, { name: 'n', type: 'float', required: true }, { name: 'interpolate', type: 'boolean', default: false }],
  call({ args }) {
    const rows = args.seriesList as Row[];
    const n = args.n as number;
    if (n <= 0) throw new HeedError('bad_argument', `cannot call percentileOfSeries(): parameter 'n' must be greater than 0, not ${n}`);
    if (rows.length === 0) return [];
    const grid = normalize(rows);
    const rule = args.interpolate === true ? interpolated : percentile;
    const percentileOf: Aggregate = (values, start, end) => rule(sortedKnown(values.subarray(start, end)), n);
    return [combined(grid, `percentileOfSeries(${rows[0].path},${formatG(n)})`, combine(grid, percentileOf, 0))];
  },
});

export const powSeries = defineFunction({
  name: 'powSeries',
  group: 'Combine',
  about: 'The first series to the power of the second, that to the power of the third, and so on; a gap in one is a gap in the result.',
  params: [{ ...seriesList, multiple: true }],
  call({ args }) {
    const rows = (args.seriesList as Row[][]).flat();
    if (rows.length === 0) return [];
    const grid = normalize(rows);
    const values = combine(grid, (column) => column.reduce(power), 0);
    return [combined(grid, `powSeries(${rows.map((row) => row.name).join(',')})`, values)];
  },
});

/** Each value times its weight, on the grid of both. */
function weighted(average: Row, weight: Row): Row {
  const grid = normalize([average, weight]);
  return combined(
    grid,
    `product(${weight.name},${average.name})`,
    combine(grid, (pair) => pair[0] * pair[1], 0),
  );
}

function sortedPaths(rows: readonly Row[]): string {
  return [...new Set(rows.map((row) => row.path))].toSorted().join(',');
}

export const weightedAverage = defineFunction({
  name: 'weightedAverage',
  group: 'Combine',
  about: 'The average of series that are averages themselves, each by its weight, which has the same parts of the path.',
  params: [
    { name: 'seriesListAvg', type: 'seriesList', required: true },
    { name: 'seriesListWeight', type: 'seriesList', required: true },
    { name: 'nodes', type: 'nodeOrTag', multiple: true },
  ],
  call({ args }) {
    const averages = args.seriesListAvg as Row[];
    const weights = args.seriesListWeight as Row[];
    const nodes = args.nodes as NodeOrTag[];
    if (averages.length !== weights.length) {
      const why = `'seriesListAvg' has ${averages.length} series and 'seriesListWeight' ${weights.length}, not as many`;
      throw new HeedError('bad_argument', `cannot call weightedAverage(): ${why}`);
    }
    const weightOf = new Map(weights.map((row) => [nodesKey(row, nodes), row]));
    const averageOf = new Map(averages.map((row) => [nodesKey(row, nodes), row]));
    const products = [...averageOf].flatMap(([key, row]) => {
      const weight = weightOf.get(key);
      return weight ? [weighted(row, weight)] : [];
    });
    if (products.length === 0) return [];
    const name = `weightedAverage(${sortedPaths(averages)}, ${sortedPaths(weights)}, ${nodes.join(',')})`;
    return [quotient(aggregateRows(products, 'sum')[0], aggregateRows(weights, 'sum')[0], name, 1)];
  },
});
