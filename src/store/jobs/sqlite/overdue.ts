import { randomBytes } from 'node:crypto';
import type { CheckedIn } from '../jobs-store.ts';
import { endRun } from './end-run.ts';
import type { JobsFile } from './jobs-file.ts';
import { expectAfterMiss } from './known-job.ts';
import { type EnvironmentRow, type JobRow, type RunRow, settingsOf } from './rows.ts';

const MOST_AT_ONCE = 1000;
const MINUTE_MS = 60_000;
/** Between two writes of until when misses were looked for. */
const WATCH_EVERY_MS = 30_000;

/**
 * Makes the runs that were missed, and ends those that take too long, within a transaction.
 * @param since when this process began to look: what was to begin while none did may still be told for as long as its margin, and what was planned meanwhile
 * counts as one miss
 */
export function endOverdue(file: JobsFile, now: number, since: number): CheckedIn[] {
  const ended: CheckedIn[] = [];
  const until = file.get<{ until: number }>('SELECT until FROM watched')?.until;
  const gap = until === undefined || since <= until ? undefined : { from: until, until: since };
  const due = file.all<EnvironmentRow>('SELECT * FROM environments WHERE deadline > 0 AND deadline <= ? ORDER BY deadline LIMIT ?', now, MOST_AT_ONCE);
  for (const environment of due) {
    const job = jobOf(file, environment.job);
    const unwatched = environment.deadline <= since;
    if (unwatched && now < since + settingsOf(job).marginMinutes * MINUTE_MS) continue;
    ended.push(miss(file, job, environment, unwatched, now));
    expectAfterMiss(file, job, environment, unwatched ? Math.max(since, environment.expected) : environment.expected);
  }
  const slow = file.all<RunRow>(`SELECT * FROM runs WHERE status = 'in_progress' AND deadline <= ? ORDER BY deadline LIMIT ?`, now, MOST_AT_ONCE);
  for (const run of slow) {
    // A run whose end could not be told has as long again as one that begins now.
    if (gap !== undefined && run.deadline > gap.from && run.deadline <= gap.until && now < since + MINUTE_MS) continue;
    ended.push(endRun(file, jobOf(file, run.job), run, { status: 'timeout', ended: run.deadline, duration: null, timedOut: true }, now));
  }
  if (until === undefined || now - until >= WATCH_EVERY_MS) {
    // Before all that was due meanwhile is told, the gap stays known.
    if (gap === undefined || now >= since + MINUTE_MS) file.run('INSERT OR REPLACE INTO watched VALUES (1, ?)', now);
  }
  return ended;
}

function miss(file: JobsFile, job: JobRow, { name, expected }: EnvironmentRow, unwatched: boolean, now: number): CheckedIn {
  const id = file.insert(
    `INSERT INTO runs (job, environment, run, status, unwatched, started, deadline) VALUES (?, ?, ?, 'missed', ?, ?, 0)`,
    job.id,
    name,
    randomBytes(16).toString('hex'),
    Number(unwatched),
    expected,
  );
  const run = file.get<RunRow>('SELECT * FROM runs WHERE id = ?', id) as RunRow;
  return endRun(file, job, run, { status: 'missed', ended: expected, duration: null, timedOut: false }, now);
}

const jobOf = (file: JobsFile, id: number): JobRow => file.get<JobRow>('SELECT * FROM jobs WHERE id = ?', id) as JobRow;
