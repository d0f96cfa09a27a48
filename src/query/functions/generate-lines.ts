import { defineFunction, type EvalContext } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { endOf } from '../rows/row.ts';
import { parseOffset } from '../time/offset.ts';

const name = { name: 'name', type: 'string', required: true } as const;
const stepParam = { name: 'step', type: 'integer', default: 60 } as const;

/** How far timeStack may reach, as far as other intervals. */
const MAX_SHIFT = 1000 * 365 * 86_400_000;

/** A row through the window, a value for each step from its begin on; `make` is told the second it makes a value for. */
function generated(call: string, context: EvalContext, { name, seconds }: { name: string; seconds: number }, make: (second: number) => number): Row {
  if (seconds < 1) throw new HeedError('bad_argument', `cannot call ${call}(): parameter 'step' must be 1 or more, not ${seconds}`);
  const { from, until, xFilesFactor } = context;
  const step = seconds * 1000;
  const length = Math.max(0, Math.ceil((until - from) / step));
  const values = context.gaps(length);
  for (let i = 0; i < length; i++) values[i] = make(Math.floor(from / 1000) + i * seconds);
  return { name, path: name, tags: { name }, start: from, step, end: until, values, consolidate: 'average', xFilesFactor };
}

export const identity = defineFunction({
  name: 'identity',
  group: 'Calculate',
  about: 'The time of each minute as its value, in seconds since 1970.',
  params: [name],
  call({ args, context }) {
    const row = generated('identity', context, { name: args.name as string, seconds: 60 }, (second) => second);
    return [{ ...row, path: `identity("${row.name}")` }];
  },
});

export const timeFunction = defineFunction({
  name: 'timeFunction',
  aliases: ['time'],
  group: 'Transform',
  about: 'The time of each point as its value, in seconds since 1970.',
  params: [name, stepParam],
  call: ({ args, context }) => [generated('timeFunction', context, { name: args.name as string, seconds: args.step as number }, (second) => second)],
});

export const sinFunction = defineFunction({
  name: 'sinFunction',
  aliases: ['sin'],
  group: 'Transform',
  about: 'A sine wave of the time in seconds.',
  params: [name, { name: 'amplitude', type: 'integer', default: 1, fractions: true }, stepParam],
  call({ args, context }) {
    const amplitude = args.amplitude as number;
    const shape = { name: args.name as string, seconds: args.step as number };
    return [generated('sinFunction', context, shape, (second) => Math.sin(second) * amplitude)];
  },
});

export const randomWalkFunction = defineFunction({
  name: 'randomWalkFunction',
  aliases: ['randomWalk'],
  group: 'Special',
  about: 'A random walk from 0, each step at most a half up or down; another one at each call.',
  params: [name, stepParam],
  call({ args, context }) {
    let next = 0;
    const walk = (): number => {
      const value = next;
      next += Math.random() - 0.5;
      return value;
    };
    return [generated('randomWalkFunction', context, { name: args.name as string, seconds: args.step as number }, walk)];
  },
});

export const timeStack = defineFunction({
  name: 'timeStack',
  group: 'Transform',
  about: 'Series as they were one and more units of time ago, each laid over the present window.',
  params: [
    { name: 'seriesList', type: 'seriesList', required: true },
    { name: 'timeShiftUnit', type: 'interval', default: '1d', suggestions: ['1h', '6h', '12h', '1d', '2d', '7d', '14d', '30d'] },
    { name: 'timeShiftStart', type: 'integer', default: 0 },
    { name: 'timeShiftEnd', type: 'integer', default: 7 },
  ],
  async call({ args, context, expressions }) {
    const rows = args.seriesList as Row[];
    if (rows.length === 0) return [];
    if (expressions.seriesList === undefined) throw new HeedError('bad_argument', 'cannot call timeStack() on a group of series: it reads them again');
    const written = args.timeShiftUnit as string;
    // Without a sign it goes back in time.
    const unit = /^[+-]/.test(written) ? written : `-${written}`;
    const delta = parseOffset(unit);
    const first = args.timeShiftStart as number;
    const count = Math.max(0, (args.timeShiftEnd as number) - first);
    if (Math.abs(delta) * (Math.abs(first) + count) > MAX_SHIFT)
      throw new HeedError('bad_argument', 'cannot call timeStack(): it shifts by more than 1000 years');
    // A billion shifts are refused before the first of them is read.
    context.spend(count * rows.length);
    const [{ start }] = rows;
    const end = endOf(rows[0]);
    const stacked: Row[] = [];
    for (let shift = first; shift < first + count; shift++) {
      const shifted = await context.evaluate(expressions.seriesList, { from: context.from + delta * shift, until: context.until + delta * shift });
      for (const row of shifted) {
        const name = `timeShift(${row.name}, ${unit}, ${shift})`;
        const tags = { ...row.tags, timeShiftUnit: unit, timeShift: String(shift) };
        stacked.push({ ...row, name, path: name, tags, start, end });
      }
    }
    return stacked;
  },
});
