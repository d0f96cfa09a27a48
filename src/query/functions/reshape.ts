import { defineFunction, type EvalContext, type FunctionCall } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { endOf, mapValues, renamed } from '../rows/row.ts';
import { parseTime } from '../time/attime.ts';
import { parseOffset } from '../time/offset.ts';
import { fromWallClock, toWallClock } from '../time/zone.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Graphite's times are whole seconds. */
function wholeSeconds(time: number): number {
  return Math.floor(time / 1000) * 1000;
}

export const delay = defineFunction({
  name: 'delay',
  group: 'Transform',
  about: 'Moves all values later by a number of steps, or earlier when it is negative.',
  params: [seriesList, { name: 'steps', type: 'integer', required: true }],
  call({ args }) {
    const steps = args.steps as number;
    return (args.seriesList as Row[]).map((row) => {
      // As in Graphite a delay by nothing leaves nothing.
      const values = new Float64Array(steps === 0 ? 0 : row.values.length).fill(NaN);
      if (steps < 0) values.set(row.values.subarray(-steps));
      else if (steps < values.length) values.set(row.values.subarray(0, values.length - steps), steps);
      return { ...renamed(row, `delay(${row.name},${steps})`, { delay: String(steps) }), end: endOf(row), values };
    });
  },
});

/** The begin of the day, hour or minute that holds a moment, whichever is the longest within the interval. */
function alignToInterval(time: number, interval: number, timeZone: string): number {
  const clock = toWallClock(time, timeZone);
  if (interval >= DAY) return fromWallClock({ ...clock, hour: 0, minute: 0, second: 0 }, timeZone);
  if (interval >= HOUR) return fromWallClock({ ...clock, minute: 0, second: 0 }, timeZone);
  return interval >= MINUTE ? fromWallClock({ ...clock, second: 0 }, timeZone) : time;
}

/** Spreads what each value, a rate per second, amounts to over the intervals that its step touches. The last one ends at `end`. */
function countHits(context: EvalContext, row: Row, interval: number, end: number): { start: number; values: Float64Array } {
  const count = Math.ceil((end - row.start) / interval);
  const start = end - count * interval;
  const values = context.gaps(count);
  for (const [i, value] of row.values.entries()) {
    if (value !== value) continue;
    const from = row.start + i * row.step - start;
    const to = Math.min(from + row.step, end - start);
    for (let bucket = Math.floor(from / interval); bucket * interval < to; bucket++) {
      const within = Math.min(to, (bucket + 1) * interval) - Math.max(from, bucket * interval);
      const hits = value * (within / 1000);
      values[bucket] = values[bucket] === values[bucket] ? values[bucket] + hits : hits;
    }
  }
  return { start, values };
}

async function alignedRows({ args, context, expressions }: FunctionCall, interval: number): Promise<Row[]> {
  if (expressions.seriesList === undefined) return args.seriesList as Row[];
  const from = alignToInterval(context.from, interval, context.timeZone);
  return context.evaluate(expressions.seriesList, { from, until: context.until });
}

export const hitcount = defineFunction({
  name: 'hitcount',
  group: 'Transform',
  about: 'How many hits each interval had, from values that are hits per second.',
  params: [
    seriesList,
    { name: 'intervalString', type: 'interval', required: true, suggestions: ['10min', '1h', '1d'] },
    { name: 'alignToInterval', type: 'boolean', default: false },
  ],
  async call(call) {
    const text = call.args.intervalString as string;
    const interval = Math.abs(parseOffset(text));
    const align = call.args.alignToInterval === true;
    const rows = align ? await alignedRows(call, interval) : (call.args.seriesList as Row[]);
    return rows.map((row) => {
      // Aligned intervals begin with the row, and the last one may be empty; others end with it.
      const end = align ? row.start + (Math.floor((endOf(row) - row.start) / interval) + 1) * interval : endOf(row);
      return {
        ...renamed(row, `hitcount(${row.name}, "${text}"${align ? ', true' : ''})`, { hitcount: text }),
        step: interval,
        end,
        ...countHits(call.context, row, interval, end),
      };
    });
  },
});

