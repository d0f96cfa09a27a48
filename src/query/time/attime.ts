import { HeedError } from '../../core/errors.ts';
import { parseOffset } from './offset.ts';
import { fromWallClock, toWallClock } from './zone.ts';

export interface TimeContext {
  /** The present, milliseconds. */
  now: number;
  timeZone: string;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const NAMED_HOURS: Record<string, number> = { noon: 12, midnight: 0, teatime: 16 };
/** Moments later than this are refused: 9999-12-31. */
const MAX_SECONDS = 253_402_300_799;

/**
 * Reads a moment as Graphite's attime does: epoch seconds, `now`, `-1h`, `midnight-2h`, `noon yesterday`,
 * `18:00_20261121`, `11/21/26`, `nov21`, `monday`. Underscores, commas and spaces do not count; `12am` is noon and `12pm`
 * midnight there, and dashboards rely on it.
 * @returns milliseconds
 * @throws HeedError `bad_time`
 */
export function parseTime(text: string, context: TimeContext): number {
  const source = text.toLowerCase().replaceAll(/[_,\s]/g, '');
  if (source.length > 100) throw bad(text, 'it is too long');
  if (/^\d+$/.test(source) && !looksLikeDate(source)) {
    const seconds = Number(source);
    if (seconds > MAX_SECONDS) throw bad(text, 'it is after the year 9999; epochs are in seconds');
    return seconds * 1000;
  }
  const sign = source.search(/[+-]/);
  const reference = sign < 0 ? source : source.slice(0, sign);
  const offset = sign < 0 ? 0 : parseOffset(source.slice(sign));
  return parseReference(reference, text, context) + offset;
}

/** Eight digits are a date when they can be one: `20261121`. */
function looksLikeDate(digits: string): boolean {
  return digits.length === 8 && Number(digits.slice(0, 4)) > 1900 && Number(digits.slice(4, 6)) < 13 && Number(digits.slice(6)) < 32;
}

function bad(text: string, why: string): HeedError {
  return new HeedError('bad_time', `cannot read time '${text.slice(0, 80)}': ${why}`);
}

function parseReference(reference: string, text: string, { now, timeZone }: TimeContext): number {
  if (reference === '' || reference === 'now') return now;
  const { hour, minute, rest } = parseHour(reference);
  if (hour > 23 || minute > 59) throw bad(text, 'there is no such time of day');
  const today = toWallClock(now, timeZone);
  const day = parseDay(rest, text, today);
  return fromWallClock({ ...day, hour, minute, second: 0 }, timeZone);
}

/** Takes the time of day off the front: `18:30`, `9am`, `6:15pm`, `noon`. */
function parseHour(reference: string): { hour: number; minute: number; rest: string } {
  const clock = /^(\d{1,2}):(\d{2})(am|pm)?|^(\d{1,2})(am|pm)/.exec(reference);
  if (clock) {
    const afternoon = (clock[3] ?? clock[5]) === 'pm';
    const hour = Number(clock[1] ?? clock[4]);
    return { hour: afternoon ? (hour + 12) % 24 : hour, minute: Number(clock[2] ?? 0), rest: reference.slice(clock[0].length) };
  }
  for (const [name, hour] of Object.entries(NAMED_HOURS)) {
    if (reference.startsWith(name)) return { hour, minute: 0, rest: reference.slice(name.length) };
  }
  return { hour: 0, minute: 0, rest: reference };
}

interface Day {
  year: number;
  month: number;
  day: number;
}

function parseDay(rest: string, text: string, today: Day & { weekday: number }): Day {
  const { year, month, day } = today;
  if (rest === '' || rest === 'today') return { year, month, day };
  if (rest === 'yesterday') return { year, month, day: day - 1 };
  if (rest === 'tomorrow') return { year, month, day: day + 1 };

  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(rest);
  if (american) return checkedDay(century(Number(american[3])), Number(american[1]), Number(american[2]), text);
  if (/^\d{8}$/.test(rest)) return checkedDay(Number(rest.slice(0, 4)), Number(rest.slice(4, 6)), Number(rest.slice(6)), text);

  const monthIndex = MONTHS.indexOf(rest.slice(0, 3));
  if (monthIndex >= 0) {
    const found = /^[a-z]+(\d{1,2})$/.exec(rest);
    if (!found) throw bad(text, 'the day of the month is missing, as in nov21');
    return checkedDay(year, monthIndex + 1, Number(found[1]), text);
  }
  const weekday = WEEKDAYS.indexOf(rest.slice(0, 3));
  if (weekday >= 0 && /^[a-z]+$/.test(rest)) return { year, month, day: day - ((today.weekday - weekday + 7) % 7) };
  throw bad(text, `'${rest.slice(0, 30)}' is not a day; write -1h, 20261121, yesterday, monday or epoch seconds`);
}

function century(year: number): number {
  if (year >= 1900) return year;
  return year < 70 ? year + 2000 : year + 1900;
}

function checkedDay(year: number, month: number, day: number, text: string): Day {
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (!exists) throw bad(text, 'there is no such day');
  return { year, month, day };
}
