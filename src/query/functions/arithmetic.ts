import { defineFunction, type FunctionDefinition } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { aggregateByName } from '../rows/aggregate.ts';
import { power } from '../rows/power.ts';
import { mapValues, renamed } from '../rows/row.ts';
import { formatFloat, formatG, roundHalfEven } from '../rows/text.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;

const lowest = aggregateByName('min');
const highest = aggregateByName('max');

/** What cannot be said as a number is no data, unless it came from an infinity. */
function finite(result: number, value: number): number {
  return Number.isFinite(value) && !Number.isFinite(result) ? NaN : result;
}

function mapping(name: string, tag: string, about: string, change: (value: number) => number): FunctionDefinition {
  return defineFunction({
    name,
    group: 'Transform',
    about,
    params: [seriesList],
    call: ({ args }) =>
      (args.seriesList as Row[]).map((row) => ({
        ...renamed(row, `${name}(${row.name})`, { [name]: tag }),
        values: mapValues(row.values, change),
      })),
  });
}

export const exp = mapping('exp', 'e', 'e to the power of each value.', (value) => finite(Math.exp(value), value));
export const invert = mapping('invert', '1', '1 divided by each value; 0 becomes a gap.', (value) => power(value, -1));
export const logit = mapping('logit', 'logit', 'The log-odds of each value between 0 and 1; others become gaps.', (value) =>
  finite(Math.log(value / (1 - value)), value),
);
export const sigmoid = mapping('sigmoid', 'sigmoid', 'Each value bent onto the range of 0 to 1, 1 / (1 + exp(-value)).', (value) => 1 / (1 + Math.exp(-value)));
export const squareRoot = mapping('squareRoot', '1', 'The square root of each value; negative ones become gaps.', Math.sqrt);

export const log = defineFunction({
  name: 'log',
  group: 'Transform',
  about: 'The logarithm of each value; values of 0 and below become gaps.',
  params: [seriesList, { name: 'base', type: 'integer', default: 10, fractions: true }],
  call({ args }) {
    const base = args.base as number;
    if (base <= 0 || base === 1) throw new HeedError('bad_argument', `cannot call log(): parameter 'base' must be 2 or more, not ${base}`);
    const divisor = Math.log(base);
    return (args.seriesList as Row[]).map((row) => ({
      ...renamed(row, `log(${row.name}, ${base})`, { log: String(base) }),
      values: mapValues(row.values, (value) => (value > 0 ? finite(Math.log(value) / divisor, value) : NaN)),
    }));
  },
});

export const pow = defineFunction({
  name: 'pow',
  group: 'Transform',
  about: 'Each value to the power of a number.',
  params: [seriesList, { name: 'factor', type: 'float', required: true }],
  call({ args }) {
    const factor = args.factor as number;
    return (args.seriesList as Row[]).map((row) => ({
      ...renamed(row, `pow(${row.name},${formatG(factor)})`, { pow: formatFloat(factor) }),
      values: mapValues(row.values, (value) => power(value, factor)),
    }));
  },
});

export const round = defineFunction({
  name: 'round',
  group: 'Transform',
  about: 'Each value rounded to a number of decimals; negative ones round to tens, hundreds ….',
  params: [seriesList, { name: 'precision', type: 'integer', default: 0 }],
  call({ args, expressions }) {
    const precision = args.precision as number;
    const suffix = 'precision' in expressions ? `,${formatG(precision)}` : '';
    return (args.seriesList as Row[]).map((row) => ({
      ...renamed(row, `round(${row.name}${suffix})`, { round: String(precision) }),
      // No number reaches half of 1e309.
      values: mapValues(row.values, (value) => (precision < -308 && Number.isFinite(value) ? 0 : roundHalfEven(value, precision))),
    }));
  },
});

export const offsetToZero = defineFunction({
  name: 'offsetToZero',
  group: 'Transform',
  about: 'Each value less the lowest of its series.',
  params: [seriesList],
  call: ({ args }) =>
    (args.seriesList as Row[]).map((row) => {
      const min = lowest(row.values, 0, row.values.length);
      return {
        ...renamed(row, `offsetToZero(${row.name})`, { offsetToZero: min === min ? formatFloat(min) : 'None' }),
        values: mapValues(row.values, (value) => value - min),
      };
    }),
});

export const minMax = defineFunction({
  name: 'minMax',
  group: 'Transform',
  about: 'Each series stretched from 0, its lowest value, to 1, its highest.',
  params: [seriesList],
  call: ({ args }) =>
    (args.seriesList as Row[]).map((row) => {
      const min = lowest(row.values, 0, row.values.length);
      const range = highest(row.values, 0, row.values.length) - min;
      // A flat series lies at 0; its gaps stay.
      return { ...renamed(row, `minMax(${row.name})`), values: mapValues(row.values, (value) => (value - min) / (range === 0 ? 1 : range)) };
    }),
});

export const isNonNull = defineFunction({
  name: 'isNonNull',
  group: 'Transform',
  about: '1 where there is a value and 0 where there is none.',
  params: [seriesList],
  call: ({ args }) =>
    (args.seriesList as Row[]).map((row) => ({
      ...renamed(row, `isNonNull(${row.name})`, { isNonNull: '1' }),
      values: mapValues(row.values, (value) => (value === value ? 1 : 0)),
    })),
});
