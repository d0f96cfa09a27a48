import { defineFunction } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { exponentialAverage } from '../rows/exponential.ts';
import { percentile, rankedValue, sortedKnown } from '../rows/percentile.ts';
import { lineThrough } from '../rows/regression.ts';
import { endOf, renamed } from '../rows/row.ts';
import { runningDeviation } from '../rows/running-deviation.ts';
import { formatFloat, formatG } from '../rows/text.ts';
import { parseOffset } from '../time/offset.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;

export const linearRegression = defineFunction({
  name: 'linearRegression',
  group: 'Calculate',
  about: 'The straight line closest to the values of the window, or of a time of its own; series with fewer than two values have none.',
  params: [seriesList, { name: 'startSourceAt', type: 'date' }, { name: 'endSourceAt', type: 'date' }],
  async call({ args, context, expressions }) {
    const rows = args.seriesList as Row[];
    const from = (args.startSourceAt as number | null) ?? context.from;
    const until = (args.endSourceAt as number | null) ?? context.until;
    if (from >= until) throw new HeedError('bad_argument', `cannot call linearRegression(): parameter 'startSourceAt' must be before 'endSourceAt'`);
    const own = (from === context.from && until === context.until) || expressions.seriesList === undefined;
    const sources = own ? rows : await context.evaluate(expressions.seriesList, { from, until });
    const times = `${Math.floor(from / 1000)}, ${Math.floor(until / 1000)}`;
    return rows.slice(0, sources.length).flatMap((row, i): Row[] => {
      const line = lineThrough(sources[i]);
      if (!line) return [];
      const values = row.values.map((_, i) => line(row.start + i * row.step));
      return [{ ...renamed(row, `linearRegression(${row.name}, ${times})`, { linearRegressions: times }), values, consolidate: 'average' }];
    });
  },
});

export const stdev = defineFunction({
  name: 'stdev',
  group: 'Calculate',
  about: 'The standard deviation of each point and those before it, by number; windowTolerance is the share of them that must be known.',
  params: [seriesList, { name: 'points', type: 'integer', required: true }, { name: 'windowTolerance', type: 'float', default: 0.1 }],
  call({ args }) {
    const points = args.points as number;
    if (points < 1) throw new HeedError('bad_argument', `cannot call stdev(): parameter 'points' must be at least 1`);
    return (args.seriesList as Row[]).map((row) => ({
      ...renamed(row, `stdev(${row.name},${points})`, { stdev: String(points) }),
      values: runningDeviation(row.values, points, args.windowTolerance as number),
    }));
  },
});

export const nPercentile = defineFunction({
  name: 'nPercentile',
  group: 'Calculate',
  about: 'A line at the value that n percent of the values lie below; series without values are left out.',
  params: [seriesList, { name: 'n', type: 'float', required: true }],
  call({ args }) {
    const n = args.n as number;
    if (n === 0) throw new HeedError('bad_argument', `cannot call nPercentile(): parameter 'n' must be greater than 0`);
    return (args.seriesList as Row[]).flatMap((row): Row[] => {
      const sorted = sortedKnown(row.values);
      if (sorted.length === 0) return [];
      const length = Math.max(0, Math.floor((endOf(row) - row.start) / row.step));
      const values = new Float64Array(length).fill(rankedValue(sorted, n) ?? percentile(sorted, n));
      return [{ ...renamed(row, `nPercentile(${row.name}, ${formatG(n)})`, { nPercentile: formatFloat(n) }), values }];
    });
  },
});

/** What the window reaches back before the first point, where its argument says so by itself. */
function reach(windowSize: unknown): number {
  return typeof windowSize === 'string' ? Math.abs(parseOffset(windowSize)) : 0;
}

export const exponentialMovingAverage = defineFunction({
  name: 'exponentialMovingAverage',
  group: 'Calculate',
  about: 'A moving average in which later values weigh more, by number or time.',
  params: [seriesList, { name: 'windowSize', type: 'intOrInterval', required: true }],
  widen: ({ windowSize }) => ({ before: reach(windowSize), after: 0 }),
  async call({ args, context, expressions }) {
    const size = args.windowSize as number | string;
    let rows = args.seriesList as Row[];
    if (rows.length === 0) return [];
    let preview = reach(size);
    if (typeof size === 'number') {
      if (size < 1) throw new HeedError('bad_argument', `cannot call exponentialMovingAverage(): parameter 'windowSize' must be at least 1`);
      preview = Math.trunc(size) * rows.reduce((step, row) => Math.max(step, row.step), 0);
      if (expressions.seriesList !== undefined) rows = await context.evaluate(expressions.seriesList, { from: context.from - preview, until: context.until });
    }
    const shown = typeof size === 'string' ? `"${size}"` : String(size);
    // As in Graphite an interval weighs by its seconds, whatever the step.
    const weight = 2 / ((typeof size === 'string' ? preview / 1000 : Math.trunc(size)) + 1);
    return rows.map((row) => {
      const points = typeof size === 'string' ? Math.floor(preview / row.step) : Math.trunc(size);
      return {
        ...renamed(row, `exponentialMovingAverage(${row.name},${shown})`, { exponentialMovingAverage: String(size) }),
        start: row.start + preview,
        end: endOf(row),
        values: exponentialAverage(row.values, points, weight),
      };
    });
  },
});
