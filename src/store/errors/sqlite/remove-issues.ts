import type { ErrorsFile } from './errors-file.ts';
import { firstIdOf } from './event-id.ts';
import { unlinkJob } from './job-events.ts';
import type { Memory } from './memory.ts';
import { HOUR } from './tally.ts';

/** Rows removed in one transaction, so that events that come meanwhile wait for milliseconds only. */
const AT_ONCE = 1000;
/** Hourly counts of groups are kept so long, milliseconds. */
const HOURS_KEPT = 400 * 24 * HOUR;

/**
 * Makes issues go: they are found no more, and what they had is removed by `clear`. Of discarded ones the hashes stay known.
 * Within one transaction. @returns how many there were
 */
export function doomIssues(file: ErrorsFile, memory: Memory, ids: readonly number[], discard: boolean): number {
  let removed = 0;
  for (const id of new Set(ids)) {
    if (discard) file.run('INSERT OR IGNORE INTO discarded SELECT project, hash FROM groups WHERE issue = ?', id);
    file.run('INSERT OR IGNORE INTO doomed SELECT id FROM groups WHERE issue = ?', id);
    file.run('DELETE FROM groups WHERE issue = ?', id);
    file.run('DELETE FROM activity WHERE issue = ?', id);
    file.run('DELETE FROM links WHERE issue = ?', id);
    file.run('DELETE FROM moved WHERE issue = ?', id);
    removed += file.run('DELETE FROM issues WHERE id = ?', id);
  }
  memory.forget();
  return removed;
}

/** Removes what doomed groups had, a step at a time; each step is a transaction. */
export function* clearDoomed(file: ErrorsFile): Generator<void> {
  for (;;) {
    const group = file.get<{ grp: number }>('SELECT grp FROM doomed LIMIT 1')?.grp;
    if (group === undefined) return;
    while (file.transact(() => clearSome(file, group))) yield;
    file.run('DELETE FROM doomed WHERE grp = ?', group);
    file.shrink();
    yield;
  }
}

/** @returns whether there was something left */
function clearSome(file: ErrorsFile, group: number): boolean {
  const ids = file.all<{ id: number }>('SELECT id FROM events WHERE grp = ? LIMIT ?', group, AT_ONCE);
  for (const { id } of ids) {
    file.run('DELETE FROM bodies WHERE event = ?', id);
    file.run('DELETE FROM events WHERE id = ?', id);
    unlinkJob(file, id);
  }
  if (ids.length > 0) return true;
  for (const [table, key] of [
    ['hours', 'hour'],
    ['days', 'day'],
    ['splits', 'hour'],
    ['tags', 'key'],
    ['group_users', 'user'],
    ['dictionaries', 'event'],
  ]) {
    // By the key, so that no more than some go at a time.
    const last = file.get<{ last: number }>(`SELECT ${key} AS last FROM ${table} WHERE grp = ? ORDER BY ${key} LIMIT 1 OFFSET ?`, group, AT_ONCE);
    const removed = last
      ? file.run(`DELETE FROM ${table} WHERE grp = ? AND ${key} <= ?`, group, last.last)
      : file.run(`DELETE FROM ${table} WHERE grp = ?`, group);
    if (removed > 0) return true;
  }
  return false;
}

/** Forgets events older than a time, and the oldest beyond a number, a step at a time. @returns how many */
export function* pruneEvents(file: ErrorsFile, before: number, mostEvents: number): Generator<void, number> {
  let removed = 0;
  const beyond = Math.max(0, (file.get<{ kept: number }>('SELECT coalesce(sum(kept), 0) AS kept FROM groups')?.kept ?? 0) - mostEvents);
  for (;;) {
    const gone = file.transact(() => {
      const old = file.all<{ id: number; grp: number }>('SELECT id, grp FROM events WHERE id < ? ORDER BY id LIMIT ?', firstIdOf(before), AT_ONCE);
      if (old.length > 0 || beyond <= removed) return forget(file, old);
      return forget(file, file.all<{ id: number; grp: number }>('SELECT id, grp FROM events ORDER BY id LIMIT ?', Math.min(AT_ONCE, beyond - removed)));
    });
    removed += gone;
    if (gone === 0) break;
    file.shrink();
    yield;
  }
  while (file.run('DELETE FROM job_runs WHERE id IN (SELECT id FROM job_runs WHERE last < ? LIMIT ?)', before, AT_ONCE) > 0) yield;
  while (file.run('DELETE FROM people WHERE user IN (SELECT user FROM people WHERE last < ? LIMIT ?)', before, AT_ONCE) > 0) yield;
  return removed;
}

/** Forgets hourly counts of groups that are older than anybody looks at by the hour; daily ones, and those of projects, stay. */
export function* pruneCounts(file: ErrorsFile, now: number): Generator<void> {
  const hour = Math.floor((now - HOURS_KEPT) / HOUR);
  for (let last = 0; ;) {
    const groups = file.all<{ id: number }>('SELECT id FROM groups WHERE id > ? AND first_seen < ? ORDER BY id LIMIT 100', last, hour * HOUR);
    if (groups.length === 0) return;
    file.transact(() => {
      for (const { id } of groups) for (const table of ['hours', 'splits']) file.run(`DELETE FROM ${table} WHERE grp = ? AND hour < ?`, id, hour);
    });
    last = groups[groups.length - 1].id;
    yield;
  }
}

function forget(file: ErrorsFile, events: readonly { id: number; grp: number }[]): number {
  const kept = new Map<number, number>();
  for (const { id, grp } of events) {
    file.run('DELETE FROM bodies WHERE event = ?', id);
    file.run('DELETE FROM events WHERE id = ?', id);
    unlinkJob(file, id);
    kept.set(grp, (kept.get(grp) ?? 0) + 1);
  }
  for (const [group, count] of kept) file.run('UPDATE groups SET kept = kept - ? WHERE id = ?', count, group);
  return events.length;
}
