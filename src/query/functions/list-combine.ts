import { defineFunction, type FunctionDefinition } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { aggregateName } from '../rows/aggregate.ts';
import { aggregateRows } from '../rows/combine.ts';
import { quotient } from '../rows/quotient.ts';

const params = [
  { name: 'seriesListFirstPos', type: 'seriesList', required: true },
  { name: 'seriesListSecondPos', type: 'seriesList', required: true },
] as const;

/** Rows of two lists that have the same place in them. */
function pairs(name: string, [first, second]: readonly [string, string], args: Record<string, unknown>): [Row, Row][] {
  const firsts = args[first] as Row[];
  const seconds = args[second] as Row[];
  if (firsts.length !== seconds.length)
    throw new HeedError('bad_argument', `cannot call ${name}(): '${first}' has ${firsts.length} series and '${second}' ${seconds.length}, not as many`);
  return firsts.map((row, i) => [row, seconds[i]]);
}

function combinePairs(name: string, args: Record<string, unknown>, aggregation: string, xFilesFactor: number | null = null): Row[] {
  const short = aggregateName(aggregation);
  return pairs(name, ['seriesListFirstPos', 'seriesListSecondPos'], args).flatMap((pair) =>
    aggregateRows(pair, aggregation, xFilesFactor).map((row) => ({ ...row, name: `${short}Series(${pair[0].name},${pair[1].name})` })),
  );
}

function combiningPairs(aggregation: string, about: string): FunctionDefinition {
  const name = `${aggregation}SeriesLists`;
  return defineFunction({ name, group: 'Combine', about, params, call: ({ args }) => combinePairs(name, args, aggregation) });
}

export const sumSeriesLists = combiningPairs('sum', 'The sums of two lists of series, first with first, second with second.');
export const diffSeriesLists = combiningPairs('diff', 'The series of the first list less those of the second, first with first, second with second.');
export const multiplySeriesLists = combiningPairs('multiply', 'The products of two lists of series, first with first, second with second.');

export const aggregateSeriesLists = defineFunction({
  name: 'aggregateSeriesLists',
  group: 'Combine',
  about: 'Two lists of series combined, first with first, second with second, by the aggregation that is named.',
  params: [...params, { name: 'func', type: 'aggFunc', required: true }, { name: 'xFilesFactor', type: 'float' }],
  call: ({ args }) => combinePairs('aggregateSeriesLists', args, args.func as string, args.xFilesFactor as number | null),
});

export const divideSeriesLists = defineFunction({
  name: 'divideSeriesLists',
  group: 'Combine',
  about: 'The series of the first list divided by those of the second, first by first, second by second.',
  params: [
    { name: 'dividendSeriesList', type: 'seriesList', required: true },
    { name: 'divisorSeriesList', type: 'seriesList', required: true },
  ],
  call: ({ args }) =>
    pairs('divideSeriesLists', ['dividendSeriesList', 'divisorSeriesList'], args).map(([dividend, divisor]) =>
      quotient(dividend, divisor, `divideSeries(${dividend.name},${divisor.name})`, 1),
    ),
});
