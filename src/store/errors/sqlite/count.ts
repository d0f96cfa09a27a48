import { HeedError } from '../../../core/errors.ts';
import { LEVELS } from '../../../core/error-event.ts';
import type { Counts, CountsQuestion, IssueTotals, TagCounts } from '../errors-store.ts';
import type { ErrorsFile } from './errors-file.ts';
import type { Memory } from './memory.ts';
import { FRESH } from './states.ts';
import { HOUR } from './tally.ts';

const MOST_SLOTS = 10_000;
/** Levels, environments or releases that have a row each; the rest have one together. */
const MOST_ROWS = 20;
const OTHERS = 'other';
const SPLITS = ['level', 'environment', 'release'];
const MOST_VALUES = 1000;

/** @throws HeedError `bad_step`, `bad_split` */
export function countOver(file: ErrorsFile, memory: Memory, { project, issue, from, until, step, by }: CountsQuestion): Counts {
  if (!(step >= HOUR) || step % HOUR !== 0) throw new HeedError('bad_step', `cannot count in steps of ${step} ms: they must be whole hours`);
  if (by !== undefined && !SPLITS.includes(by)) throw new HeedError('bad_split', `cannot count by ${by as string}: take ${SPLITS.join(', ')}`);
  const start = Math.floor(from / step) * step;
  const slots = Math.max(1, Math.ceil((until - start) / step));
  if (slots > MOST_SLOTS) throw new HeedError('bad_step', `cannot count ${slots} steps: at most ${MOST_SLOTS}; take longer ones`);
  const [first, last] = [start / HOUR, (start + slots * step) / HOUR - 1];
  const slotOf = (hour: number): number => Math.floor(((hour - first) * HOUR) / step);
  const empty = (): number[] => Array.from({ length: slots }, () => 0);
  const newIssues = empty();
  const rows = new Map<string, number[]>();
  const [source, value] =
    issue === undefined
      ? [`project_hours WHERE ${project === null ? '? IS NULL' : 'project = ?'}`, project]
      : [`groups CROSS JOIN ${by ? 'splits AS of_hour' : 'hours AS of_hour'} ON grp = groups.id WHERE issue = ?`, issue];
  const events = issue === undefined ? 'events' : 'of_hour.events';
  for (const row of file.all<{ hour: number; name: number; events: number; issues: number }>(
    `SELECT hour, ${by ?? 0} AS name, sum(${events}) AS events, ${issue === undefined ? 'sum(issues)' : 0} AS issues
      FROM ${source} AND hour BETWEEN ? AND ? GROUP BY 1, 2`,
    value,
    first,
    last,
  )) {
    const name = by === undefined ? '' : by === 'level' ? (LEVELS[row.name] ?? '') : memory.textOf(file, row.name);
    let counts = rows.get(name);
    if (!counts) rows.set(name, (counts = empty()));
    counts[slotOf(row.hour)] += row.events;
    newIssues[slotOf(row.hour)] += row.issues;
  }
  if (issue !== undefined) {
    const born = file.get<{ first_seen: number }>('SELECT first_seen FROM issues WHERE id = ?', issue)?.first_seen ?? -1;
    if (born >= start && born < start + slots * step) newIssues[Math.floor((born - start) / step)]++;
  }
  if (by === undefined && rows.size === 0) rows.set('', empty());
  return { start, step, rows: most(rows), newIssues };
}

function most(rows: Map<string, number[]>): Counts['rows'] {
  const total = (events: readonly number[]): number => events.reduce((sum, count) => sum + count, 0);
  const sorted = [...rows].map(([name, events]) => ({ name, events })).toSorted((a, b) => total(b.events) - total(a.events));
  const rest = sorted.splice(MOST_ROWS);
  if (rest.length > 0) sorted.push({ name: OTHERS, events: rest[0].events.map((_, slot) => rest.reduce((sum, { events }) => sum + events[slot], 0)) });
  return sorted;
}

export function totalsOf(file: ErrorsFile, project: number | null, now: number): IssueTotals {
  const totals: IssueTotals = { unresolved: 0, new: 0, regressed: 0, escalating: 0, archived: 0, resolved: 0 };
  for (const { state, substate, count } of file.all<{ state: keyof IssueTotals; substate: keyof IssueTotals | 'ongoing' | ''; count: number }>(
    `SELECT state, CASE WHEN since > ? THEN substate ELSE '' END AS substate, count(*) AS count FROM issues
      WHERE ${project === null ? '? IS NULL' : 'project = ?'} GROUP BY 1, 2`,
    now - FRESH,
    project,
  )) {
    totals[state] += count;
    if (state === 'unresolved' && substate !== '' && substate !== 'ongoing') totals[substate] += count;
  }
  return totals;
}

export function tagsOfIssue(file: ErrorsFile, memory: Memory, issue: number, values: number): TagCounts[] {
  return file
    .all<{ key: number; total: number }>(
      'SELECT key, sum(tags.events) AS total FROM groups CROSS JOIN tags ON grp = groups.id WHERE issue = ? GROUP BY key ORDER BY total DESC, key LIMIT 200',
      issue,
    )
    .map(({ key, total }) => ({ key: memory.textOf(file, key), total, values: valuesOf(file, issue, key, values) }));
}

export function tagValuesOf(file: ErrorsFile, issue: number, key: string, limit: number): TagCounts {
  const number = file.get<{ id: number }>('SELECT id FROM texts WHERE text = ?', key)?.id ?? 0;
  const total = file.get<{ total: number }>(
    'SELECT coalesce(sum(tags.events), 0) AS total FROM groups CROSS JOIN tags ON grp = groups.id WHERE issue = ? AND key = ?',
    issue,
    number,
  )?.total;
  return { key, total: total ?? 0, values: valuesOf(file, issue, number, limit) };
}

function valuesOf(file: ErrorsFile, issue: number, key: number, limit: number): TagCounts['values'] {
  return file.all(
    `SELECT value, sum(tags.events) AS count, min(tags.first_seen) AS firstSeen, max(tags.last_seen) AS lastSeen
      FROM groups CROSS JOIN tags ON grp = groups.id WHERE issue = ? AND key = ? AND value <> '' GROUP BY value ORDER BY count DESC, value LIMIT ?`,
    issue,
    key,
    Math.min(Math.max(0, Math.floor(limit)), MOST_VALUES),
  );
}
