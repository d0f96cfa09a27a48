import type { Activity, IssueChange, IssueUntil, UndoneIssue } from '../errors-store.ts';
import { note } from './activity.ts';
import type { ErrorsFile } from './errors-file.ts';
import { type IssueRow, jsonOf } from './issue-row.ts';
import { noIssue } from './known-issue.ts';
import type { Memory } from './memory.ts';
import { compareReleases } from '../../../core/release-version.ts';
import { FRESH } from './states.ts';

type Changed = Pick<UndoneIssue, 'state' | 'substate' | 'until' | 'assignee' | 'bookmarked'>;
type Note = Pick<Activity, 'kind' | 'text'>;

const LONGEST_COMMENT = 20_000;
const LONGEST_NAME = 200;

/** Changes issues; those that are gone, or are so already, are left out of the answer. `discard` is not done here. */
export function changeIssues(
  file: ErrorsFile,
  memory: Memory,
  ids: readonly number[],
  change: Exclude<IssueChange, { do: 'discard' }>,
  by: string,
  now: number,
): UndoneIssue[] {
  const undone: UndoneIssue[] = [];
  for (const id of new Set(ids)) {
    const row = file.get<IssueRow>('SELECT * FROM issues WHERE id = ?', id);
    if (!row) continue;
    const before = standingOf(row);
    const { after, text } = changed(file, row, before, change, now);
    if (sameAs(before, after)) continue;
    write(file, memory, row, after, now);
    note(file, id, { time: now, by, ...text });
    undone.push({ id, version: row.version + 1, ...before });
  }
  return undone;
}

/** Puts back what `changeIssues` answered; those that people changed since stay. @returns how many were put back */
export function undoChange(file: ErrorsFile, memory: Memory, before: readonly UndoneIssue[], by: string, now: number): number {
  let undone = 0;
  for (const issue of before) {
    const row = file.get<IssueRow>('SELECT * FROM issues WHERE id = ?', issue.id);
    if (!row || row.version !== issue.version) continue;
    const after = { state: issue.state, substate: issue.substate, until: issue.until, assignee: issue.assignee, bookmarked: issue.bookmarked };
    write(file, memory, row, after, now);
    note(file, issue.id, { time: now, by, ...noteOfUndo(standingOf(row), after) });
    undone++;
  }
  return undone;
}

export function commentOn(file: ErrorsFile, issue: number, text: string, by: string, now: number): Activity {
  if (!file.run('UPDATE issues SET comments = comments + 1 WHERE id = ?', issue)) throw noIssue(issue);
  return note(file, issue, { time: now, by, kind: 'comment', text: text.slice(0, LONGEST_COMMENT) });
}

function standingOf(row: IssueRow): Changed {
  return { state: row.state, substate: row.substate, until: jsonOf(row.until), assignee: row.assignee, bookmarked: row.bookmarked === 1 };
}

function sameAs(a: Changed, b: Changed): boolean {
  return (
    a.state === b.state &&
    (a.substate === b.substate || a.state === 'unresolved') &&
    a.assignee === b.assignee &&
    a.bookmarked === b.bookmarked &&
    JSON.stringify(a.until) === JSON.stringify(b.until)
  );
}

function write(file: ErrorsFile, memory: Memory, row: IssueRow, after: Changed, now: number): void {
  const stands = row.state === after.state && row.substate === after.substate;
  file.run(
    'UPDATE issues SET state = ?, substate = ?, since = ?, until = ?, until_time = ?, assignee = ?, bookmarked = ?, version = version + 1 WHERE id = ?',
    after.state,
    after.substate,
    stands ? row.since : after.substate === 'new' ? Math.min(now, row.first_seen) : now,
    JSON.stringify(after.until),
    after.until.time ?? 0,
    after.assignee,
    Number(after.bookmarked),
    row.id,
  );
  memory.issues.delete(row.id);
  memory.thresholds.delete(row.id);
}

