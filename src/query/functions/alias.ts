import { defineFunction } from '../../core/define.ts';
import type { Row } from '../../core/frame.ts';
import { firstPath } from '../parse/path.ts';
import { nodesKey, type NodeOrTag } from '../rows/node.ts';

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

export const aliasByMetric = defineFunction({
  name: 'aliasByMetric',
  group: 'Alias',
  about: 'Names series by the last part of their path.',
  params: [seriesList],
  call: ({ args }) => (args.seriesList as Row[]).map((row) => ({ ...row, name: firstPath(row.name).split('.').at(-1) ?? '' })),
});
