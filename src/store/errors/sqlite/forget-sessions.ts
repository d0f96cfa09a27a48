import type { ErrorsFile } from './errors-file.ts';
import { HOUR } from './tally.ts';

/** Sessions of which more may be told; beyond, the oldest stay as they are. */
const MOST_OPEN = 1_000_000;
/** What is told of a session this long after it began is not heard, hours. */
const OPEN_HOURS = 5 * 24 + 1;
/** Hourly counts of sessions are kept so long, and users of each hour, hours. */
const HOURS_KEPT = 400 * 24;
const USERS_KEPT = 90 * 24;
const AT_ONCE = 5000;

/** Forgets some of what is too old or too much, within a transaction. @returns whether some may be left */
export function forgetSessions(file: ErrorsFile, now: number): boolean {
  const hour = Math.floor(now / HOUR);
  const open = file.get<{ open: number }>('SELECT count(*) AS open FROM sessions')?.open ?? 0;
  const old = (table: string, before: number): number => {
    // By the hour, so that no more than some go at a time.
    const first = file.get<{ hour: number | null }>(`SELECT min(hour) AS hour FROM ${table}`)?.hour ?? before;
    return first < before ? file.run(`DELETE FROM ${table} WHERE hour = ?`, first) : 0;
  };
  const gone = [
    file.run('DELETE FROM sessions WHERE (project, session) IN (SELECT project, session FROM sessions WHERE hour < ? LIMIT ?)', hour - OPEN_HOURS, AT_ONCE),
    open > MOST_OPEN
      ? file.run(
          'DELETE FROM sessions WHERE (project, session) IN (SELECT project, session FROM sessions ORDER BY hour LIMIT ?)',
          Math.min(AT_ONCE, open - MOST_OPEN),
        )
      : 0,
    old('session_hours', hour - HOURS_KEPT),
    old('session_users', hour - USERS_KEPT),
  ];
  return gone.some((rows) => rows > 0);
}

/** Forgets some of what a project's releases and runs of jobs had, within a transaction. @returns whether some may be left */
export function forgetProject(file: ErrorsFile, project: number): boolean {
  for (const [table, key] of [
    ['sessions', 'project, session'],
    ['session_users', 'project, hour, release, environment, outcome'],
    ['session_hours', 'project, hour, release, environment'],
    ['releases', 'project, release'],
    ['job_runs', 'id'],
  ]) {
    if (file.run(`DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE project = ? LIMIT ?)`, project, AT_ONCE) > 0) return true;
  }
  return false;
}
