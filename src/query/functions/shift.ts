import { defineFunction } from '../../core/define.ts';
import type { Row } from '../../core/frame.ts';
import { endOf } from '../rows/row.ts';
import { parseOffset } from '../time/offset.ts';
import { zoneOffset } from '../time/zone.ts';

/** An interval without a sign goes back in time. */
function signed(interval: string): string {
  return /^[+-]/.test(interval) ? interval : `-${interval}`;
}

export const timeShift = defineFunction({
  name: 'timeShift',
  group: 'Transform',
  about: 'Series as they were some time ago, or later with a +, laid over the present window.',
  params: [
    { name: 'seriesList', type: 'seriesList', required: true },
    { name: 'timeShift', type: 'interval', required: true },
    { name: 'resetEnd', type: 'boolean', default: true },
    { name: 'alignDst', type: 'boolean', default: false },
  ],
  async call({ args, context, expressions }) {
    const rows = args.seriesList as Row[];
    if (rows.length === 0) return [];
    const text = signed(args.timeShift as string);
    let shift = parseOffset(text);
    // The same time of day on the wall on both sides of a change of the clocks.
    if (args.alignDst === true) shift += zoneOffset(context.from, context.timeZone) - zoneOffset(context.from + shift, context.timeZone);
    const shifted = await context.evaluate(expressions.seriesList, { from: context.from + shift, until: context.until + shift });
    const resetEnd = args.resetEnd === true;
    const [{ start }] = rows;
    return shifted.map((row) => ({
      ...row,
      name: `timeShift(${row.name}, "${text}")`,
      tags: { ...row.tags, timeShift: text },
      start,
      end: resetEnd ? endOf(rows[0]) : endOf(row) - row.start + start,
    }));
  },
});
