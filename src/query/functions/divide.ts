import { defineFunction } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import type { LiteralExpression } from '../parse/expression.ts';
import { aggregateByName } from '../rows/aggregate.ts';
import { combine, normalize } from '../rows/grid.ts';
import { nodesKey, type NodeOrTag } from '../rows/node.ts';
import { quotient } from '../rows/quotient.ts';
import { mapValues, pathsOf, renamed } from '../rows/row.ts';
import { formatFloat } from '../rows/text.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;

function withoutValues(row: Row, name: string): Row {
  return { ...renamed(row, name), values: new Float64Array(row.values.length).fill(NaN) };
}

export const divideSeries = defineFunction({
  name: 'divideSeries',
  group: 'Combine',
  about: 'Each series of the first list divided by the one series of the second.',
  params: [
    { name: 'dividendSeriesList', type: 'seriesList', required: true },
    { name: 'divisorSeries', type: 'seriesList', required: true },
  ],
  call({ args }) {
    const dividends = args.dividendSeriesList as Row[];
    const divisors = args.divisorSeries as Row[];
    if (divisors.length === 0) return dividends.map((row) => withoutValues(row, `divideSeries(${row.name},MISSING)`));
    if (divisors.length > 1)
      throw new HeedError('bad_argument', `cannot call divideSeries(): parameter 'divisorSeries' must be exactly one series, not ${divisors.length}`);
    const [divisor] = divisors;
    return dividends.map((dividend) => quotient(dividend, divisor, `divideSeries(${dividend.name},${divisor.name})`, 1));
  },
});

/** The sum of rows, named after their paths; a single row stands for itself. */
function totalOf(rows: readonly Row[]): Row {
  if (rows.length === 1) return rows[0];
  const grid = normalize(rows);
  const name = `sumSeries(${pathsOf(rows)})`;
  const { start, step, end } = grid;
  return { ...rows[0], name, path: name, tags: { name }, start, step, end, values: combine(grid, aggregateByName('sum'), 0) };
}

function percent(row: Row, total: Row): Row {
  return quotient(row, total, `asPercent(${row.name},${total.name})`, 100);
}

export const asPercent = defineFunction({
  name: 'asPercent',
  aliases: ['pct'],
  group: 'Combine',
  about: 'Each series as a percentage of a total: of all of them, a number, one series, or one for each.',
  params: [seriesList, { name: 'total', type: 'any' }, { name: 'nodes', type: 'nodeOrTag', multiple: true }],
  call({ args, expressions }) {
    const rows = args.seriesList as Row[];
    const nodes = args.nodes as NodeOrTag[];
    const total = args.total as Row[] | number | string | null;
    if (rows.length === 0) return [];
    if (nodes.length > 0) {
      if (total !== null && !Array.isArray(total)) throw bad('must be series or none when nodes are given');
      return byNodes(rows, total, nodes);
    }
    if (total === null) return ofWhole(rows);
    if (Array.isArray(total)) return ofSeries(rows, total);
    if (typeof total !== 'number') throw bad('must be a number or series');
    const written = (expressions.total as LiteralExpression | undefined)?.text ?? '';
    const name = /[.e]/i.test(written) || !Number.isInteger(total) ? formatFloat(total) : String(total);
    return rows.map((row) => ({
      ...renamed(row, `asPercent(${row.name},${name})`),
      tags: { name: `asPercent(${row.name},${name})` },
      values: mapValues(row.values, (value) => (total === 0 ? NaN : (value / total) * 100)),
      consolidate: 'average',
    }));
  },
});

function bad(why: string): HeedError {
  return new HeedError('bad_argument', `cannot call asPercent(): parameter 'total' ${why}`);
}

function ofWhole(rows: readonly Row[]): Row[] {
  const total = { ...totalOf(rows), name: `sumSeries(${pathsOf(rows)})` };
  return rows.map((row) => percent(row, total));
}

function ofSeries(rows: readonly Row[], totals: readonly Row[]): Row[] {
  if (totals.length === 1) return rows.map((row) => percent(row, totals[0]));
  if (totals.length !== rows.length) throw bad(`must be one series or as many as the first parameter has: ${rows.length}, not ${totals.length}`);
  const byName = (a: Row, b: Row): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const sortedTotals = totals.toSorted(byName);
  return rows.toSorted(byName).map((row, i) => percent(row, sortedTotals[i]));
}

/** Series and totals that have the same parts of the path belong together; what has no partner is MISSING. */
function byNodes(rows: readonly Row[], totals: readonly Row[] | null, nodes: readonly NodeOrTag[]): Row[] {
  const grouped = Map.groupBy(rows, (row) => nodesKey(row, nodes));
  const totalGroups = totals ? Map.groupBy(totals, (row) => nodesKey(row, nodes)) : grouped;
  const result: Row[] = [];
  for (const key of new Set([...grouped.keys(), ...totalGroups.keys()])) {
    const totalRows = totalGroups.get(key);
    const total = totalRows && totalOf(totalRows);
    const members = grouped.get(key);
    if (members) {
      for (const row of members) result.push(total ? percent(row, total) : missing(row, `asPercent(${row.name},MISSING)`));
    } else if (total) result.push(missing(total, `asPercent(MISSING,${total.name})`));
  }
  return result;
}

function missing(row: Row, name: string): Row {
  return { ...withoutValues(row, name), tags: { name }, consolidate: 'average' };
}
