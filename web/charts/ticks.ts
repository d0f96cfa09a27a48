import { inWords, type Unit } from '../words/number.ts';
import { clock, day } from '../words/time.ts';

/** 1, 2 or 5 times a power of ten, at least `raw`. */
function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

/** Seconds, minutes and hours do not grow by tens above a minute. */
function niceMillis(raw: number): number {
  if (raw <= 20_000) return niceStep(raw);
  return [30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000, 1_800_000].find((step) => step >= raw) ?? Math.ceil(raw / 3_600_000) * 3_600_000;
}

/**
 * Ends and steps of a value axis: three to five lines, the ends on lines. Starts at 0 unless `fit` or values are below it.
 * @returns `[0, 1]` for nothing known
 */
export function valueAxis(low: number, high: number, unit: Unit, fit: boolean): { min: number; max: number; step: number } {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { min: 0, max: 1, step: 0.5 };
  const from = fit ? low : Math.min(0, low);
  const until = fit ? high : Math.max(0, high);
  // Nothing but zeros: a line at the bottom, with one step above it.
  if (from === 0 && until === 0) return { min: 0, max: 1, step: 1 };
  // Values that differ by less than can be written are one value.
  const height = until - from > Math.abs(until) * 1e-6 ? until - from : Math.abs(until) || 1;
  const step = unit === 'ms' ? niceMillis(height / 5.5) : niceStep(height / 5.5);
  const min = Math.floor(from / step + 1e-9) * step;
  // A line that would touch the top edge gets a little air instead of another grid line.
  const max = Math.max(until + height * 0.04, min + step);
  return { min: from === 0 ? 0 : min, max, step };
}

/** Multiples of `step` inside the ends. */
export function lines(min: number, max: number, step: number): number[] {
  const found: number[] = [];
  for (let i = Math.ceil(min / step - 1e-9); i * step <= max * (1 + 1e-12) && found.length < 50; i++) found.push(i * step);
  return found;
}

/** The label of a line, e.g. `0.5 s`. All labels of an axis share the unit of its largest. */
export function valueLabels(values: readonly number[], unit: Unit): string[] {
  const largest = Math.max(...values.map(Math.abs));
  if (unit === 'ms' && largest >= 1000 && largest < 600_000) return values.map((value) => (value === 0 ? '0' : `${trim(value / 1000)} s`));
  return values.map((value) => (value === 0 ? '0' : inWords(value, unit, 4)));
}

const trim = (value: number): string => String(Number(value.toPrecision(6)));

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIME_STEPS = [1, 2, 5, 10, 15, 30]
  .map((count) => count * SECOND)
  .concat([1, 2, 5, 10, 15, 30].map((count) => count * MINUTE))
  .concat([1, 2, 3, 6, 12].map((count) => count * HOUR))
  .concat([1, 2, 7, 14, 30, 90, 180, 365].map((count) => count * DAY));

/** Round local times inside the window, at most `most` of them. */
export function timeTicks(from: number, until: number, most: number): { times: number[]; step: number } {
  const step = TIME_STEPS.find((one) => (until - from) / one <= most) ?? 365 * DAY;
  const times: number[] = [];
  const first = new Date(from);
  if (step >= DAY) {
    first.setHours(0, 0, 0, 0);
    for (const at = first; at.getTime() <= until; at.setDate(at.getDate() + step / DAY)) if (at.getTime() >= from) times.push(at.getTime());
    return { times, step };
  }
  const midnight = new Date(from).setHours(0, 0, 0, 0);
  for (let time = midnight + Math.ceil((from - midnight) / step) * step; time <= until; time += step) times.push(time);
  return { times, step };
}

/** `14:06`, with seconds below a minute; midnight and whole days say the date. */
export function timeLabel(time: number, step: number): string {
  if (step >= DAY) return day(time);
  if (clock(time, true) === '00:00:00') return day(time, true);
  return clock(time, step < MINUTE);
}
