import { HeedError } from '../../core/errors.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const LONGEST = 3650 * UNITS.d;

/** Milliseconds of `24h`, `14d`. @throws HeedError `bad_parameter` */
export function lengthOf(text: string, name: string): number {
  const found = /^(\d{1,7})([smhdw])$/.exec(text);
  const length = found ? Number(found[1]) * UNITS[found[2]] : 0;
  if (length > 0 && length <= LONGEST) return length;
  throw new HeedError('bad_parameter', `Invalid ${name}: write a length such as 24h or 14d`);
}

/** `statsPeriod`, or `start` with `end`; undefined where the question names no time. @throws HeedError `bad_parameter` */
export function periodOf(query: URLSearchParams, now: number): { from: number; until: number } | undefined {
  const length = query.get('statsPeriod');
  if (length) return { from: now - lengthOf(length, 'statsPeriod'), until: now };
  const start = query.get('start');
  const end = query.get('end');
  if (!start && !end) return undefined;
  if (!start || !end) throw new HeedError('bad_parameter', 'start and end are both required');
  const period = { from: momentOf(start, 'start'), until: momentOf(end, 'end') };
  if (period.from < period.until) return period;
  throw new HeedError('bad_parameter', 'start must be before end');
}

/** An ISO time, UTC unless it says otherwise, or seconds since 1970. @throws HeedError `bad_parameter` */
export function momentOf(text: string, name: string): number {
  if (/^\d{1,12}(?:\.\d+)?$/.test(text)) return Math.floor(Number(text) * 1000);
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) || !text.includes('T');
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(zoned ? text : `${text}Z`) : NaN;
  if (Number.isFinite(time)) return time;
  throw new HeedError('bad_parameter', `Invalid ${name}: write an ISO time such as 2026-11-22T14:00:00Z`);
}

/** A time as Sentry writes it. */
export const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
