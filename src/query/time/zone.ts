import { HeedError } from '../../core/errors.ts';

/** A moment as a clock on the wall of a time zone shows it. `month` 1..12, `weekday` 0 is Monday. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const MAX_ZONES_KEPT = 64;

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    try {
      formatter = new Intl.DateTimeFormat('en-US', {
        timeZone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      throw new HeedError('unknown_time_zone', `cannot use time zone '${timeZone}': it is not in the time zone database`);
    }
    if (formatters.size >= MAX_ZONES_KEPT) formatters.clear();
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** The zone's name if this machine knows it, else undefined; Graphite ignores unknown zones. */
export function knownZone(timeZone: string): string | undefined {
  try {
    formatterOf(timeZone);
    return timeZone;
  } catch {
    return undefined;
  }
}

/** How far the zone's clock is ahead of UTC at a moment, milliseconds. */
export function zoneOffset(time: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const fields: Record<string, number> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(time)) if (type !== 'literal') fields[type] = Number(value);
  const wall = Date.UTC(fields.year, fields.month - 1, fields.day, fields.hour, fields.minute, fields.second);
  return wall - Math.floor(time / 1000) * 1000;
}

/** What the wall clock of a zone shows at a moment. */
export function toWallClock(time: number, timeZone: string): WallClock {
  const date = new Date(time + zoneOffset(time, timeZone));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: (date.getUTCDay() + 6) % 7,
  };
}

/**
 * The moment at which a zone's wall clock shows the fields; days and hours beyond their range carry over. A time that a
 * change to summer time skips is read with the offset before the change.
 */
export function fromWallClock(fields: Omit<WallClock, 'weekday'>, timeZone: string): number {
  const wall = Date.UTC(fields.year, fields.month - 1, fields.day, fields.hour, fields.minute, fields.second);
  const guess = wall - zoneOffset(wall, timeZone);
  return wall - zoneOffset(guess, timeZone);
}
