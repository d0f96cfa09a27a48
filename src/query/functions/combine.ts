import { defineFunction, type FunctionDefinition } from '../../core/define.ts';
import type { Row } from '../../core/frame.ts';
import { aggregateRows } from '../rows/combine.ts';

const seriesLists = { name: 'seriesLists', type: 'seriesList', required: true, multiple: true } as const;

function combining(name: string, aggregation: string, about: string, aliases: readonly string[] = []): FunctionDefinition {
  return defineFunction({
    name,
    aliases,
    group: 'Combine',
    about,
    params: [seriesLists],
    call: ({ args }) => aggregateRows((args.seriesLists as Row[][]).flat(), aggregation),
  });
}

export const sumSeries = combining('sumSeries', 'sum', 'The sum of all series, point by point.', ['sum']);
export const averageSeries = combining('averageSeries', 'average', 'The average of all series, point by point.', ['avg']);
export const maxSeries = combining('maxSeries', 'max', 'The highest of all series, point by point.');
export const minSeries = combining('minSeries', 'min', 'The lowest of all series, point by point.');
export const diffSeries = combining('diffSeries', 'diff', 'The first series less all the others, point by point.');

export const multiplySeries = defineFunction({
  name: 'multiplySeries',
  group: 'Combine',
  about: 'The product of all series, point by point; a gap in one is a gap in the result.',
  params: [seriesLists],
  call({ args }) {
    const lists = args.seriesLists as Row[][];
    // As in Graphite one series stands for itself, under its own name.
    return lists.length === 1 && lists[0].length === 1 ? lists[0] : aggregateRows(lists.flat(), 'multiply');
  },
});

export const rangeOfSeries = combining('rangeOfSeries', 'rangeOf', 'How far the series are apart, point by point.');
export const stddevSeries = combining('stddevSeries', 'stddev', 'The standard deviation of the series, point by point.');

export const aggregate = defineFunction({
  name: 'aggregate',
  group: 'Combine',
  about: 'All series combined point by point, by the aggregation that is named.',
  params: [
    { name: 'seriesList', type: 'seriesList', required: true },
    { name: 'func', type: 'aggFunc', required: true },
    { name: 'xFilesFactor', type: 'float' },
  ],
  call: ({ args }) => aggregateRows(args.seriesList as Row[], args.func as string, args.xFilesFactor as number | null),
});

export const group = defineFunction({
  name: 'group',
  group: 'Combine',
  about: 'Several lists of series as one.',
  params: [{ name: 'seriesLists', type: 'seriesList', multiple: true }],
  call: ({ args }) => (args.seriesLists as Row[][]).flat(),
});
