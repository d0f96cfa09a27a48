import { isDigit, isLetter, type ValueText } from './text.ts';

const DAY = '(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)';
const LONG_DAY = '(?:Sun(?:day)?|Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?)';
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const ZONE = String.raw`(?:[-+]\d\d[0-5]\d|UT|GMT|[ECMP](?:ST|DT)|[A-IK-Z])`;
const DATE_OF_TIME = String.raw`\d{4}-?[01]\d-?[0-3]\d[\sT]`;
const OFFSET = String.raw`(?:[+-][0-2]\d:?[0-5]\d|Z)`;

/** In the order in which they are tried; the first that matches counts, not the longest. */
const WORDY = [
  // Mails and HTTP: Mon, 02 Jan 2006 15:04:05 GMT
  String.raw`${DAY},\s\d{1,2}\s${MONTH}\s\d{2,4}\s\d{1,2}:\d{1,2}(?::\d{1,2})?\s${ZONE}`,
  // Mon Jan 02, 1999
  String.raw`(?:${DAY}\s)?${MONTH}\s[0-3]\d,\s\d{2,4}`,
  // Monday, 02-Jan-06 15:04:05 GMT
  String.raw`${LONG_DAY},\s\d\d-${MONTH}-\d\d\s\d\d:\d\d:\d\d\s(?:UT|GMT|[ECMP](?:ST|DT)|[A-IK-Z])`,
  // JavaScript: Mon Jan 02 2006 14:04:05 GMT+0100 (Central European Standard Time)
  String.raw`${DAY}\s${MONTH}\s\d\d\s\d{4}\s\d\d:\d\d:\d\d\sGMT[+-]\d{4}(?:\s\([^)]{1,80}\))?`,
].map(sticky);
const AT_WORD = [
  // asctime: Mon Jan  2 15:04:05 2006
  String.raw`(?:${DAY}\s{1,9})?${MONTH}\s{1,9}\d{1,2}\s{1,9}\d\d:\d\d:\d\d\s{1,9}\d{4}`,
  String.raw`(?:${DAY},\s{1,9})?(?:0[1-9]|[12]?\d|3[01])\s{1,9}${MONTH}\s{1,9}(?:19\d\d|[2-9]\d{3})\s{1,9}(?:2[0-3]|[01]\d):[0-5]\d(?::(?:60|[0-5]\d))?\s{1,9}${ZONE}`,
].map(sticky);
/** By what stands behind the first digits. */
const DASHED = [
  // RFC 3339
  String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,30})?Z?(?:[+-]?\d\d:\d\d)?`,
  ...timesOfDay(),
  String.raw`\d{4}-[01]\d-[0-3]\d`,
].map(sticky);
const COMPACT = timesOfDay().map(sticky);
const TIMES = [
  // Of twelve hours, and of twenty-four
  String.raw`(?<!\d)(?:[1-9]|1[0-2]):[0-5]\d(?::[0-5]\d)?(?![\d:])(?:\s?[aApP][Mm])?`,
  String.raw`(?<!\d)(?:0?\d|1\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])`,
  String.raw`[0-2]\d:[0-5]\d:[0-5]\d`,
].map(sticky);
const FIRST_LETTERS = new Set(Array.from('SMTWFJADON', (char) => char.charCodeAt(0)));
const PYTHON = 'datetime.datetime(';

/** A date with a time, with and without offset; separators may be missing. */
function timesOfDay(): string[] {
  const times = [String.raw`[0-2]\d:?[0-5]\d:?[0-5]\d\.\d{1,30}`, String.raw`[0-2]\d:?[0-5]\d:?[0-5]\d`, String.raw`[0-2]\d:?[0-5]\d`];
  return [OFFSET, ''].flatMap((offset) => times.map((time) => DATE_OF_TIME + time + offset));
}

function sticky(source: string): RegExp {
  return new RegExp(source, 'y');
}

/** Dates, times and both, as programs write them. */
export function dateEnd(t: ValueText, at: number): number {
  const code = t.code(at);
  if (isDigit(code)) return numericDateEnd(t, at);
  if (!isLetter(code)) return at;
  if (FIRST_LETTERS.has(code)) {
    const end = firstEnd(t, WORDY, at);
    return end > at || !t.edge(at) ? end : firstEnd(t, AT_WORD, at);
  }
  if (code === 100 && t.text.startsWith(PYTHON, at)) {
    const close = t.text.slice(at, at + 200).search(/[)\n]/);
    return close > 0 && t.text[at + close] === ')' ? at + close + 1 : at;
  }
  return at;
}

function numericDateEnd(t: ValueText, at: number): number {
  const next = t.code(t.digitsEnd(at));
  if (next === 45) return firstEnd(t, DASHED, at);
  if (next === 58) return firstEnd(t, TIMES, at);
  if (next !== 84 && !(next >= 9 && next <= 13) && next !== 32) return at;
  const end = firstEnd(t, COMPACT, at);
  return end > at || !t.edge(at) ? end : firstEnd(t, AT_WORD, at);
}

function firstEnd(t: ValueText, patterns: readonly RegExp[], at: number): number {
  for (const pattern of patterns) {
    const end = t.match(pattern, at);
    if (end > at) return end;
  }
  return at;
}
