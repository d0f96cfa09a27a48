import type { JobSettings, RunStatus } from '../../core/job.ts';

/**
 * Jobs that run by a schedule or by hand, and their runs. The embedded engine keeps them in SQLite, a distributed one in PostgreSQL.
 * `contract.suite.ts` runs against every implementation. All times are milliseconds since 1970.
 */
export interface JobsStore extends AsyncDisposable {
  /**
   * A run begins, goes on or ends; makes its job where that is new. Resolves when it is written: a kill of the process loses nothing of it.
   * @throws HeedError `too_many_jobs` (429), `cannot_write` (503)
   */
  checkIn(checkIn: NewCheckIn): Promise<CheckedIn>;
  /** Makes the runs that were missed, and ends those that take too long; at most 1,000, the rest with the next call. */
  endOverdue(now: number): Promise<CheckedIn[]>;
  /** Of a project or of all, those that fail first, then by name. */
  jobs(project: number | null): Promise<Job[]>;
  job(project: number, slug: string): Promise<Job | undefined>;
  /** Makes a job, or changes what is given. @throws HeedError `too_many_jobs` (429), `bad_schedule` */
  save(project: number, slug: string, change: JobChange): Promise<Job>;
  /** With its runs. Resolves to whether it was there. */
  remove(project: number, slug: string): Promise<boolean>;
  removeProject(project: number): Promise<void>;
  /** Newest first. */
  runs(question: RunsQuestion): Promise<Run[]>;
  run(job: number, id: string): Promise<Run | undefined>;
  /** The last that was heard of its program's output; empty for nothing. */
  output(job: number, id: string): Promise<string>;
  /** The run that an event is of, as far as that can be told: by the run's id, else if it is the only one that may be meant. */
  runOf(project: number, of: RunClue, now: number): { slug: string; run: string } | undefined;
  /** Forgets old runs. */
  prune(now: number): Promise<void>;
  readonly damage: { file: string; what: string; time: number }[];
}

export interface NewCheckIn {
  project: number;
  slug: string;
  /** 32 hex digits; undefined for the one in progress that began last, or for a new one. */
  id?: string;
  status: 'in_progress' | 'ok' | 'error';
  environment: string;
  /** When it came. */
  time: number;
  durationMs?: number;
  /** Makes or changes what is expected of the job. */
  settings?: Partial<JobSettings>;
  release?: string;
  /** Of the trace within which it runs, 32 hex digits. */
  trace?: string;
  details?: RunDetails;
}

/** What is told of a run beside how it goes; what is not told stays. */
export interface RunDetails {
  /** The command with its arguments. */
  command?: string;
  host?: string;
  /** Input files. */
  files?: readonly string[];
  /** Records that went well and that failed, so far, and how many there are. */
  ok?: number;
  failed?: number;
  total?: number;
  /** End of what the program printed. */
  output?: string;
  exitCode?: number;
}

/** What became of a check-in. */
export interface CheckedIn {
  project: number;
  slug: string;
  run: Run;
  /** The run ended by this. */
  ended: boolean;
  /** The job began to fail, or is well again, by this. */
  turned: 'failing' | 'recovered' | undefined;
  /** Records that were told for the first time. */
  newRecords: { ok: number; failed: number };
}

export interface Job {
  id: number;
  project: number;
  slug: string;
  name: string;
  settings: JobSettings;
  /** It is not looked after: nothing is missed, and it does not count as failing. */
  muted: boolean;
  created: number;
  /** At least one, once it ran. */
  environments: JobEnvironment[];
}

export interface JobEnvironment {
  name: string;
  state: 'waiting' | 'ok' | 'failing';
  /** When the state began. */
  since: number;
  /** When the next run is to begin; null for one without a schedule. */
  expected: number | null;
  last: Run | null;
  running: number;
}

export interface Run {
  /** 32 hex digits, as its client calls it. */
  id: string;
  /** Grows with each run. */
  number: number;
  job: number;
  environment: string;
  status: RunStatus;
  /** It took longer than it may, whatever became of it. */
  timedOut: boolean;
  /** Of a missed one: Heed did not run when it was to begin, so it may have begun all the same. */
  unwatched: boolean;
  started: number;
  ended: number | null;
  durationMs: number | null;
  command: string;
  host: string;
  release: string;
  trace: string;
  files: string[];
  ok: number | null;
  failed: number | null;
  total: number | null;
  exitCode: number | null;
}

export interface RunsQuestion {
  job: number;
  environment?: string;
  limit: number;
  /** Only with a lower number. */
  before?: number;
}

export type JobChange = Partial<JobSettings> & { name?: string; muted?: boolean };

/** What an event says of the run that it is of. */
export interface RunClue {
  slug?: string;
  run?: string;
  trace?: string;
  environment: string;
}

export const MOST_JOBS = 1000;
export const MOST_ENVIRONMENTS = 50;
export const MOST_RUNS = 10_000;
export const MOST_OUTPUTS = 100;
export const MOST_OUTPUT = 65_536;
export const MOST_FILES = 100;
export const RUNS_KEPT_MS = 400 * 86_400_000;
