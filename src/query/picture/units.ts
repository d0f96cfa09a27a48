import type { Kind } from '../../core/series.ts';
import { KIND_NAMES } from '../../core/series.ts';

/** What numbers of an axis measure, and with that how they are written. `plain` is all digits, `binary` counts by 1024. */
export type Unit = 'number' | 'count' | 'plain' | 'binary' | 'ms' | 's' | 'B' | 'B/s' | '%' | '/s';

const UNITLESS = /^(?:count|sum_squares)(?:_\d+)?$|^bin_/;

/** What a series measures by its kind and name, as the screens have it: what a function's name says is left aside. */
export function unitOf(name: string, kind: Kind | undefined): Unit {
  const path = name
    .slice(name.lastIndexOf('(') + 1)
    .split(/[,);]/, 1)[0]
    .toLowerCase();
  const node = path.slice(path.lastIndexOf('.') + 1);
  const kindName = kind === undefined ? 'unknown' : KIND_NAMES[kind];
  const rate = /^(?:count_ps(?:_\d+)?|rate)$/.test(node) || (kindName === 'counter' && path.startsWith('stats.') && !UNITLESS.test(node));
  if (/(?:^|_)(?:bytes|rss|heap)(?:_|$)/.test(node)) return rate ? 'B/s' : 'B';
  if (/(?:^|_)(?:percent|pct)(?:_|$)/.test(node)) return '%';
  if (rate) return '/s';
  if (UNITLESS.test(node)) return 'number';
  return kindName === 'timer' || /(?:^|_)ms$/.test(node) ? 'ms' : 'number';
}

/** The unit of an axis: the one that all share, or none. */
export function sharedUnit(units: readonly Unit[]): Unit {
  return units.length > 0 && units.every((unit) => unit === units[0]) ? units[0] : 'number';
}
