import { HeedError } from '../../../core/errors.ts';
import { HEED, note } from './activity.ts';
import type { ErrorsFile } from './errors-file.ts';
import type { EventRow } from './event-row.ts';
import { type IssueRow, jsonOf } from './issue-row.ts';
import type { KnownIssue, Memory } from './memory.ts';

/** @throws HeedError `not_found` for one that is not there */
export function knownIssue(file: ErrorsFile, memory: Memory, id: number): KnownIssue {
  let issue = memory.issues.get(id);
  if (issue) return issue;
  const row = file.get<IssueRow & { groups: number }>('SELECT *, (SELECT count(*) FROM groups WHERE issue = issues.id) AS groups FROM issues WHERE id = ?', id);
  if (!row) throw noIssue(id);
  const { project, state, substate, since, events, users, groups } = row;
  issue = { id, project, state, substate, since, until: jsonOf(row.until), events, users, firstSeen: row.first_seen, groups };
  memory.issues.set(id, issue);
  return issue;
}

export function noIssue(id: number): HeedError {
  return new HeedError('not_found', `cannot find issue ${id}: there is none with this number; it may have been removed`, { status: 404 });
}

/** Makes the issue of an event that belongs to none; without events as yet. @returns its id */
export function beginIssue(file: ErrorsFile, memory: Memory, row: EventRow, now: number): number {
  const { project, time, release } = row;
  const id = insertIssue(file, row, now);
  memory.issues.set(id, {
    id,
    project,
    state: 'unresolved',
    substate: 'new',
    since: Math.min(now, time),
    until: {},
    events: 0,
    users: 0,
    firstSeen: time,
    groups: 0,
  });
  note(file, id, { time, by: HEED, kind: 'first_seen', text: release });
  return id;
}

/** What an issue is made of. */
type Origin = Pick<EventRow, 'project' | 'slug' | 'time' | 'level' | 'handled' | 'platform' | 'type' | 'title' | 'culprit' | 'release' | 'metadata'>;

export function insertIssue(file: ErrorsFile, origin: Origin, now: number): number {
  const { last } = file.get<{ last: number }>(
    'INSERT INTO numbers VALUES (?, 1) ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last',
    origin.slug.toLowerCase(),
  ) as { last: number };
  return file.insert(
    `INSERT INTO issues (project, short_id, slug, state, substate, since, first_seen, last_seen, events, users,
      level, handled, platform, type, title, culprit, first_release, last_release, metadata)
      VALUES (?1, ?2, ?3, 'unresolved', 'new', ?4, ?5, ?5, 0, 0, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13)`,
    origin.project,
    `${origin.slug.toUpperCase()}-${last.toString(36).toUpperCase()}`,
    origin.slug,
    Math.min(now, origin.time),
    origin.time,
    origin.level,
    origin.handled === undefined ? null : Number(origin.handled),
    origin.platform,
    origin.type,
    origin.title,
    origin.culprit,
    origin.release,
    origin.metadata,
  );
}
