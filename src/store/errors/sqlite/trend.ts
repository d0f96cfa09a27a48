import type { IssuesQuestion } from '../errors-store.ts';
import type { ErrorsFile } from './errors-file.ts';
import { HOUR } from './tally.ts';

const MOST_SLOTS = 1000;
/** A window up to here is told by the events themselves, in slots of any length; a longer one by hourly counts. */
const FINE = 24 * HOUR;
/** Events that are counted one by one. */
const MOST_COUNTED = 20_000;
/** An event's id is its time times this, and a number. */
const IDS_PER_MILLISECOND = 2048;

/** How an issue's events are spread over the slots of a window, and how many they are. */
export function trendOf(file: ErrorsFile, issue: number, { from, until, slots }: Pick<IssuesQuestion, 'from' | 'until' | 'slots'>): number[] {
  const count = Math.min(Math.max(1, Math.floor(slots)), MOST_SLOTS);
  const trend = byHour(file, issue, from, until, count);
  if (until - from > FINE || sum(trend) > MOST_COUNTED) return trend;
  return byEvent(file, issue, from, until, count);
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function byHour(file: ErrorsFile, issue: number, from: number, until: number, count: number): number[] {
  const [first, last] = [Math.floor(from / HOUR), Math.floor(until / HOUR)];
  const width = (last - first + 1) / count;
  const trend = Array.from({ length: count }, () => 0);
  const hours = file.prepare('SELECT hour, hours.events FROM groups CROSS JOIN hours ON grp = groups.id WHERE issue = ? AND hour BETWEEN ? AND ?');
  hours.setReturnArrays(true);
  for (const [hour, events] of hours.all(issue, first, last) as unknown as [number, number][])
    trend[Math.min(count - 1, Math.floor((hour - first) / width))] += events;
  return trend;
}

function byEvent(file: ErrorsFile, issue: number, from: number, until: number, count: number): number[] {
  const trend = Array.from({ length: count }, () => 0);
  const width = (until - from) / count;
  const slots = file.prepare(
    `SELECT CAST((events.id / ${IDS_PER_MILLISECOND} - ?1) / ?2 AS INTEGER) AS slot, count(*) FROM groups CROSS JOIN events ON grp = groups.id
      WHERE issue = ?3 AND events.id BETWEEN ?4 AND ?5 GROUP BY slot`,
  );
  slots.setReturnArrays(true);
  const ids = [from * IDS_PER_MILLISECOND, (until + 1) * IDS_PER_MILLISECOND - 1];
  for (const [slot, events] of slots.all(from, width, issue, ...ids) as unknown as [number, number][]) trend[Math.max(0, Math.min(count - 1, slot))] += events;
  return trend;
}
