import type { Job, JobEnvironment } from '../jobs-store.ts';
import type { JobsFile } from './jobs-file.ts';
import { type EnvironmentRow, jobOf, type JobRow, type RunRow, runOf } from './rows.ts';

const MOST = 5000;

/** Those that fail first, then by name. */
export function jobsOf(file: JobsFile, project: number | null): Job[] {
  const rows = file.all<JobRow>('SELECT * FROM jobs WHERE ?1 IS NULL OR project = ?1 ORDER BY slug, project LIMIT ?2', project, MOST);
  const jobs = rows.map((row) => jobOf(row, environmentsOf(file, row.id)));
  const fails = ({ muted, environments }: Job): number => (!muted && environments.some(({ state }) => state === 'failing') ? 0 : 1);
  return jobs.toSorted((a, b) => fails(a) - fails(b));
}

export function environmentsOf(file: JobsFile, job: number): JobEnvironment[] {
  return file.all<EnvironmentRow>('SELECT * FROM environments WHERE job = ? ORDER BY name', job).map(({ name, state, since, expected }) => {
    const last = file.get<RunRow>('SELECT * FROM runs WHERE job = ? AND environment = ? ORDER BY id DESC LIMIT 1', job, name);
    const running = file.get<{ running: number }>(
      `SELECT count(*) AS running FROM runs INDEXED BY runs_in_progress WHERE status = 'in_progress' AND deadline > 0 AND job = ? AND environment = ?`,
      job,
      name,
    );
    return { name, state, since, expected: expected === 0 ? null : expected, last: last ? runOf(last) : null, running: running?.running ?? 0 };
  });
}
