import { defineFunction, type FunctionDefinition } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { aggregateByName } from '../rows/aggregate.ts';
import { normalize } from '../rows/grid.ts';
import { outside, rankedValue, sortedKnown } from '../rows/percentile.ts';
import { mapValues, renamed } from '../rows/row.ts';
import { sortRows } from '../rows/sort.ts';
import { formatFloat, formatG } from '../rows/text.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;
const percent = { name: 'n', type: 'float', required: true } as const;

export const averageOutsidePercentile = defineFunction({
  name: 'averageOutsidePercentile',
  group: 'Filter Series',
  about: 'The series whose average is not between the percentiles n and 100 - n of all averages.',
  params: [seriesList, percent],
  call({ args }) {
    const rows = args.seriesList as Row[];
    const average = aggregateByName('average');
    const averages = Float64Array.from(rows, ({ values }) => average(values, 0, values.length));
    const isOutside = outside(sortedKnown(averages), args.n as number);
    return rows.filter((_, i) => isOutside(averages[i]));
  },
});

export const removeBetweenPercentile = defineFunction({
  name: 'removeBetweenPercentile',
  group: 'Filter Series',
  about: 'The series that at some time are not between the percentiles n and 100 - n of all series at that time.',
  params: [seriesList, percent],
  call({ args }) {
    const rows = args.seriesList as Row[];
    if (rows.length === 0) return [];
    const grid = normalize(rows);
    const stays = rows.map(() => false);
    const column = new Float64Array(rows.length);
    for (let i = 0; i < grid.length; i++) {
      for (const [r, { values }] of grid.rows.entries()) column[r] = i < values.length ? values[i] : NaN;
      const isOutside = outside(sortedKnown(column), args.n as number);
      for (let r = 0; r < stays.length; r++) stays[r] ||= isOutside(column[r]);
    }
    return rows.filter((_, r) => stays[r]);
  },
});

function removing(name: string, about: string, goes: (value: number, limit: number) => boolean): FunctionDefinition {
  return defineFunction({
    name,
    group: 'Filter Data',
    about,
    params: [seriesList, percent],
    call({ args }) {
      const n = args.n as number;
      if (n === 0) throw new HeedError('bad_argument', `cannot call ${name}(): parameter 'n' must be greater than 0`);
      return (args.seriesList as Row[]).map((row) => {
        const shown = `${name}(${row.name}, ${formatG(n)})`;
        const sorted = sortedKnown(row.values);
        const limit = rankedValue(sorted, n);
        if (limit === undefined) return renamed(row, shown);
        return {
          ...renamed(row, shown, { nPercentile: formatFloat(n) }),
          values: mapValues(row.values, (value) => (goes(value, limit) ? NaN : value)),
        };
      });
    },
  });
}

export const removeAbovePercentile = removing('removeAbovePercentile', `Leaves out values above a series' own percentile n.`, (value, limit) => value > limit);
export const removeBelowPercentile = removing('removeBelowPercentile', `Leaves out values below a series' own percentile n.`, (value, limit) => value < limit);

export const mostDeviant = defineFunction({
  name: 'mostDeviant',
  group: 'Filter Series',
  about: 'The n series whose values vary most; series without values are left out.',
  params: [seriesList, { name: 'n', type: 'integer', required: true }],
  call({ args }) {
    const known = (args.seriesList as Row[]).filter(({ values }) => values.some((value) => value === value));
    return sortRows(known, aggregateByName('stddev'), 'down').slice(0, args.n as number);
  },
});
