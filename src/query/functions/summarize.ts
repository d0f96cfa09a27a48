import { defineFunction, type EvalContext } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { type Aggregate, aggregateByName } from '../rows/aggregate.ts';
import { endOf, renamed } from '../rows/row.ts';
import { parseOffset, unitMillis } from '../time/offset.ts';
import { fromWallClock, toWallClock } from '../time/zone.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;
const intervalString = { name: 'intervalString', type: 'interval', required: true } as const;
const func = { name: 'func', type: 'aggFunc', default: 'sum' } as const;

/** The interval's length: its sign does not count. */
function intervalOf(text: string): number {
  return Math.abs(parseOffset(text));
}

interface Buckets {
  start: number;
  end: number;
  interval: number;
}

/**
 * Folds the row into buckets. A bucket needs its share of known values out of those that a whole bucket holds, even where the row
 * begins or ends inside it.
 */
function intoBuckets(context: EvalContext, row: Row, { start, end, interval }: Buckets, aggregate: Aggregate): Pick<Row, 'start' | 'step' | 'end' | 'values'> {
  const count = Math.max(0, Math.ceil((end - start) / interval));
  const folded = context.gaps(count);
  const needed = (row.xFilesFactor * interval) / row.step;
  const length = Math.min(row.values.length, Math.ceil((endOf(row) - row.start) / row.step));
  for (let from = 0; from < length;) {
    const bucket = Math.floor((row.start + from * row.step - start) / interval);
    const to = Math.min(length, Math.max(from + 1, Math.ceil((start + (bucket + 1) * interval - row.start) / row.step)));
    let known = 0;
    for (let i = from; i < to; i++) if (row.values[i] === row.values[i]) known++;
    if (bucket < count && known > 0 && known >= needed) folded[bucket] = aggregate(row.values, from, to);
    from = to;
  }
  return { start, step: interval, end: start + count * interval, values: folded };
}

export const summarize = defineFunction({
  name: 'summarize',
  group: 'Transform',
  about: 'Folds values into intervals that begin at multiples of the interval, or at the window.',
  params: [seriesList, intervalString, func, { name: 'alignToFrom', type: 'boolean', default: false }],
  call({ args, context }) {
    const text = args.intervalString as string;
    const name = args.func as string;
    const toFrom = args.alignToFrom === true;
    const interval = intervalOf(text);
    const tags = { summarize: text, summarizeFunction: name };
    return (args.seriesList as Row[]).map((row) => {
      const end = endOf(row);
      const start = toFrom ? row.start : row.start - (row.start % interval);
      const buckets = { start, end: toFrom ? end : end - (end % interval) + interval, interval };
      return {
        ...renamed(row, `summarize(${row.name}, "${text}", "${name}"${toFrom ? ', true' : ''})`, tags),
        ...intoBuckets(context, row, buckets, aggregateByName(name)),
      };
    });
  },
});

/** The wall clock's fields that an alignment keeps, from the coarsest on. */
const KEPT = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
const ALIGNMENTS: Record<string, number> = { y: 1, mon: 2, d: 3, h: 4, min: 5, s: 6 };

/** The begin of the year, month, week, day … that holds a moment; `weeks3` is a week that begins on Wednesday. */
function alignDown(time: number, unit: string, timeZone: string): number {
  const clock = toWallClock(time, timeZone);
  const week = /^w[a-z]*([1-7])?$/.exec(unit);
  if (week) {
    const first = Number(week[1] ?? 1) - 1;
    return fromWallClock({ ...clock, day: clock.day - ((clock.weekday - first + 7) % 7), hour: 0, minute: 0, second: 0 }, timeZone);
  }
  const known = Object.keys(ALIGNMENTS).find((start) => unit.startsWith(start));
  if (known === undefined || unitMillis(unit) === undefined)
    throw new HeedError(
      'bad_argument',
      `cannot call smartSummarize(): parameter 'alignTo' must be a unit like hours, days or weeks, not '${unit.slice(0, 20)}'`,
    );
  const begin = { year: clock.year, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const field of KEPT.slice(0, ALIGNMENTS[known])) begin[field] = clock[field];
  return fromWallClock(begin, timeZone);
}

export const smartSummarize = defineFunction({
  name: 'smartSummarize',
  group: 'Transform',
  about: 'Folds values into intervals that begin with the window, or with the hour, day, week … before it.',
  params: [seriesList, intervalString, func, { name: 'alignTo', type: 'string' }],
  async call({ args, context, expressions }) {
    const text = args.intervalString as string;
    const name = args.func as string;
    const interval = intervalOf(text);
    const unit = args.alignTo as string | null;
    const aligned = unit !== null && unit !== 'true' && unit !== 'false';
    const { until, timeZone } = context;
    const rows = aligned
      ? await context.evaluate(expressions.seriesList, { from: alignDown(context.from, unit.toLowerCase(), timeZone), until })
      : (args.seriesList as Row[]);
    return rows.map((row) => ({
      ...renamed(row, `smartSummarize(${row.name}, "${text}", "${name}")`, { smartSummarize: text, smartSummarizeFunction: name }),
      ...intoBuckets(context, row, { start: row.start, end: endOf(row), interval }, aggregateByName(name)),
    }));
  },
});
