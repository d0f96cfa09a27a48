import { defineFunction, type FunctionCall, type FunctionDefinition, type ParamDefinition } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { aggregateName } from '../rows/aggregate.ts';
import { slide, slideCost } from '../rows/slide.ts';
import { endOf, renamed } from '../rows/row.ts';
import { parseOffset } from '../time/offset.ts';

const params: readonly ParamDefinition[] = [
  { name: 'seriesList', type: 'seriesList', required: true },
  { name: 'windowSize', type: 'intOrInterval', required: true },
];
const xFilesFactor: ParamDefinition = { name: 'xFilesFactor', type: 'float' };

/** `median` makes `movingMedian`, and `rangeOf` makes `movingRangeof`. */
function movingName(aggregation: string): string {
  const short = aggregateName(aggregation);
  return `moving${short[0].toUpperCase()}${short.slice(1).toLowerCase()}`;
}

/** What a moving window reaches back before the first point, where its argument says so by itself. */
function reach(windowSize: unknown): number {
  return typeof windowSize === 'string' ? Math.abs(parseOffset(windowSize)) : 0;
}

/**
 * An aggregation of the window before each point, the point itself not among it. A number of points reaches back by the
 * coarsest step among the series, which is known only when they have been read.
 */
async function moving({ args, context, expressions }: FunctionCall, aggregation: string): Promise<Row[]> {
  const size = args.windowSize as number | string;
  let rows = args.seriesList as Row[];
  if (rows.length === 0) return [];
  let preview = reach(size);
  if (typeof size === 'number') {
    if (size < 0) throw new HeedError('bad_argument', `cannot call ${movingName(aggregation)}(): parameter 'windowSize' must not be negative`);
    preview = Math.trunc(size) * rows.reduce((step, row) => Math.max(step, row.step), 0);
    if (expressions.seriesList !== undefined) rows = await context.evaluate(expressions.seriesList, { from: context.from - preview, until: context.until });
  }
  const name = movingName(aggregation);
  const shown = typeof size === 'string' ? `"${size}"` : String(size);
  const factor = args.xFilesFactor as number | null;
  const pointsOf = (row: Row): number => (typeof size === 'string' ? Math.floor(preview / row.step) : Math.trunc(size));
  context.spend(rows.reduce((cost, row) => cost + slideCost(aggregation, row.values.length, pointsOf(row)), 0));
  return rows.map((row) => {
    const values = slide(aggregation, row.values, pointsOf(row), factor ?? row.xFilesFactor);
    return { ...renamed(row, `${name}(${row.name},${shown})`, { [name]: String(size) }), start: row.start + preview, end: endOf(row), values };
  });
}

function movingBy(aggregation: string, about: string): FunctionDefinition {
  return defineFunction({
    name: movingName(aggregation),
    group: 'Calculate',
    about,
    params: [...params, xFilesFactor],
    widen: ({ windowSize }) => ({ before: reach(windowSize), after: 0 }),
    call: (call) => moving(call, aggregation),
  });
}

export const movingAverage = movingBy('average', 'The average of the values before each point, by number or time.');
export const movingMax = movingBy('max', 'The highest of the values before each point, by number or time.');
export const movingMedian = movingBy('median', 'The median of the values before each point, by number or time.');
export const movingMin = movingBy('min', 'The lowest of the values before each point, by number or time.');
export const movingSum = movingBy('sum', 'The sum of the values before each point, by number or time.');

export const movingWindow = defineFunction({
  name: 'movingWindow',
  group: 'Calculate',
  about: 'An aggregation of the values before each point, by number or time.',
  params: [...params, { name: 'func', type: 'aggFunc', default: 'average' }, xFilesFactor],
  widen: ({ windowSize }) => ({ before: reach(windowSize), after: 0 }),
  call: (call) => moving(call, call.args.func as string),
});
