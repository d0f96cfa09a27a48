import type { Unit } from '../words/number.ts';

const NO_UNIT = /^(?:count|sum_squares)(?:_\d+)?$|^bin_/;

/**
 * What a series measures, by its kind and its name. StatsD's timers are milliseconds, except their counts; its counters are
 * rates below `stats.` (or called so), counts elsewhere. Names with bytes or percent say so themselves.
 */
export function unitOf(name: string, kind: string): Unit {
  // A function's name says little; the innermost path and its last node decide.
  const path = name.replace(/^.*\(/, '').split(/[,);]/)[0].toLowerCase();
  const last = path.slice(path.lastIndexOf('.') + 1);
  const isRate = /^(?:count_ps(?:_\d+)?|rate)$/.test(last) || (kind === 'counter' && path.startsWith('stats.') && !NO_UNIT.test(last));
  if (/(?:^|_)(?:bytes|rss|heap)(?:_|$)/.test(last)) return isRate ? 'B/s' : 'B';
  if (/(?:^|_)(?:percent|pct)(?:_|$)/.test(last)) return '%';
  if (isRate) return '/s';
  if (NO_UNIT.test(last)) return 'number';
  return kind === 'timer' || /(?:^|_)ms$/.test(last) ? 'ms' : 'number';
}

/** One unit for an axis: the common one, or none where they differ. */
export function commonUnit(units: readonly Unit[]): Unit {
  return units.length > 0 && units.every((unit) => unit === units[0]) ? units[0] : 'number';
}
