import { defineFunction } from '../../core/define.ts';
import type { Row } from '../../core/frame.ts';
import { mapValues, renamed } from '../rows/row.ts';
import { formatFloat, formatG, formatWhole, roundHalfEven } from '../rows/text.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;

export const absolute = defineFunction({
  name: 'absolute',
  group: 'Transform',
  about: 'The size of each value, without its sign.',
  params: [seriesList],
  call: ({ args }) =>
    (args.seriesList as Row[]).map((row) => ({
      ...renamed(row, `absolute(${row.name})`, { absolute: '1' }),
      values: mapValues(row.values, Math.abs),
    })),
});

export const scale = defineFunction({
  name: 'scale',
  group: 'Transform',
  about: 'Each value times a factor.',
  params: [seriesList, { name: 'factor', type: 'float', required: true }],
  call({ args }) {
    const factor = args.factor as number;
    return (args.seriesList as Row[]).map((row) => ({
      ...renamed(row, `scale(${row.name},${formatG(factor)})`, { scale: formatFloat(factor) }),
      values: mapValues(row.values, (value) => value * factor),
    }));
  },
});

function plus(name: 'offset' | 'add', about: string, param: string, format: (value: number) => string): ReturnType<typeof defineFunction> {
  return defineFunction({
    name,
    group: 'Transform',
    about,
    params: [seriesList, { name: param, type: 'float', required: true }],
    call({ args }) {
      const constant = args[param] as number;
      return (args.seriesList as Row[]).map((row) => ({
        ...renamed(row, `${name}(${row.name},${format(constant)})`, { [name]: formatFloat(constant) }),
        values: mapValues(row.values, (value) => value + constant),
      }));
    },
  });
}

export const offset = plus('offset', 'Each value plus a constant.', 'factor', formatG);
export const add = plus('add', 'Each value plus a constant.', 'constant', formatWhole);

export const derivative = defineFunction({
  name: 'derivative',
  group: 'Transform',
  about: 'The difference of each value from the one before.',
  params: [seriesList],
  call: ({ args }) =>
    (args.seriesList as Row[]).map((row) => {
      const values = new Float64Array(row.values.length).fill(NaN);
      // A gap on either side makes NaN by itself.
      for (let i = 1; i < values.length; i++) values[i] = row.values[i] - row.values[i - 1];
      return { ...renamed(row, `derivative(${row.name})`, { derivative: '1' }), values };
    }),
});

const limits = [
  { name: 'maxValue', type: 'float' },
  { name: 'minValue', type: 'float' },
] as const;

/** Differences of a counter that only grows. It wraps at `maxValue`; without one a smaller value is unknown, unless `minValue` says where it began again. */
function counterDifferences(counts: Float64Array, maxValue: number | null, minValue: number | null): Float64Array {
  const differences = new Float64Array(counts.length);
  let previous = NaN;
  for (let i = 0; i < counts.length; i++) {
    let count = counts[i];
    if ((maxValue !== null && count > maxValue) || (minValue !== null && count < minValue)) count = NaN;
    let difference = count - previous;
    if (difference < 0) {
      if (maxValue !== null) difference += maxValue + 1 - (minValue ?? 0);
      else if (minValue !== null) difference = count - minValue;
      else difference = NaN;
    }
    differences[i] = difference;
    previous = count;
  }
  return differences;
}

export const nonNegativeDerivative = defineFunction({
  name: 'nonNegativeDerivative',
  group: 'Transform',
  about: 'The growth of a counter from point to point; a fall is a reset, or a wrap at maxValue.',
  params: [seriesList, ...limits],
  call: ({ args }) =>
    (args.seriesList as Row[]).map((row) => ({
      ...renamed(row, `nonNegativeDerivative(${row.name})`, { nonNegativeDerivative: '1' }),
      values: counterDifferences(row.values, args.maxValue as number | null, args.minValue as number | null),
    })),
});

export const perSecond = defineFunction({
  name: 'perSecond',
  group: 'Transform',
  about: 'The growth of a counter per second; a fall is a reset, or a wrap at maxValue.',
  params: [seriesList, ...limits],
  call: ({ args }) =>
    (args.seriesList as Row[]).map((row) => {
      const differences = counterDifferences(row.values, args.maxValue as number | null, args.minValue as number | null);
      const seconds = row.step / 1000;
      return {
        ...renamed(row, `perSecond(${row.name})`, { perSecond: '1' }),
        values: mapValues(differences, (difference) => roundHalfEven(difference / seconds, 6)),
      };
    }),
});

export const scaleToSeconds = defineFunction({
  name: 'scaleToSeconds',
  group: 'Transform',
  about: 'Values that count a step, as if the step had this many seconds.',
  params: [seriesList, { name: 'seconds', type: 'float', required: true }],
  call({ args }) {
    const seconds = args.seconds as number;
    return (args.seriesList as Row[]).map((row) => {
      const factor = (seconds * 1000) / row.step;
      return {
        ...renamed(row, `scaleToSeconds(${row.name},${formatWhole(seconds)})`, { scaleToSeconds: formatFloat(seconds) }),
        values: mapValues(row.values, (value) => roundHalfEven(value * factor, 6)),
      };
    });
  },
});

export const integral = defineFunction({
  name: 'integral',
  group: 'Transform',
  about: 'The sum of all values so far; gaps stay gaps.',
  params: [seriesList],
  call: ({ args }) =>
    (args.seriesList as Row[]).map((row) => {
      let sum = 0;
      const values = mapValues(row.values, (value) => (value === value ? (sum += value) : NaN));
      return { ...renamed(row, `integral(${row.name})`, { integral: '1' }), values };
    }),
});

export const keepLastValue = defineFunction({
  name: 'keepLastValue',
  group: 'Transform',
  about: 'Fills gaps of up to limit points with the last value before them.',
  params: [seriesList, { name: 'limit', type: 'intOrInf', default: Infinity, fractions: true }],
  call: ({ args }) =>
    (args.seriesList as Row[]).map((row) => {
      const values = row.values.slice();
      const limit = args.limit as number;
      let gap = 0;
      for (let i = 0; i <= values.length; i++) {
        if (i < values.length && values[i] !== values[i]) {
          gap++;
          continue;
        }
        const before = i - gap - 1;
        if (gap > 0 && gap <= limit && before >= 0) values.fill(values[before], before + 1, i);
        gap = 0;
      }
      return { ...renamed(row, `keepLastValue(${row.name})`), values };
    }),
});

export const transformNull = defineFunction({
  name: 'transformNull',
  group: 'Transform',
  about: 'A value for gaps; with reference series only where one of them has a value.',
  params: [seriesList, { name: 'default', type: 'float', default: 0 }, { name: 'referenceSeries', type: 'seriesList' }],
  call({ args, expressions }) {
    const filler = args.default as number;
    const given = args.referenceSeries as Row[] | null;
    // As in Graphite references that find nothing are none.
    const references = given?.length ? given : null;
    const known = (i: number): boolean => !references || references.some((row) => i < row.values.length && row.values[i] === row.values[i]);
    const suffix = references ? ',referenceSeries' : '';
    const tags = { transformNull: 'default' in expressions ? formatFloat(filler) : '0', ...(references && { referenceSeries: '1' }) };
    return (args.seriesList as Row[]).map((row) => ({
      ...renamed(row, `transformNull(${row.name},${formatG(filler)}${suffix})`, tags),
      values: row.values.map((value, i) => (value !== value && known(i) ? filler : value)),
    }));
  },
});
