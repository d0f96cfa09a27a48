import { HeedError } from '../../core/errors.ts';
import { slugOf } from '../../core/slug.ts';
import { parseTime } from '../../query/time/attime.ts';
import { knownZone } from '../../query/time/zone.ts';
import { lastOf, type Params } from './params.ts';

/** Units that the page reads, largest first, seconds. */
const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** The address of the page Metrics for what a link to graphite-web shows: its targets in its window of time. `now` is in milliseconds. */
export function metricsLink(params: Params, now: number): string {
  const link = new URLSearchParams((params.target ?? []).filter((target) => target.trim() !== '').map((target) => ['target', target]));
  for (const [name, value] of Object.entries(windowOf(params, now))) link.append(name, value);
  const words = lastOf(params, 'query');
  if (words) link.append('q', words);
  return link.size === 0 ? '/metrics' : `/metrics?${link}`;
}

/**
 * `from` and `until` as the page reads them: a window that ends now stays one that moves, any other becomes fixed seconds.
 * Nothing where none is said or it cannot be read: the targets are worth showing all the same.
 */
function windowOf(params: Params, now: number): Record<string, string> {
  const [from, until] = [lastOf(params, 'from'), lastOf(params, 'until')];
  if (!from && !until) return {};
  const zone = lastOf(params, 'tz');
  const times = { now: Math.floor(now / 1000) * 1000, timeZone: (zone && knownZone(zone)) || 'UTC' };
  try {
    const one = parseTime(from || '-1d', times) / 1000;
    const other = parseTime(until || 'now', times) / 1000;
    if (one === other) return {};
    const [start, end] = [Math.min(one, other), Math.max(one, other)];
    if (end * 1000 === times.now && isOffset(from || '-1d') && isOffset(until || 'now')) return { from: `-${lasting(end - start)}` };
    return start > 0 ? { from: String(start), until: String(end) } : {};
  } catch (error) {
    if (error instanceof HeedError) return {};
    throw error;
  }
}

/** Moves with the present: `-2hours`, `now-1d`, `now`. */
const isOffset = (text: string): boolean => /^(?:now)?(?:[+-].*)?$/.test(text.toLowerCase().replaceAll(/[_,\s]/g, ''));

function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, one]) => seconds % one === 0) ?? UNITS[3];
  return `${seconds / length}${unit}`;
}

const MOST_LETTERS = 100;

/** The address of a dashboard by the name it had in graphite-web; names may hold anything, slugs only what is safe in an address. */
export function dashboardLink(name: string): string {
  const slug = slugOf(name).slice(0, MOST_LETTERS);
  return slug === '' ? '/dashboards' : `/dashboards/${slug}`;
}
