import { defineFunction, type FunctionDefinition } from '../../core/define.ts';
import type { Row } from '../../core/frame.ts';
import { aggregateByName } from '../rows/aggregate.ts';
import { sortRows } from '../rows/sort.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;
const reverse = { name: 'reverse', type: 'boolean', default: false } as const;

export const sortBy = defineFunction({
  name: 'sortBy',
  group: 'Sorting',
  about: 'Series in the order of an aggregation of their values, lowest first.',
  params: [seriesList, { name: 'func', type: 'aggFunc', default: 'average' }, reverse],
  call: ({ args }) => sortRows(args.seriesList as Row[], aggregateByName(args.func as string), args.reverse === true ? 'down' : 'up'),
});

function sorting(name: string, aggregation: string, direction: 'up' | 'down', about: string): FunctionDefinition {
  return defineFunction({
    name,
    group: 'Sorting',
    about,
    params: [seriesList],
    call: ({ args }) => sortRows(args.seriesList as Row[], aggregateByName(aggregation), direction),
  });
}

export const sortByMaxima = sorting('sortByMaxima', 'max', 'down', 'Series by their peaks, the highest first.');
export const sortByTotal = sorting('sortByTotal', 'sum', 'down', 'Series by the sums of their values, the largest first.');

export const sortByMinima = defineFunction({
  name: 'sortByMinima',
  group: 'Sorting',
  about: 'Series that rise above 0, by their lowest values, the lowest first.',
  params: [seriesList],
  call({ args }) {
    const max = aggregateByName('max');
    const rising = (args.seriesList as Row[]).filter((row) => max(row.values, 0, row.values.length) > 0);
    return sortRows(rising, aggregateByName('min'), 'up');
  },
});

export const sortByName = defineFunction({
  name: 'sortByName',
  group: 'Sorting',
  about: 'Series by name; natural sorts web2 before web10.',
  params: [seriesList, { name: 'natural', type: 'boolean', default: false }, reverse],
  call({ args }) {
    const key = (name: string): string => (args.natural === true ? name.replaceAll(/\d+/g, (digits) => digits.padStart(20, '0')) : name);
    const keyed = (args.seriesList as Row[]).map((row) => ({ row, key: key(row.name) }));
    const sign = args.reverse === true ? -1 : 1;
    return keyed.toSorted((a, b) => (a.key === b.key ? 0 : sign * (a.key < b.key ? -1 : 1))).map(({ row }) => row);
  },
});
