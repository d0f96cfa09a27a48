import { writeSchedule } from '../../core/job-text.ts';
import { formatDuration } from '../../core/numbers.ts';
import type { Job, JobEnvironment, JobsStore, Run } from '../../store/jobs/jobs-store.ts';
import type { JobEnvironmentItem, JobItem, RunItem } from '../contract-jobs.ts';

/** Runs of a strip. */
const STRIP = 30;

const WORST: readonly JobItem['state'][] = ['failing', 'late', 'ok', 'waiting'];

/** A job as the API answers it, with its latest runs. */
export async function jobItem(jobs: Pick<JobsStore, 'runs'>, job: Job, project: string, now: number): Promise<JobItem> {
  const { slug, name, muted, settings } = job;
  const environments = job.environments.map((environment) => environmentItem(environment, muted, now));
  const state = muted ? 'muted' : (WORST.find((worst) => environments.some((environment) => environment.state === worst)) ?? 'waiting');
  const { schedule, mostRuntimeMinutes, ...rest } = settings;
  return {
    project,
    slug,
    name,
    state,
    words: inWords(state, environments, now),
    running: environments.reduce((sum, { running }) => sum + running, 0),
    settings: { ...rest, schedule: writeSchedule(schedule), mostRuntimeMinutes: mostRuntimeMinutes ?? 0 },
    muted,
    environments,
    runs: (await jobs.runs({ job: job.id, limit: STRIP })).toReversed().map(runItem),
  };
}

export function runItem({ job: _job, trace: _trace, ...run }: Run): RunItem {
  return run;
}

function environmentItem({ name, state, since, expected, last, running }: JobEnvironment, muted: boolean, now: number): JobEnvironmentItem {
  const isLate = expected !== null && expected < now && state !== 'failing';
  return { name, state: muted ? 'muted' : isLate ? 'late' : state, since, expected, running, last: last && runItem(last) };
}

function inWords(state: JobItem['state'], environments: JobEnvironmentItem[], now: number): string {
  const worst = environments.find((environment) => environment.state === state);
  const where = worst && environments.length > 1 ? ` in ${worst.name}` : '';
  if (state === 'failing' && worst) return `failing${where} for ${formatDuration(now - worst.since)}`;
  if (state === 'late' && worst?.expected) return `late${where} by ${formatDuration(now - worst.expected)}`;
  if (state === 'waiting') return environments.some(({ running }) => running > 0) ? 'running for the first time' : 'has not run yet';
  return state;
}
