import { HeedError } from '../../core/errors.ts';

const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** Units by their beginnings, as Graphite reads them: `min` and `mon` need three letters, a month is 30 days, a year 365. */
const UNITS: readonly [start: string, millis: number][] = [
  ['s', SECOND],
  ['min', 60 * SECOND],
  ['h', 3600 * SECOND],
  ['d', DAY],
  ['w', 7 * DAY],
  ['mon', 30 * DAY],
  ['y', 365 * DAY],
];

/** Longest offset that is taken, in years; beyond it dates lose their meaning. */
const MAX_OFFSET = 1000 * 365 * DAY;

/** Milliseconds of a unit such as `h`, `hours` or `min`; undefined for an unknown one (plain `m` is). */
export function unitMillis(unit: string): number | undefined {
  return UNITS.find(([start]) => unit.startsWith(start))?.[1];
}

/**
 * Reads an interval: `5min`, `-1d6h`, `+2w`. A sign holds until the next one.
 * @returns milliseconds, negative for the past
 * @throws HeedError `bad_time` that names the part which is wrong
 */
export function parseOffset(text: string): number {
  const source = text.trim().toLowerCase();
  const bad = (why: string) => new HeedError('bad_time', `cannot read interval '${text.slice(0, 80)}': ${why}`);
  const part = /([+-]?)(\d+)([a-z]+)/y;
  let total = 0;
  let sign = 1;
  while (part.lastIndex < source.length) {
    const at = part.lastIndex;
    const found = part.exec(source);
    if (!found) throw bad(`'${source.slice(at, at + 20)}' is not a number with a unit, like 30s, 5min, 1h or 7d`);
    if (found[1] !== '') sign = found[1] === '-' ? -1 : 1;
    const unit = unitMillis(found[3]);
    if (unit === undefined) throw bad(`'${found[3].slice(0, 20)}' is not a unit; units are s, min, h, d, w, mon and y`);
    total += sign * Number(found[2]) * unit;
  }
  if (source === '') throw bad('it is empty');
  if (!(Math.abs(total) <= MAX_OFFSET)) throw bad('it is longer than 1,000 years');
  return total;
}
