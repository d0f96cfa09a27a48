import { fromWallClock, toWallClock, type WallClock } from '../time/zone.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps of ticks; those of a day and more in days, those of a month and more in months of 30 days. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14].map((count) => count * DAY),
  ...[1, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 12_000, 60_000].map((months) => months * 30 * DAY),
];
const MONTH = 30 * DAY;
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export interface TimeTick {
  time: number;
  label: string;
}

/** Round times of a zone within the window, about `most` of them at most. `format`, as strftime has it, writes them all. */
export function timeTicks(from: number, until: number, most: number, timeZone: string, format?: string): TimeTick[] {
  const step = STEPS.find((one) => (until - from) / one <= most) ?? STEPS[STEPS.length - 1];
  const ticks: TimeTick[] = [];
  const clock = toWallClock(from, timeZone);
  const add = (time: number): void => {
    if (time >= from && time <= until && time !== ticks.at(-1)?.time) ticks.push({ time, label: labelOf(time, step, timeZone, format) });
  };
  // Each day's ticks count from its own midnight, so that a change of the clock does not shift them.
  for (let i = 0; i < 500; i++) {
    const begin = unitBegin(clock, step, i, timeZone);
    if (begin > until) break;
    if (step >= DAY) add(begin);
    else {
      const end = Math.min(unitBegin(clock, step, i + 1, timeZone), until + 1);
      for (let time = begin + Math.max(0, Math.ceil((from - begin) / step)) * step; time < end; time += step) add(time);
    }
  }
  return ticks;
}

/** The begin of the i-th day, or span of days or months, from the one that holds the clock's moment. */
function unitBegin({ year, month, day }: WallClock, step: number, i: number, timeZone: string): number {
  const midnight = { hour: 0, minute: 0, second: 0 };
  if (step < MONTH) return fromWallClock({ year, month, day: day + i * Math.max(1, step / DAY), ...midnight }, timeZone);
  const months = step / MONTH;
  const index = Math.floor((year * 12 + month - 1) / months) * months + i * months;
  return fromWallClock({ year: Math.floor(index / 12), month: (index % 12) + 1, day: 1, ...midnight }, timeZone);
}

function labelOf(time: number, step: number, timeZone: string, format: string | undefined): string {
  const clock = toWallClock(time, timeZone);
  if (format !== undefined) return formatTime(clock, format);
  if (step >= MONTH) return formatTime(clock, step % (12 * MONTH) === 0 ? '%Y' : clock.month === 1 ? '%b %Y' : '%b');
  if (step >= DAY) return formatTime(clock, '%e %b');
  if (clock.hour === 0 && clock.minute === 0 && clock.second === 0) return formatTime(clock, '%a %e %b');
  return formatTime(clock, step < MINUTE ? '%H:%M:%S' : '%H:%M');
}

const two = (value: number): string => String(value).padStart(2, '0');

const FIELDS: Readonly<Record<string, (clock: WallClock) => string>> = {
  '%': () => '%',
  H: ({ hour }) => two(hour),
  I: ({ hour }) => two(hour % 12 || 12),
  k: ({ hour }) => String(hour),
  l: ({ hour }) => String(hour % 12 || 12),
  M: ({ minute }) => two(minute),
  S: ({ second }) => two(second),
  p: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  P: ({ hour }) => (hour < 12 ? 'am' : 'pm'),
  d: ({ day }) => two(day),
  e: ({ day }) => String(day),
  m: ({ month }) => two(month),
  y: ({ year }) => two(year % 100),
  Y: ({ year }) => String(year),
  b: ({ month }) => MONTHS[month - 1].slice(0, 3),
  h: ({ month }) => MONTHS[month - 1].slice(0, 3),
  B: ({ month }) => MONTHS[month - 1],
  a: ({ weekday }) => WEEKDAYS[weekday].slice(0, 3),
  A: ({ weekday }) => WEEKDAYS[weekday],
  D: (clock) => formatTime(clock, '%m/%d/%y'),
  F: (clock) => formatTime(clock, '%Y-%m-%d'),
  R: (clock) => formatTime(clock, '%H:%M'),
  T: (clock) => formatTime(clock, '%H:%M:%S'),
};

/** A time as strftime writes it in English; fields that are not known stay as they are. */
export function formatTime(clock: WallClock, format: string): string {
  return format.replaceAll(/%(.)/gs, (all, field: string) => (Object.hasOwn(FIELDS, field) ? FIELDS[field](clock) : all));
}

/** A moment in words: `14:06` on the day of `present`, else `Sun 22 Nov 14:06`. */
export function moment(time: number, timeZone: string, present = NaN): string {
  const clock = toWallClock(time, timeZone);
  const day = Number.isNaN(present) ? '' : formatTime(toWallClock(present, timeZone), '%F');
  return formatTime(clock, formatTime(clock, '%F') === day ? '%H:%M' : '%a %e %b %H:%M');
}
