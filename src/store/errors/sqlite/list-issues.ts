import type { IssuesPage, IssuesQuestion } from '../errors-store.ts';
import { cursorOf, type Place, placeOf } from './cursor.ts';
import type { ErrorsFile } from './errors-file.ts';
import { issueOf, type IssueRow } from './issue-row.ts';
import type { Memory } from './memory.ts';
import { type Condition, conditionOf } from './search.ts';
import { HOUR } from './tally.ts';
import { sum, trendOf } from './trend.ts';
import { usersOf } from './users.ts';

/** Issues that are counted, and that are ordered by what they had within a window. */
const MOST_COUNTED = 10_000;
const MOST_ORDERED = 100_000;
const MOST_LISTED = 1000;

export function listIssues(file: ErrorsFile, memory: Memory, question: IssuesQuestion, now: number): IssuesPage {
  const { project, sort, cursor } = question;
  const limit = Math.min(Math.max(1, Math.floor(question.limit)), MOST_LISTED);
  const condition = conditionOf(project, question.terms, now);
  const after = placeOf(sort, cursor);
  const { places, total } =
    sort === 'date' || sort === 'new'
      ? byTime(file, condition, sort === 'date' ? 'last_seen' : 'first_seen', after, limit)
      : byCount(file, condition, scores(file, memory, question), after, limit);
  const page = places.slice(0, limit);
  return {
    issues: page.map(({ id }) => listed(file, memory, id, question, now)),
    next: places.length > limit ? cursorOf(sort, page[page.length - 1]) : undefined,
    total,
  };
}

/** The page, and one more where there are more. */
function byTime(file: ErrorsFile, { sql, values }: Condition, column: string, after: Place | undefined, limit: number): { places: Place[]; total: number } {
  const places = after
    ? file.all<Place>(
        `SELECT id, ${column} AS key FROM issues WHERE ${sql} AND (${column}, id) < (?, ?) ORDER BY ${column} DESC, id DESC LIMIT ?`,
        ...values,
        after.key,
        after.id,
        limit + 1,
      )
    : file.all<Place>(`SELECT id, ${column} AS key FROM issues WHERE ${sql} ORDER BY ${column} DESC, id DESC LIMIT ?`, ...values, limit + 1);
  if (!after && places.length <= limit) return { places, total: places.length };
  const { total } = file.get<{ total: number }>(`SELECT count(*) AS total FROM (SELECT 1 FROM issues WHERE ${sql} LIMIT ?)`, ...values, MOST_COUNTED) ?? {
    total: 0,
  };
  return { places, total };
}

/** Orders all that match by a score each; those without any come last, and of equals the younger first. */
function byCount(
  file: ErrorsFile,
  { sql, values }: Condition,
  score: (issue: number) => number,
  after: Place | undefined,
  limit: number,
): { places: Place[]; total: number } {
  // As one text: rows of their own take longer than all else.
  const { ids } = file.get<{ ids: string }>(
    `SELECT json_group_array(id) AS ids FROM (SELECT id FROM issues WHERE ${sql} ORDER BY last_seen DESC LIMIT ?)`,
    ...values,
    MOST_ORDERED,
  ) ?? { ids: '[]' };
  const matching = JSON.parse(ids) as number[];
  const places: Place[] = [];
  for (const id of matching) {
    const place = { id, key: score(id) };
    if ((after && !isBefore(after, place)) || (places.length > limit && !isBefore(place, places[limit]))) continue;
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(places[middle], place)) low = middle + 1;
      else high = middle;
    }
    places.splice(low, 0, place);
    if (places.length > limit + 1) places.pop();
  }
  return { places, total: Math.min(matching.length, MOST_COUNTED) };
}

const isBefore = (a: Place, b: Place): boolean => a.key > b.key || (a.key === b.key && a.id > b.id);

function scores(file: ErrorsFile, memory: Memory, { sort, project, from, until }: IssuesQuestion): (issue: number) => number {
  const [first, last] = [Math.floor(from / HOUR), Math.floor(until / HOUR)];
  if (sort === 'user') {
    const users = memory.windows.all('users', project, first, last, () => usersSince(file, project, first));
    return (issue) => users.get(issue) ?? 0;
  }
  const events = memory.windows.all('events', project, first, last, () => eventsWithin(file, project, first, last));
  if (sort === 'freq') return (issue) => events.get(issue) ?? 0;
  const middle = Math.ceil((first + last + 1) / 2);
  const recent = memory.windows.all('events', project, middle, last, () => eventsWithin(file, project, middle, last));
  // How much more it comes in the second half of the window than in the first, measured by what chance does to such numbers.
  return (issue) => {
    const late = recent.get(issue) ?? 0;
    const early = (events.get(issue) ?? 0) - late;
    return (late - early) / Math.sqrt(early + 1);
  };
}

/** Events of each issue from one hour to another, both in: whole days from the daily counts. */
function eventsWithin(file: ErrorsFile, project: number | null, first: number, last: number): Map<number, number> {
  const [firstDay, lastDay] = [Math.ceil(first / 24), Math.floor((last + 1) / 24) - 1];
  const spans: [table: string, column: string, from: number, until: number][] =
    lastDay < firstDay
      ? [['hours', 'hour', first, last]]
      : [
          ['hours', 'hour', first, firstDay * 24 - 1],
          ['days', 'day', firstDay, lastDay],
          ['hours', 'hour', (lastDay + 1) * 24, last],
        ];
  const counts = new Map<number, number>();
  for (const [table, column, from, until] of spans) {
    if (until < from) continue;
    const rows = file.prepare(
      `SELECT issue, sum(${table}.events) FROM groups CROSS JOIN ${table} ON grp = groups.id
          WHERE ${project === null ? '?1 IS NULL' : 'project = ?1'} AND groups.last_seen >= ?2 AND ${column} BETWEEN ?3 AND ?4 GROUP BY groups.id`,
    );
    rows.setReturnArrays(true);
    for (const [issue, events] of rows.all(project, first * HOUR, from, until) as unknown as [number, number][])
      counts.set(issue, (counts.get(issue) ?? 0) + events);
  }
  return counts;
}

/** Users of each issue that it has had since an hour. */
function usersSince(file: ErrorsFile, project: number | null, first: number): Map<number, number> {
  const counts = new Map<number, number>();
  const rows = file.all<{ issue: number; groups: number; users: number }>(
    `SELECT issue, count(*) AS groups, sum((SELECT count(*) FROM group_users WHERE grp = groups.id AND last >= ?1) << thinned) AS users FROM groups
      WHERE ${project === null ? '?2 IS NULL' : 'project = ?2'} AND last_seen >= ?3 GROUP BY issue`,
    first,
    project,
    first * HOUR,
  );
  for (const { issue, groups, users } of rows) counts.set(issue, groups === 1 ? users : usersOf(file, issue, first));
  return counts;
}

function listed(file: ErrorsFile, memory: Memory, id: number, question: IssuesQuestion, now: number): IssuesPage['issues'][number] {
  const { project, from, until } = question;
  const row = file.get<IssueRow>('SELECT * FROM issues WHERE id = ?', id) as IssueRow;
  const [first, last] = [Math.floor(from / HOUR), Math.floor(until / HOUR)];
  const trend = trendOf(file, id, question);
  const eventsInWindow = sum(trend);
  const usersInWindow = eventsInWindow === 0 ? 0 : memory.windows.one('users', project, first, last, id, () => usersOf(file, id, first));
  return { ...issueOf(row, now), eventsInWindow, usersInWindow, trend };
}
