import { defineFunction } from '../../core/define.ts';
import type { Row } from '../../core/frame.ts';
import { methodByName, METHOD_NAMES, type MethodName } from '../../core/series.ts';
import type { TagsExpression } from '../parse/expression.ts';
import { renamed } from '../rows/row.ts';
import { formatFloat } from '../rows/text.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;

export const seriesByTag = defineFunction({
  name: 'seriesByTag',
  group: 'Special',
  about: `Series whose tags match all expressions, like 'name=cpu' or 'host=~web.*'.`,
  params: [{ name: 'tagExpressions', type: 'string', required: true, multiple: true }],
  call({ args, context, text }) {
    const fetch: TagsExpression = { kind: 'tags', expressions: args.tagExpressions as string[], text };
    return context.evaluate(fetch, context);
  },
});

export const consolidateBy = defineFunction({
  name: 'consolidateBy',
  group: 'Special',
  about: 'How values fold when fewer points are drawn than there are.',
  params: [
    seriesList,
    {
      name: 'consolidationFunc',
      type: 'string',
      required: true,
      options: ['sum', 'average', 'avg', 'avg_zero', 'min', 'max', 'first', 'last'],
    },
  ],
  call({ args }) {
    const name = args.consolidationFunc as string;
    const consolidate = METHOD_NAMES[methodByName(name) ?? 0] as MethodName;
    return (args.seriesList as Row[]).map((row) => ({ ...renamed(row, `consolidateBy(${row.name},"${name}")`, { consolidateBy: name }), consolidate }));
  },
});

export const setXFilesFactor = defineFunction({
  name: 'setXFilesFactor',
  aliases: ['xFilesFactor'],
  group: 'Special',
  about: 'The share of known values, 0 to 1, that a folded or combined value needs.',
  params: [seriesList, { name: 'xFilesFactor', type: 'float', required: true }],
  call({ args }) {
    const xFilesFactor = args.xFilesFactor as number;
    const tags = { xFilesFactor: formatFloat(xFilesFactor) };
    return (args.seriesList as Row[]).map((row) => ({ ...row, tags: { ...row.tags, ...tags }, xFilesFactor }));
  },
});
