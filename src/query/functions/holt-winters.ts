import { defineFunction, type FunctionCall, type FunctionDefinition, type ParamDefinition } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { aberration, band, forecast, type Forecast } from '../rows/holt-winters.ts';
import { endOf, renamed } from '../rows/row.ts';
import { parseOffset } from '../time/offset.ts';

const seriesList: ParamDefinition = { name: 'seriesList', type: 'seriesList', required: true };
const delta: ParamDefinition = { name: 'delta', type: 'integer', default: 3, fractions: true };
const periods: readonly ParamDefinition[] = [
  { name: 'bootstrapInterval', type: 'interval', default: '7d', suggestions: ['7d', '30d'] },
  { name: 'seasonality', type: 'interval', default: '1d', suggestions: ['1d', '7d'] },
];

function length(interval: unknown): number {
  return Math.abs(parseOffset(interval as string));
}

function forecasts({ args, expressions }: FunctionCall, withDeviations = true): Forecast[] {
  // Rows that another function hands over, e.g. groupByNode, have nothing before the window to learn from.
  const training = expressions.seriesList === undefined ? 0 : length(args.bootstrapInterval);
  return (args.seriesList as Row[]).map((row) => forecast(row, training, length(args.seasonality), withDeviations));
}

function shown({ row, start }: Forecast, name: string, values: Float64Array, tags: readonly string[]): Row {
  return { ...renamed(row, name, Object.fromEntries(tags.map((tag) => [tag, '1']))), start, end: endOf(row), values, consolidate: 'average' };
}

const forecastTags = ['holtWintersForecast', 'holtWintersDeviation'];
const bandTags = [...forecastTags, 'holtWintersConfidenceUpper', 'holtWintersConfidenceLower'];

/** Lower and upper band; for functions around them they go by the path of the series. */
function bands(one: Forecast, delta: number): [lower: Row, upper: Row] {
  const side = (name: string, delta: number): Row => ({ ...shown(one, `${name}(${one.row.name})`, band(one, delta), bandTags), path: one.row.path });
  return [side('holtWintersConfidenceLower', -delta), side('holtWintersConfidenceUpper', delta)];
}

function holtWinters(name: string, about: string, params: readonly ParamDefinition[], call: FunctionDefinition['call']): FunctionDefinition {
  return defineFunction({
    name,
    group: 'Calculate',
    about,
    params: [seriesList, ...params, ...periods],
    widen: ({ bootstrapInterval }) => ({ before: length(bootstrapInterval), after: 0 }),
    call,
  });
}

export const holtWintersForecast = holtWinters(
  'holtWintersForecast',
  'What was to be expected, from the days before and the time of day; learnt from an interval before the window.',
  [],
  (call) => forecasts(call, false).map((one) => shown(one, `holtWintersForecast(${one.row.name})`, one.predictions, forecastTags)),
);

export const holtWintersConfidenceBands = holtWinters(
  'holtWintersConfidenceBands',
  'The lower and the upper limit of what was to be expected, delta deviations around the forecast.',
  [delta],
  (call) => forecasts(call).flatMap((one) => bands(one, call.args.delta as number)),
);

export const holtWintersConfidenceArea = holtWinters(
  'holtWintersConfidenceArea',
  'The limits of what was to be expected of one series, as the two sides of an area.',
  [delta],
  (call) => {
    const found = forecasts(call);
    if (found.length > 1)
      throw new HeedError('bad_argument', `cannot call holtWintersConfidenceArea(): parameter 'seriesList' must be exactly one series, not ${found.length}`);
    return found.flatMap((one) =>
      bands(one, call.args.delta as number).map((row) => renamed(row, `holtWintersConfidenceArea(${row.path})`, { holtWintersConfidenceArea: '1' })),
    );
  },
);

export const holtWintersAberration = holtWinters(
  'holtWintersAberration',
  'How far values are above or below what was to be expected; 0 where they are within its limits.',
  [delta],
  async (call) => {
    const { context, expressions, args } = call;
    const learnt = new Map(forecasts(call).map((one) => [one.row.name, one]));
    // As in Graphite the window's own series are held against the limits, value by value, even where both have different steps.
    const rows = expressions.seriesList === undefined ? (args.seriesList as Row[]) : await context.evaluate(expressions.seriesList, context);
    return rows.flatMap((row): Row[] => {
      const one = learnt.get(row.name);
      if (!one) return [];
      const name = `holtWintersAberration(${row.name})`;
      return [{ ...renamed(row, name, { holtWintersAberration: '1' }), values: aberration(row.values, one, args.delta as number), consolidate: 'average' }];
    });
  },
);
