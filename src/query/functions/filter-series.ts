import { defineFunction, type FunctionDefinition } from '../../core/define.ts';
import type { Row } from '../../core/frame.ts';
import { type Aggregate, aggregateByName } from '../rows/aggregate.ts';
import { userRegex } from '../rows/regex.ts';
import { sortRows } from '../rows/sort.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;
const count = { name: 'n', type: 'integer', required: true } as const;
/** The same, of which a fraction counts for nothing. */
const wholeCount = { ...count, fractions: true } as const;
const func = { name: 'func', type: 'aggFunc', default: 'average' } as const;

/** A row's values as one number. */
function summary(aggregate: Aggregate, row: Row): number {
  return aggregate(row.values, 0, row.values.length);
}

export const limit = defineFunction({
  name: 'limit',
  group: 'Filter Series',
  about: 'The first n series; all but the last n when n is negative.',
  params: [seriesList, count],
  call: ({ args }) => (args.seriesList as Row[]).slice(0, args.n as number),
});

export const highest = defineFunction({
  name: 'highest',
  group: 'Filter Series',
  about: 'The n series that an aggregation of their values finds highest.',
  params: [seriesList, { ...wholeCount, required: false, default: 1 }, func],
  call: ({ args }) => sortRows(args.seriesList as Row[], aggregateByName(args.func as string), 'down').slice(0, Math.trunc(args.n as number)),
});

export const lowest = defineFunction({
  name: 'lowest',
  group: 'Filter Series',
  about: 'The n series that an aggregation of their values finds lowest.',
  params: [seriesList, { ...wholeCount, required: false, default: 1 }, func],
  call: ({ args }) => sortRows(args.seriesList as Row[], aggregateByName(args.func as string), 'up').slice(0, Math.trunc(args.n as number)),
});

function extreme(name: string, aggregation: string, direction: 'up' | 'down', about: string): FunctionDefinition {
  return defineFunction({
    name,
    group: 'Filter Series',
    about,
    params: [seriesList, wholeCount],
    call: ({ args }) => sortRows(args.seriesList as Row[], aggregateByName(aggregation), direction).slice(0, Math.trunc(args.n as number)),
  });
}

export const highestAverage = extreme('highestAverage', 'average', 'down', 'The n series with the highest average.');
export const highestCurrent = extreme('highestCurrent', 'current', 'down', 'The n series with the highest last value.');
export const highestMax = extreme('highestMax', 'max', 'down', 'The n series with the highest peak.');
export const lowestAverage = extreme('lowestAverage', 'average', 'up', 'The n series with the lowest average.');
export const lowestCurrent = extreme('lowestCurrent', 'current', 'up', 'The n series with the lowest last value.');

const pattern = { name: 'pattern', type: 'string', required: true } as const;

export const grep = defineFunction({
  name: 'grep',
  group: 'Filter Series',
  about: 'The series in whose names a regular expression finds something.',
  params: [seriesList, pattern],
  call({ args, context }) {
    const regex = userRegex(args.pattern as string, context);
    return (args.seriesList as Row[]).filter((row) => regex.search(row.name));
  },
});

export const exclude = defineFunction({
  name: 'exclude',
  group: 'Filter Series',
  about: 'The series in whose names a regular expression finds nothing.',
  params: [seriesList, pattern],
  call({ args, context }) {
    const regex = userRegex(args.pattern as string, context);
    return (args.seriesList as Row[]).filter((row) => !regex.search(row.name));
  },
});

/** A series without values, whose value is NaN, is unlike every threshold and below it, as in Graphite. */
const OPERATORS: Record<string, (value: number, threshold: number) => boolean> = {
  '!=': (value, threshold) => value !== threshold,
  '<': (value, threshold) => !(value >= threshold),
  '<=': (value, threshold) => !(value > threshold),
  '=': (value, threshold) => value === threshold,
  '>': (value, threshold) => value > threshold,
  '>=': (value, threshold) => value >= threshold,
};

export const filterSeries = defineFunction({
  name: 'filterSeries',
  group: 'Filter Series',
  about: 'The series whose values, as one number, compare with a threshold as asked; one without values is below every threshold.',
  params: [
    seriesList,
    { name: 'func', type: 'aggFunc', required: true },
    { name: 'operator', type: 'string', required: true, options: Object.keys(OPERATORS) },
    { name: 'threshold', type: 'float', required: true },
  ],
  call({ args }) {
    const aggregate = aggregateByName(args.func as string);
    const holds = OPERATORS[args.operator as string];
    return (args.seriesList as Row[]).filter((row) => holds(summary(aggregate, row), args.threshold as number));
  },
});

function filter(name: string, aggregation: string, operator: '>' | '<=' | '>=' | '<', about: string): FunctionDefinition {
  return defineFunction({
    name,
    group: 'Filter Series',
    about,
    params: [seriesList, { name: 'n', type: 'float', required: true }],
    call({ args }) {
      const aggregate = aggregateByName(aggregation);
      return (args.seriesList as Row[]).filter((row) => OPERATORS[operator](summary(aggregate, row), args.n as number));
    },
  });
}

export const averageAbove = filter('averageAbove', 'average', '>', 'The series whose average is above n.');
export const averageBelow = filter('averageBelow', 'average', '<=', 'The series whose average is n or less.');
export const currentAbove = filter('currentAbove', 'current', '>', 'The series whose last value is above n.');
export const currentBelow = filter('currentBelow', 'current', '<=', 'The series whose last value is n or less.');
export const maximumAbove = filter('maximumAbove', 'max', '>', 'The series whose peak is above n.');
export const maximumBelow = filter('maximumBelow', 'max', '<=', 'The series whose peak is n or less.');
export const minimumAbove = filter('minimumAbove', 'min', '>', 'The series whose lowest value is above n.');
export const minimumBelow = filter('minimumBelow', 'min', '<=', 'The series whose lowest value is n or less.');

export const unique = defineFunction({
  name: 'unique',
  group: 'Filter Series',
  about: 'Each series once, the first of those that have the same name.',
  params: [{ name: 'seriesLists', type: 'seriesList', required: true, multiple: true }],
  call({ args }) {
    const first = new Map<string, Row>();
    for (const row of (args.seriesLists as Row[][]).flat()) if (!first.has(row.name)) first.set(row.name, row);
    return [...first.values()];
  },
});