/** What an issue is after a change, and the words of it. */
function changed(
  file: ErrorsFile,
  row: IssueRow,
  before: Changed,
  change: Exclude<IssueChange, { do: 'discard' }>,
  now: number,
): { after: Changed; text: Note } {
  switch (change.do) {
    case 'resolve': {
      const until = resolvedUntil(file, row.project, change.until ?? {});
      const where =
        until.inRelease ?? (until.inCommit !== undefined ? `commit ${until.inCommit}` : until.afterRelease && `the release after ${until.afterRelease}`);
      return { after: { ...before, state: 'resolved', substate: '', until }, text: { kind: 'resolved', text: where ? `in ${where}` : '' } };
    }
    case 'unresolve': {
      const substate = row.first_seen > now - FRESH ? 'new' : 'ongoing';
      return { after: { ...before, state: 'unresolved', substate, until: {} }, text: { kind: 'unresolved', text: '' } };
    }
    case 'archive': {
      const { time, moreEvents, moreUsers, escalating } = change.until ?? {};
      const until: IssueUntil = {};
      if (time !== undefined) until.time = Math.floor(time);
      if (moreEvents !== undefined) until.events = row.events + moreEvents;
      if (moreUsers !== undefined) until.users = row.users + moreUsers;
      if (escalating) until.escalating = true;
      return { after: { ...before, state: 'archived', substate: '', until }, text: { kind: 'archived', text: archivedText(change.until ?? {}) } };
    }
    case 'assign': {
      const assignee = change.to.slice(0, LONGEST_NAME);
      return { after: { ...before, assignee }, text: { kind: 'assigned', text: assignee } };
    }
    default:
      return { after: { ...before, bookmarked: change.on }, text: { kind: 'bookmarked', text: change.on ? '' : 'no more' } };
  }
}

function resolvedUntil(
  file: ErrorsFile,
  project: number,
  { inRelease, inCommit, inNextRelease }: { inRelease?: string; inCommit?: string; inNextRelease?: boolean },
): IssueUntil {
  if (inRelease) return { inRelease };
  if (!inCommit && !inNextRelease) return {};
  const until: IssueUntil = {};
  if (inCommit) until.inCommit = inCommit;
  // What has the commit is not known here, but it is later than all that sent something.
  const newest = newestRelease(file, project);
  if (newest !== undefined) until.afterRelease = newest;
  return until;
}

/** Of versions the highest of the package seen last, else the release first seen last. */
function newestRelease(file: ErrorsFile, project: number): string | undefined {
  const releases = file.all<{ release: string }>('SELECT release FROM releases WHERE project = ? ORDER BY first_seen DESC LIMIT 1000', project);
  let newest = releases[0]?.release;
  for (const { release } of releases) if ((compareReleases(release, newest) ?? 0) > 0) newest = release;
  return newest;
}

function archivedText({ time, moreEvents, moreUsers, escalating }: NonNullable<Extract<IssueChange, { do: 'archive' }>['until']>): string {
  const parts = [];
  if (time !== undefined) parts.push(`until ${new Date(time).toISOString()}`);
  if (moreEvents !== undefined) parts.push(`until ${moreEvents} more events`);
  if (moreUsers !== undefined) parts.push(`until ${moreUsers} more users`);
  if (escalating) parts.push('until it escalates');
  return parts.join(', ');
}

function noteOfUndo(from: Changed, to: Changed): Note {
  if (from.state !== to.state || from.state !== 'unresolved') return { kind: to.state, text: 'undone' };
  if (from.assignee !== to.assignee) return { kind: 'assigned', text: to.assignee };
  return { kind: 'bookmarked', text: to.bookmarked ? '' : 'no more' };
}

/** Brings back archived issues whose time has come. @returns whether there were any */
export function wakeIssues(file: ErrorsFile, memory: Memory, now: number): boolean {
  const due = file.all<{ id: number }>('SELECT id FROM issues WHERE until_time > 0 AND until_time <= ? LIMIT 1000', now);
  for (const { id } of due) {
    file.run(`UPDATE issues SET state = 'unresolved', substate = 'ongoing', since = ?, until = '{}', until_time = 0 WHERE id = ?`, now, id);
    note(file, id, { time: now, by: 'heed', kind: 'unresolved', text: 'its time in the archive is over' });
    memory.issues.delete(id);
  }
  return due.length > 0;
}