export const integralByInterval = defineFunction({
  name: 'integralByInterval',
  group: 'Transform',
  about: 'The sum of all values so far, which begins again with each interval.',
  params: [seriesList, { name: 'intervalUnit', type: 'string', required: true }],
  call({ args, context }) {
    const text = args.intervalUnit as string;
    const interval = Math.abs(parseOffset(text));
    if (interval === 0) throw new HeedError('bad_argument', `cannot call integralByInterval(): parameter 'intervalUnit' must not be zero`);
    const from = wholeSeconds(context.from);
    return (args.seriesList as Row[]).map((row) => {
      const intervalAt = (i: number): number => Math.floor((row.start + i * row.step - from) / interval);
      let sum = 0;
      const values = row.values.map((value, i) => {
        if (intervalAt(i) !== intervalAt(i - 1)) sum = 0;
        if (value === value) sum += value;
        return sum;
      });
      return { ...renamed(row, `integralByInterval(${row.name},'${text}')`, { integralByInterval: text }), values };
    });
  },
});

export const interpolate = defineFunction({
  name: 'interpolate',
  group: 'Transform',
  about: 'Fills gaps of up to limit points with a straight line between the values around them.',
  params: [seriesList, { name: 'limit', type: 'intOrInf', default: Infinity, fractions: true }],
  call: ({ args }) =>
    (args.seriesList as Row[]).map((row) => {
      const values = row.values.slice();
      const limit = args.limit as number;
      let last = -1;
      for (let i = 0; i < values.length; i++) {
        if (values[i] !== values[i]) continue;
        const gap = i - last - 1;
        if (last >= 0 && gap > 0 && gap <= limit) for (let k = 1; k <= gap; k++) values[last + k] = values[last] + (k * (values[i] - values[last])) / (gap + 1);
        last = i;
      }
      return { ...renamed(row, `interpolate(${row.name})`), values };
    }),
});

export const cumulative = defineFunction({
  name: 'cumulative',
  group: 'Special',
  about: 'Adds values up where fewer points are drawn than there are.',
  params: [seriesList],
  call: ({ args }) =>
    (args.seriesList as Row[]).map((row) => ({ ...renamed(row, `consolidateBy(${row.name},"sum")`, { consolidateBy: 'sum' }), consolidate: 'sum' })),
});

export const timeSlice = defineFunction({
  name: 'timeSlice',
  group: 'Transform',
  about: 'The values from one moment to another, both included; gaps before and after.',
  params: [seriesList, { name: 'startSliceAt', type: 'date', required: true }, { name: 'endSliceAt', type: 'date', default: 'now' }],
  call({ args, context }) {
    const moment = (value: unknown): number => wholeSeconds(typeof value === 'number' ? value : parseTime(String(value), context));
    const begin = moment(args.startSliceAt);
    const end = moment(args.endSliceAt);
    const tags = { timeSliceStart: String(begin / 1000), timeSliceEnd: String(end / 1000) };
    // As in Graphite the first value counts as of the window's begin, though it is up to a step later.
    const from = wholeSeconds(context.from);
    return (args.seriesList as Row[]).map((row) => {
      const values = row.values.map((value, i) => {
        const time = from + i * row.step;
        return time < begin || time > end ? NaN : value;
      });
      const name = `timeSlice(${row.name}, ${tags.timeSliceStart}, ${tags.timeSliceEnd})`;
      return { ...row, name, tags: { ...row.tags, ...tags }, values };
    });
  },
});

export const changed = defineFunction({
  name: 'changed',
  group: 'Special',
  about: '1 where a value differs from the one before it, 0 everywhere else.',
  params: [seriesList],
  call: ({ args }) =>
    (args.seriesList as Row[]).map((row) => {
      let previous = NaN;
      const values = mapValues(row.values, (value) => {
        if (value !== value) return 0;
        const differs = previous === previous && value !== previous;
        previous = value;
        return differs ? 1 : 0;
      });
      return { ...renamed(row, `changed(${row.name})`), values };
    }),
});
