import { defineFunction, type EvalContext } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { formatTagged } from '../../core/tagged.ts';
import { aggregateRows } from '../rows/combine.ts';
import { nodesKey, type NodeOrTag } from '../rows/node.ts';
import { AGGREGATE_NAMES, aggregateName } from '../rows/aggregate.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;
const callback = { name: 'callback', type: 'aggOrSeriesFunc', required: true } as const;

/** Rows by a key of each, in order of first appearance. */
function groupRows(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Functions that have the name of an aggregation and do something else. */
const FUNCTIONS_OF_THEIR_OWN = new Set(['avg', 'countSeries', 'multiplySeries']);

/** One row for each group: of an aggregation, or the first one that a function makes of the group. */
async function combineGroup(context: EvalContext, rows: Row[], callback: string): Promise<Row[]> {
  const isAggregation = AGGREGATE_NAMES.includes(aggregateName(callback)) && !FUNCTIONS_OF_THEIR_OWN.has(callback);
  const combined = isAggregation ? aggregateRows(rows, callback) : await context.apply(callback, [rows]);
  return combined.slice(0, 1);
}

async function byNodes(context: EvalContext, rows: Row[], callback: string, nodes: readonly NodeOrTag[]): Promise<Row[]> {
  const groups = [...groupRows(rows, (row) => nodesKey(row, nodes))];
  const combined = await Promise.all(groups.map(async ([key, group]) => (await combineGroup(context, group, callback)).map((row) => ({ ...row, name: key }))));
  return combined.flat();
}

export const groupByNode = defineFunction({
  name: 'groupByNode',
  group: 'Combine',
  about: 'Combines series that have the same part of the path, and names the results after it.',
  params: [seriesList, { name: 'nodeNum', type: 'nodeOrTag', required: true }, { ...callback, required: false, default: 'average' }],
  call: ({ args, context }) => byNodes(context, args.seriesList as Row[], args.callback as string, [args.nodeNum as NodeOrTag]),
});

export const groupByNodes = defineFunction({
  name: 'groupByNodes',
  group: 'Combine',
  about: 'Combines series that have the same parts of the path, and names the results after them.',
  params: [seriesList, callback, { name: 'nodes', type: 'nodeOrTag', multiple: true }],
  call: ({ args, context }) => byNodes(context, args.seriesList as Row[], args.callback as string, args.nodes as NodeOrTag[]),
});

export const groupByTags = defineFunction({
  name: 'groupByTags',
  group: 'Combine',
  about: 'Combines series that have the same values of tags; the results have these tags and no others.',
  params: [seriesList, callback, { name: 'tags', type: 'tag', required: true, multiple: true }],
  async call({ args, context }) {
    const rows = args.seriesList as Row[];
    const keys = (args.tags as string[]).filter((tag) => tag !== 'name').toSorted();
    const byName = (args.tags as string[]).includes('name');
    if (rows.some((row) => row.tags.name === undefined)) throw new HeedError('bad_argument', 'cannot call groupByTags(): a series has no tags');
    const oneName = new Set(rows.map((row) => row.tags.name)).size === 1;
    const tagsOf = (row: Row): Record<string, string> => ({
      name: byName || oneName ? row.tags.name : (args.callback as string),
      ...Object.fromEntries(keys.map((key) => [key, row.tags[key] ?? ''])),
    });
    const nameOf = ({ name, ...tags }: Record<string, string>): string => formatTagged({ name, tags: Object.entries(tags) });
    const groups = [...groupRows(rows, (row) => nameOf(tagsOf(row)))];
    const combined = await Promise.all(
      groups.map(async ([name, group]) =>
        (await combineGroup(context, group, args.callback as string)).map((row) => ({ ...row, name, path: name, tags: tagsOf(group[0]) })),
      ),
    );
    return combined.flat();
  },
});
