import { defineFunction } from '../../core/define.ts';
import type { Row } from '../../core/frame.ts';
import { aggregateByName } from '../rows/aggregate.ts';
import { replaceAll, userRegex } from '../rows/regex.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;

export const fallbackSeries = defineFunction({
  name: 'fallbackSeries',
  group: 'Special',
  about: 'The series, or the fallback when there are none.',
  params: [seriesList, { name: 'fallback', type: 'seriesList', required: true }],
  call({ args }) {
    const rows = args.seriesList as Row[];
    return rows.length > 0 ? rows : (args.fallback as Row[]);
  },
});

export const removeEmptySeries = defineFunction({
  name: 'removeEmptySeries',
  group: 'Filter Series',
  about: 'The series with values, of which at least the share xFilesFactor, 0 to 1, is known.',
  params: [seriesList, { name: 'xFilesFactor', type: 'float' }],
  call({ args }) {
    const share = (args.xFilesFactor as number | null) ?? 0;
    const count = aggregateByName('count');
    return (args.seriesList as Row[]).filter(({ values }) => {
      const known = count(values, 0, values.length);
      return known > 0 && known / values.length >= share;
    });
  },
});

export const useSeriesAbove = defineFunction({
  name: 'useSeriesAbove',
  group: 'Filter Series',
  about: 'For each series that rises above a value, the one whose name a regular expression makes of its name.',
  params: [
    seriesList,
    { name: 'value', type: 'float', required: true },
    { name: 'search', type: 'string', required: true },
    { name: 'replace', type: 'string', required: true },
  ],
  async call({ args, context }) {
    const regex = userRegex(args.search as string, context);
    const max = aggregateByName('max');
    const rising = (args.seriesList as Row[]).filter(({ values }) => max(values, 0, values.length) > (args.value as number));
    const names = rising.map((row) => replaceAll(regex, row.name, args.replace as string));
    // One by one: all names in one target could be longer than a target may be.
    const used = await Promise.all(names.map((name) => context.evaluate(`group(${name})`, context)));
    return used.flat().filter(({ values }) => values.length > 0);
  },
});
