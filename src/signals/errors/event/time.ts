/** 1973 and 5138 in milliseconds: below are seconds, above are micro- and nanoseconds. */
const LEAST_MS = 1e11;
const MOST_MS = 1e14;

const ISO = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d{0,9})?)?\s?(?:[Zz]|UTC|([+-])(\d{2}):?(\d{2})?)?$/;

/**
 * A time as clients write it, in milliseconds with microseconds as fractions: seconds since 1970 (or milli-, micro-,
 * nanoseconds, by their size), also as a text, RFC 3339, or ISO 8601 without a zone, which is UTC. Undefined when it is none.
 */
export function readTime(value: unknown): number | undefined {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const text = value.trim();
  const found = ISO.exec(text);
  if (found) return fromIso(found);
  return /^\d{1,20}(?:\.\d{1,20})?$/.test(text) ? fromNumber(Number(text)) : undefined;
}

function fromNumber(value: number): number | undefined {
  let ms = value;
  if (value < LEAST_MS) ms = value * 1000;
  else if (value >= 1e17) ms = value / 1e6;
  else if (value >= MOST_MS) ms = value / 1000;
  return plausible(ms);
}

function fromIso([, year, month, day, hour, minute, second = '0', fraction = '0', sign, zoneHours = '0', zoneMinutes = '0']: string[]): number | undefined {
  const [m, d, h] = [Number(month), Number(day), Number(hour)];
  if (m < 1 || m > 12 || d < 1 || d > 31 || h > 24) return undefined;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return plausible(Date.UTC(Number(year), m - 1, d, h, Number(minute), Number(second)) + Number(`0.${fraction}`) * 1000 - zone);
}

/** To microseconds, and only where reading the result again gives the same. */
function plausible(ms: number): number | undefined {
  const time = Math.round(ms * 1000) / 1000;
  return time >= LEAST_MS && time < MOST_MS ? time : undefined;
}
