import { type JobSettings, type RunStatus, USUAL_JOB } from '../../../core/job.ts';
import type { Job, JobEnvironment, Run } from '../jobs-store.ts';
import type { Standing } from './states.ts';

export interface JobRow {
  id: number;
  project: number;
  slug: string;
  name: string;
  settings: string;
  muted: number;
  created: number;
}

export interface EnvironmentRow extends Standing {
  job: number;
  name: string;
  expected: number;
  deadline: number;
}

export interface RunRow {
  id: number;
  job: number;
  environment: string;
  run: string;
  status: RunStatus;
  timed_out: number;
  unwatched: number;
  started: number;
  ended: number | null;
  duration: number | null;
  deadline: number;
  command: string;
  host: string;
  release: string;
  trace: string;
  files: string;
  ok: number | null;
  failed: number | null;
  total: number | null;
  exit_code: number | null;
}

/** What an older Heed did not know has its usual value. */
export const settingsOf = ({ settings }: Pick<JobRow, 'settings'>): JobSettings => ({ ...USUAL_JOB, ...(JSON.parse(settings) as Partial<JobSettings>) });

export function jobOf(row: JobRow, environments: JobEnvironment[]): Job {
  const { id, project, slug, name, muted, created } = row;
  return { id, project, slug, name, settings: settingsOf(row), muted: muted === 1, created, environments };
}

export function runOf(row: RunRow): Run {
  const { id, job, environment, run, status, started, ended, duration, command, host, release, trace, ok, failed, total } = row;
  return {
    id: run,
    number: id,
    job,
    environment,
    status,
    timedOut: row.timed_out === 1,
    unwatched: row.unwatched === 1,
    started,
    ended,
    durationMs: duration,
    command,
    host,
    release,
    trace,
    files: JSON.parse(row.files) as string[],
    ok,
    failed,
    total,
    exitCode: row.exit_code,
  };
}
