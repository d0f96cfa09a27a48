import type { IssueTerm } from '../../store/errors/errors-store.ts';
import { searchError } from './cursor.ts';
import { keyNamed } from './keys.ts';
import { RELATIVE } from './value.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const OPPOSITE = { '>=': '<', '>': '<=', '<=': '>', '<': '>=' } as const;

/**
 * Times of a search as milliseconds since 1970, each with an operator that compares and none negated.
 * @throws HeedError `bad_search` for a day that an issue shall not be of
 */
export function resolveTimes(terms: readonly IssueTerm[], now: number): IssueTerm[] {
  return terms.flatMap((term) => (keyNamed(term.key)?.kind === 'time' ? resolveTime(term, now) : [term]));
}

function resolveTime(term: IssueTerm, now: number): IssueTerm[] {
  const { key, value, not } = term;
  const compare = (operator: keyof typeof OPPOSITE, time: number): IssueTerm => ({
    key,
    operator: not ? OPPOSITE[operator] : operator,
    value: String(time),
    not: false,
  });
  const relative = RELATIVE.exec(value);
  const time = relative
    ? now - Number(relative[2]) * UNITS[relative[3]]
    : Date.parse(/T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(value) || !value.includes('T') ? value : `${value}Z`);
  if (term.operator !== '=' && term.operator !== 'glob') return [compare(term.operator, time)];
  if (relative) return [compare(relative[1] === '-' ? '>=' : '<=', time)];
  if (not) throw searchError(`!${key}:${value} excludes a single ${value.includes('T') ? 'minute' : 'day'}; write ${key}:<${value} or ${key}:>${value}`);
  const length = value.includes('T') ? UNITS.m : UNITS.d;
  return [compare('>=', time), compare('<', time + length)];
}
