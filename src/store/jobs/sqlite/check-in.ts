import { randomBytes } from 'node:crypto';
import { mostRuntimeMs } from '../../../core/job.ts';
import { type CheckedIn, MOST_FILES, MOST_OUTPUT, MOST_OUTPUTS, MOST_RUNS, type NewCheckIn, type RunDetails } from '../jobs-store.ts';
import { endRun } from './end-run.ts';
import type { JobsFile } from './jobs-file.ts';
import { expectNext, takeEnvironment, takeJob } from './known-job.ts';
import { type JobRow, type RunRow, runOf, settingsOf } from './rows.ts';

const MOST_COMMAND = 4000;
const MOST_NAME = 200;
/** New runs between two looks at how many a job has. */
const LOOK_EVERY = 50;

/** Takes a check-in, within a transaction. */
export function checkIn(file: JobsFile, told: NewCheckIn): CheckedIn {
  const { status, time, durationMs } = told;
  const job = takeJob(file, told.project, told.slug, told.settings ?? {}, time);
  const environment = takeEnvironment(file, job, told.environment, time);
  const known = findRun(file, job, environment.name, told);
  const run = known ?? beginRun(file, job, environment.name, told);
  if (known === undefined) expectNext(file, job, environment, run.started);
  const newRecords = tell(file, run, told);
  const now = file.get<RunRow>('SELECT * FROM runs WHERE id = ?', run.id) as RunRow;
  const rest = { project: job.project, slug: job.slug, newRecords };
  if (status === 'in_progress') {
    // Who says again that it goes on may go on.
    if (known?.status === 'in_progress') file.run('UPDATE runs SET deadline = ? WHERE id = ?', time + mostRuntimeMs(settingsOf(job)), run.id);
    return { ...rest, run: runOf(now), ended: false, turned: undefined };
  }
  // Told twice. What took too long has the last word itself all the same.
  if (known !== undefined && (known.status === 'ok' || known.status === 'error')) return { ...rest, run: runOf(now), ended: false, turned: undefined };
  const duration = durationMs ?? (known === undefined ? null : time - known.started);
  return { ...endRun(file, job, now, { status, ended: time, duration, timedOut: now.timed_out === 1 }, time), newRecords };
}

function findRun(file: JobsFile, job: JobRow, environment: string, { id, status }: NewCheckIn): RunRow | undefined {
  if (id !== undefined) return file.get<RunRow>('SELECT * FROM runs WHERE job = ? AND run = ?', job.id, id);
  if (status === 'in_progress') return undefined;
  return file.get<RunRow>(
    `SELECT * FROM runs INDEXED BY runs_in_progress WHERE status = 'in_progress' AND deadline > 0 AND job = ? AND environment = ? ORDER BY id DESC LIMIT 1`,
    job.id,
    environment,
  );
}

function beginRun(file: JobsFile, job: JobRow, environment: string, told: NewCheckIn): RunRow {
  const started = Math.floor(told.time - (told.status === 'in_progress' ? 0 : (told.durationMs ?? 0)));
  const id = file.insert(
    `INSERT INTO runs (job, environment, run, status, started, deadline) VALUES (?, ?, ?, 'in_progress', ?, ?)`,
    job.id,
    environment,
    told.id ?? randomBytes(16).toString('hex'),
    started,
    started + mostRuntimeMs(settingsOf(job)),
  );
  if (id % LOOK_EVERY === 0) forgetBeyond(file, job);
  return file.get<RunRow>('SELECT * FROM runs WHERE id = ?', id) as RunRow;
}

function forgetBeyond(file: JobsFile, { id }: JobRow): void {
  const last = file.get<{ id: number }>('SELECT id FROM runs WHERE job = ? ORDER BY id DESC LIMIT 1 OFFSET ?', id, MOST_RUNS)?.id;
  if (last === undefined) return;
  file.run('DELETE FROM runs WHERE job = ? AND id <= ?', id, last);
  file.run('DELETE FROM outputs WHERE job = ? AND run <= ?', id, last);
}

/** Keeps what is told of the run. @returns records that were not told before */
function tell(file: JobsFile, run: RunRow, { release, trace, details = {} }: NewCheckIn): { ok: number; failed: number } {
  const { command, host, files, ok, failed, total, exitCode, output } = details;
  file.run(
    `UPDATE runs SET command = coalesce(?, command), host = coalesce(?, host), release = coalesce(?, release), trace = coalesce(?, trace),
      files = coalesce(?, files), ok = coalesce(?, ok), failed = coalesce(?, failed), total = coalesce(?, total), exit_code = coalesce(?, exit_code) WHERE id = ?`,
    command?.slice(0, MOST_COMMAND) ?? null,
    host?.slice(0, MOST_NAME) ?? null,
    release?.slice(0, MOST_NAME) ?? null,
    trace ?? null,
    files === undefined ? null : JSON.stringify(namesOf(files)),
    ok ?? null,
    failed ?? null,
    total ?? null,
    exitCode ?? null,
    run.id,
  );
  if (output !== undefined && output !== '') {
    file.run('INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)', run.id, run.job, output.slice(-MOST_OUTPUT));
    file.run(
      'DELETE FROM outputs WHERE job = ?1 AND run <= (SELECT run FROM outputs WHERE job = ?1 ORDER BY run DESC LIMIT 1 OFFSET ?2)',
      run.job,
      MOST_OUTPUTS,
    );
  }
  return { ok: more(ok, run.ok), failed: more(failed, run.failed) };
}

const namesOf = (files: NonNullable<RunDetails['files']>): string[] => [...new Set(files.map((name) => name.slice(0, MOST_NAME)))].slice(0, MOST_FILES);

/** Counts are told as they are so far. */
const more = (told: number | undefined, before: number | null): number => Math.max(0, (told ?? 0) - (before ?? 0));
