import { LEVELS } from '../../../core/error-event.ts';
import type { AddedEvent } from '../errors-store.ts';
import { HEED, note } from './activity.ts';
import { writeBody } from './bodies.ts';
import type { ErrorsFile } from './errors-file.ts';
import { idOf } from './event-id.ts';
import type { EventRow } from './event-row.ts';
import { groupOf } from './groups.ts';
import { linkJob } from './job-events.ts';
import { beginIssue, knownIssue } from './known-issue.ts';
import type { KnownIssue, Memory } from './memory.ts';
import { rememberRelease } from './seen-releases.ts';
import { mayEscalate, reappears, regresses } from './states.ts';
import { type IssueTally, Tally } from './tally.ts';
import { watch } from './watch.ts';
import { writeTally } from './write-tally.ts';

/** Keeps a batch of events, in order, within one transaction; gives what became of each. */
export function addEvents(file: ErrorsFile, memory: Memory, rows: readonly EventRow[], now: number): AddedEvent[] {
  const tally = new Tally();
  const added = rows.map((row, place) => addEvent(file, memory, tally, row, place, now));
  writeTally(file, memory, tally);
  // Only now are users counted, and hours whole.
  for (const touched of tally.issues.values()) {
    if (returns(file, memory, touched, now)) added[touched.last] = { issue: touched.issue.id, outcome: 'escalated' };
  }
  return added;
}

function addEvent(file: ErrorsFile, memory: Memory, tally: Tally, row: EventRow, place: number, now: number): AddedEvent {
  const eventId = Buffer.from(row.eventId, 'hex');
  const known = file.get<{ issue: number | null }>(
    'SELECT issue FROM events LEFT JOIN groups ON groups.id = grp WHERE event_id = ? AND events.project = ?',
    eventId,
    row.project,
  );
  if (known) return { issue: known.issue ?? 0, outcome: 'known' };
  rememberRelease(file, memory, row);
  let isNew = false;
  const group = groupOf(file, memory, row, () => {
    isNew = true;
    return beginIssue(file, memory, row, now);
  });
  if (group === undefined) return { issue: 0, outcome: 'discarded' };
  const issue = knownIssue(file, memory, group.issue);
  const split = {
    level: LEVELS.indexOf(row.level),
    environment: memory.numberOf(file, row.environment),
    release: memory.numberOf(file, row.release),
  };
  const id = idOf(file, row.time);
  file.run(
    'INSERT INTO events (id, project, grp, event_id, level, release, environment, trace) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    row.project,
    group.id,
    eventId,
    split.level,
    split.release,
    split.environment,
    // What was in the log when Heed did not keep traces yet has none.
    row.trace ?? 0,
  );
  writeBody(file, memory, group, id, row.body);
  linkJob(file, row, id, group.id);
  issue.events++;
  issue.firstSeen = Math.min(issue.firstSeen, row.time);
  tally.add(row, place, group, issue, split, isNew);
  if (isNew) return { issue: issue.id, outcome: 'new' };
  const firstSeen = (release: string): number | undefined =>
    file.get<{ first_seen: number }>('SELECT first_seen FROM releases WHERE project = ? AND release = ?', row.project, release)?.first_seen;
  if (issue.state !== 'resolved' || !regresses(issue, row, firstSeen)) return { issue: issue.id, outcome: 'added' };
  reopen(file, issue, 'regressed', now);
  note(file, issue.id, { time: now, by: HEED, kind: 'regressed', text: row.release });
  return { issue: issue.id, outcome: 'regressed' };
}

/** Whether an issue comes back from the archive, or escalates, by what was added to it. */
function returns(file: ErrorsFile, memory: Memory, { issue, newest }: IssueTally, now: number): boolean {
  if (issue.state === 'archived' && reappears(issue, issue.events, issue.users)) {
    const text = issue.until.events !== undefined && issue.events >= issue.until.events ? `it has ${issue.events} events` : `it has ${issue.users} users`;
    reopen(file, issue, 'ongoing', now);
    note(file, issue.id, { time: now, by: HEED, kind: 'unresolved', text });
    return true;
  }
  const events = watch(file, memory, issue, newest.time, now);
  if (events === undefined || !mayEscalate(issue, now)) return false;
  reopen(file, issue, 'escalating', now);
  note(file, issue.id, { time: now, by: HEED, kind: 'escalated', text: `${events} events in an hour` });
  return true;
}

function reopen(file: ErrorsFile, issue: KnownIssue, substate: 'regressed' | 'ongoing' | 'escalating', now: number): void {
  Object.assign(issue, { state: 'unresolved', substate, since: now, until: {} });
  file.run(`UPDATE issues SET state = 'unresolved', substate = ?, since = ?, until = '{}', until_time = 0 WHERE id = ?`, substate, now, issue.id);
}
