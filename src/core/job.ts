/** When a job is to run: by a line of a crontab, or so long after it last began. */
export type JobSchedule = { kind: 'crontab'; crontab: string } | { kind: 'interval'; every: number; unit: IntervalUnit };

export const INTERVAL_UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export type IntervalUnit = (typeof INTERVAL_UNITS)[number];

/** How a run went; `missed` is one that did not begin in time, `timeout` one that did not end in time. */
export const RUN_STATUSES = ['in_progress', 'ok', 'error', 'timeout', 'missed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** What is expected of a job. */
export interface JobSettings {
  /** Null for one that runs when somebody starts it. */
  schedule: JobSchedule | null;
  /** How much later than planned a run may begin. */
  marginMinutes: number;
  /** How long a run may take; null for what is usual, see `mostRuntimeMs`. */
  mostRuntimeMinutes: number | null;
  /** IANA name, by which crontab lines are read. */
  timezone: string;
  /** Runs in a row that fail before the job is failing, and that go well before it is well again. */
  failureThreshold: number;
  recoveryThreshold: number;
  owner: string;
}

export const USUAL_JOB: JobSettings = {
  schedule: null,
  marginMinutes: 1,
  mostRuntimeMinutes: null,
  timezone: 'UTC',
  failureThreshold: 1,
  recoveryThreshold: 1,
  owner: '',
};

const MINUTE_MS = 60_000;
/** Of a job with a schedule, as Sentry has it. */
const USUAL_RUNTIME_MS = 30 * MINUTE_MS;
/** Of one without: an import may take long, but one that was killed does not run for ever. */
const LONGEST_RUNTIME_MS = 24 * 60 * MINUTE_MS;

/** How long a run of the job may take, milliseconds. */
export function mostRuntimeMs({ schedule, mostRuntimeMinutes }: Pick<JobSettings, 'schedule' | 'mostRuntimeMinutes'>): number {
  return mostRuntimeMinutes === null ? (schedule === null ? LONGEST_RUNTIME_MS : USUAL_RUNTIME_MS) : mostRuntimeMinutes * MINUTE_MS;
}
