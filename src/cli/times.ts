import { HeedError } from '../core/errors.ts';

const UNITS: Record<string, number> = { s: 1, min: 60, h: 3600, d: 86_400 };

/** Seconds of `30s`, `5min`, `1h`, `7d`; undefined for another text. */
export function lengthOf(text: string): number | undefined {
  const found = /^(\d{1,9})(s|min|h|d)$/.exec(text);
  return found ? Number(found[1]) * UNITS[found[2]] : undefined;
}

/** Seconds since 1970 of an ISO time, of such seconds, or of how long ago: `10min`, `-10min`. @throws HeedError `bad_option` that calls it `what` */
export function secondsOf(text: string, what: string): number {
  const ago = lengthOf(text.replace(/^-/, ''));
  if (ago !== undefined) return Date.now() / 1000 - ago;
  const seconds = text.startsWith('-') ? NaN : /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 1000;
  if (Number.isFinite(seconds)) return seconds;
  throw new HeedError(
    'bad_option',
    `cannot read ${what} '${text}': write an ISO time such as 2026-11-22T14:00:00Z, seconds since 1970, or how long ago, e.g. 10min`,
  );
}
