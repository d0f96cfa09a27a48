import { HeedError } from '../../../core/errors.ts';
import type { IssueHash } from '../errors-store.ts';
import { note } from './activity.ts';
import { readBody } from './bodies.ts';
import type { ErrorsFile } from './errors-file.ts';
import type { IssueRow } from './issue-row.ts';
import { insertIssue, noIssue } from './known-issue.ts';
import { moveLinks } from './links.ts';
import type { Memory } from './memory.ts';
import { usersOf } from './users.ts';

/** Moves the groups of some issues to another; the emptied issues are gone, and their ids lead there. */
export function mergeIssues(file: ErrorsFile, memory: Memory, into: number, from: readonly number[], by: string, now: number): void {
  const target = rowOf(file, into);
  const sources = [...new Set(from)].filter((id) => id !== into).map((id) => rowOf(file, id));
  if (sources.some(({ project }) => project !== target.project))
    throw new HeedError('bad_merge', `cannot merge into ${target.short_id}: issues of several projects do not become one`);
  for (const { id, short_id: shortId } of sources) {
    file.run(`UPDATE groups SET issue = ?, merged_from = CASE merged_from WHEN '' THEN ? ELSE merged_from END WHERE issue = ?`, into, shortId, id);
    file.run('UPDATE activity SET issue = ? WHERE issue = ?', into, id);
    moveLinks(file, id, into);
    file.run('UPDATE issues SET comments = comments + (SELECT comments FROM issues WHERE id = ?) WHERE id = ?', id, into);
    file.run('UPDATE moved SET issue = ? WHERE issue = ?', into, id);
    file.run('INSERT INTO moved VALUES (?, ?, ?)', id, shortId, into);
    file.run('DELETE FROM issues WHERE id = ?', id);
    note(file, into, { time: now, by, kind: 'merged', text: shortId });
  }
  recount(file, into);
  memory.forget();
}

/**
 * Moves some groups of an issue, with the hashes that came by their events, to a new one.
 * @returns its id
 * @throws HeedError `conflict` when they are none of its groups, or all that have events
 */
export function unmergeIssue(file: ErrorsFile, memory: Memory, id: number, hashes: readonly string[], by: string, now: number): number {
  const issue = rowOf(file, id);
  const groups = file.all<GroupRow>('SELECT id, hash, via, events, last_seen FROM groups WHERE issue = ? ORDER BY last_seen DESC', id);
  const wanted = new Set(hashes);
  const chosen = groups.filter(({ hash, via }) => wanted.has(hash) && via === 0);
  if (chosen.length === 0)
    throw new HeedError('conflict', `cannot split ${issue.short_id}: it has none of these hashes; load it again to see which it has`, { status: 409 });
  if (groups.every(({ hash, via }) => via !== 0 || wanted.has(hash)))
    throw new HeedError('conflict', `cannot split ${issue.short_id}: these are all of its hashes; leave one`, { status: 409 });
  const chosenIds = new Set(chosen.map(({ id }) => id));
  const made = insertIssue(file, { ...originOf(file, memory, chosen[0].id, issue), time: chosen[0].last_seen }, now);
  for (const group of groups)
    if (chosenIds.has(group.id) || chosenIds.has(group.via)) file.run(`UPDATE groups SET issue = ?, merged_from = '' WHERE id = ?`, made, group.id);
  file.run(`UPDATE issues SET substate = 'ongoing', since = ? WHERE id = ?`, now, made);
  const { short_id: shortId } = rowOf(file, made);
  note(file, id, { time: now, by, kind: 'unmerged', text: `${chosen.length} to ${shortId}` });
  note(file, made, { time: now, by, kind: 'unmerged', text: `${chosen.length} from ${issue.short_id}` });
  recount(file, id);
  recount(file, made);
  memory.forget();
  return made;
}

export function hashesOf(file: ErrorsFile, issue: number): IssueHash[] {
  return file
    .all<{ hash: string; recipe: string; title: string; last_seen: number; events: number; merged_from: string }>(
      'SELECT hash, recipe, title, last_seen, events, merged_from FROM groups WHERE issue = ? AND via = 0 ORDER BY last_seen DESC, id DESC LIMIT 1000',
      issue,
    )
    .map(({ last_seen: lastSeen, merged_from: mergedFrom, ...hash }) => ({ ...hash, lastSeen, mergedFrom }));
}

interface GroupRow {
  id: number;
  hash: string;
  via: number;
  events: number;
  last_seen: number;
}

function rowOf(file: ErrorsFile, id: number): IssueRow {
  const row = file.get<IssueRow>('SELECT * FROM issues WHERE id = ?', id);
  if (!row) throw noIssue(id);
  return row;
}

/** What an issue that begins with a group is made of: its newest event, or where none is kept, the issue that it leaves. */
function originOf(file: ErrorsFile, memory: Memory, group: number, issue: IssueRow): Omit<Parameters<typeof insertIssue>[1], 'time'> {
  const { project, slug } = issue;
  const last = file.get<{ id: number }>('SELECT id FROM events WHERE grp = ? ORDER BY id DESC LIMIT 1', group);
  const body = last && readBody(file, memory, last.id, `of ${issue.short_id}`);
  const { title, last_release: release } = file.get<{ title: string; last_release: string }>('SELECT title, last_release FROM groups WHERE id = ?', group) ?? {
    title: '',
    last_release: '',
  };
  const other = { level: issue.level, platform: issue.platform, type: issue.type };
  const asBefore = { project, slug, title, release, culprit: issue.culprit, metadata: issue.metadata, handled: handledOf(issue), ...other };
  if (!body) return asBefore;
  const { event, culprit, metadata, handled } = body;
  return {
    project,
    slug,
    title,
    release,
    culprit,
    metadata: JSON.stringify(metadata),
    handled,
    level: event.level,
    platform: event.platform,
    type: event.type,
  };
}

const handledOf = ({ handled }: IssueRow): boolean | undefined => (handled === null ? undefined : handled === 1);

/** Makes an issue's own counts from those of its groups. */
function recount(file: ErrorsFile, issue: number): void {
  file.run(
    `UPDATE issues SET (events, first_seen, last_seen) = (SELECT sum(events), min(first_seen), max(last_seen) FROM groups WHERE issue = ?1 AND via = 0),
      first_release = (SELECT first_release FROM groups WHERE issue = ?1 AND via = 0 ORDER BY first_seen LIMIT 1),
      last_release = (SELECT last_release FROM groups WHERE issue = ?1 AND via = 0 ORDER BY last_seen DESC LIMIT 1), users = ?2, version = version + 1 WHERE id = ?1`,
    issue,
    usersOf(file, issue),
  );
}
