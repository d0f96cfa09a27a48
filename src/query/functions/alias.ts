import { defineFunction } from '../../core/define.ts';
import type { Row } from '../../core/frame.ts';
import { nodesKey, type NodeOrTag } from '../rows/node.ts';
import { replaceAll, userRegex } from '../rows/regex.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;

export const alias = defineFunction({
  name: 'alias',
  group: 'Alias',
  about: 'A name for the series.',
  params: [seriesList, { name: 'newName', type: 'string', required: true }],
  call: ({ args }) => (args.seriesList as Row[]).map((row) => ({ ...row, name: args.newName as string })),
});

export const aliasByNode = defineFunction({
  name: 'aliasByNode',
  group: 'Alias',
  about: 'Names series by parts of their path, counted from 0, or by tags.',
  params: [seriesList, { name: 'nodes', type: 'nodeOrTag', required: true, multiple: true }],
  call: ({ args }) => (args.seriesList as Row[]).map((row) => ({ ...row, name: nodesKey(row, args.nodes as NodeOrTag[]) })),
});

export const aliasByTags = defineFunction({
  name: 'aliasByTags',
  group: 'Alias',
  about: 'Names series by tags, or by parts of their path.',
  params: [seriesList, { name: 'tags', type: 'nodeOrTag', required: true, multiple: true }],
  call: ({ args }) => (args.seriesList as Row[]).map((row) => ({ ...row, name: nodesKey(row, args.tags as NodeOrTag[]) })),
});

/**
 * Parts of a name from `start` to before `stop`; 0 is no stop, negative ones count from the end. As in Graphite the name is what the
 * innermost brackets hold, and it is taken apart at all dots, those of numbers too, before what follows a comma is left off.
 */
function stretch(name: string, start: number, stop: number): string {
  const close = name.indexOf(')');
  const inner = name.slice(name.lastIndexOf('(') + 1, close < 0 ? undefined : close);
  const parts = inner.split('.').slice(start, stop === 0 ? undefined : stop);
  return parts.join('.').replace(/,.*$/, '');
}

export const aliasByMetric = defineFunction({
  name: 'aliasByMetric',
  group: 'Alias',
  about: 'Names series by the last part of their path.',
  params: [seriesList],
  call: ({ args }) => (args.seriesList as Row[]).map((row) => ({ ...row, name: stretch(row.name, -1, 0) })),
});

export const aliasSub = defineFunction({
  name: 'aliasSub',
  group: 'Alias',
  about: 'Replaces what a regular expression finds in the names; \\1 is its first group.',
  params: [seriesList, { name: 'search', type: 'string', required: true }, { name: 'replace', type: 'string', required: true }],
  call({ args, context }) {
    const regex = userRegex(args.search as string, context);
    return (args.seriesList as Row[]).map((row) => ({ ...row, name: replaceAll(regex, row.name, args.replace as string) }));
  },
});

export const substr = defineFunction({
  name: 'substr',
  group: 'Special',
  about: 'Names series by a stretch of their path, from node start to before node stop.',
  params: [seriesList, { name: 'start', type: 'node', default: 0 }, { name: 'stop', type: 'node', default: 0 }],
  call: ({ args }) => (args.seriesList as Row[]).map((row) => ({ ...row, name: stretch(row.name, args.start as number, args.stop as number) })),
});
