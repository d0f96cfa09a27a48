import { defineFunction, type FunctionDefinition } from '../../core/define.ts';
import type { Row } from '../../core/frame.ts';
import { aggregateRows } from '../rows/combine.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;
const position = { name: 'position', type: 'node', multiple: true } as const;

/** Rows whose names are the same without the parts at these positions, combined under what is left of the name. */
function combineWithout(rows: readonly Row[], aggregation: string, positions: readonly number[]): Row[] {
  const left = (row: Row): string =>
    row.name
      .split('.')
      .filter((_, i) => !positions.includes(i))
      .join('.');
  return [...Map.groupBy(rows, left)].flatMap(([name, group]) => aggregateRows(group, aggregation).map((row) => ({ ...row, name })));
}

function combiningWithout(name: string, aggregation: string, about: string): FunctionDefinition {
  return defineFunction({
    name,
    group: 'Combine',
    about,
    params: [seriesList, position],
    call: ({ args }) => combineWithout(args.seriesList as Row[], aggregation, args.position as number[]),
  });
}

export const sumSeriesWithWildcards = combiningWithout(
  'sumSeriesWithWildcards',
  'sum',
  'The sums of series whose names differ only in the parts at these positions.',
);
export const averageSeriesWithWildcards = combiningWithout(
  'averageSeriesWithWildcards',
  'average',
  'The averages of series whose names differ only in the parts at these positions.',
);
export const multiplySeriesWithWildcards = combiningWithout(
  'multiplySeriesWithWildcards',
  'multiply',
  'The products of series whose names differ only in the parts at these positions.',
);

export const aggregateWithWildcards = defineFunction({
  name: 'aggregateWithWildcards',
  group: 'Combine',
  about: 'Combines series whose names differ only in the parts at these positions, by the aggregation that is named.',
  params: [seriesList, { name: 'func', type: 'aggFunc', required: true }, position],
  call: ({ args }) => combineWithout(args.seriesList as Row[], args.func as string, args.position as number[]),
});
