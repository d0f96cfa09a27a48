import type { RunStatus } from '../../../core/job.ts';
import type { CheckedIn } from '../jobs-store.ts';
import type { JobsFile } from './jobs-file.ts';
import { type EnvironmentRow, type JobRow, type RunRow, runOf, settingsOf } from './rows.ts';
import { afterRun } from './states.ts';

/** A run ended as it is told: what that makes of its job. */
export function endRun(
  file: JobsFile,
  job: JobRow,
  run: RunRow,
  { status, ended, duration, timedOut }: { status: Exclude<RunStatus, 'in_progress'>; ended: number; duration: number | null; timedOut: boolean },
  now: number,
): CheckedIn {
  file.run('UPDATE runs SET status = ?, ended = ?, duration = ?, timed_out = ? WHERE id = ?', status, ended, duration, Number(timedOut), run.id);
  const environment = file.get<EnvironmentRow>('SELECT * FROM environments WHERE job = ? AND name = ?', job.id, run.environment) as EnvironmentRow;
  const after = afterRun(environment, status === 'ok' ? 'well' : 'badly', settingsOf(job), now);
  file.run(
    'UPDATE environments SET state = ?, since = ?, failures = ?, successes = ? WHERE job = ? AND name = ?',
    after.state,
    after.since,
    after.failures,
    after.successes,
    job.id,
    run.environment,
  );
  const turned =
    after.state === environment.state ? undefined : after.state === 'failing' ? 'failing' : environment.state === 'failing' ? 'recovered' : undefined;
  const told = runOf({ ...run, status, ended, duration, timed_out: Number(timedOut) });
  return { project: job.project, slug: job.slug, run: told, ended: true, turned, newRecords: { ok: 0, failed: 0 } };
}
