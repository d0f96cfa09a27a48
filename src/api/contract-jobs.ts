/** Types of what the HTTP API answers of jobs; the screens and the terminal read these. Times are milliseconds. */

/** `GET /api/v1/jobs?project=`: those that fail first, then by name. */
export interface JobsAnswer {
  jobs: JobItem[];
  now: number;
}

export interface JobItem {
  /** Slug. */
  project: string;
  slug: string;
  name: string;
  /** The worst of its environments. `late` is one that should have begun, and may still; `waiting` has not ended yet. */
  state: 'failing' | 'late' | 'ok' | 'waiting' | 'muted';
  /** The state, and since when, in words. */
  words: string;
  running: number;
  settings: JobSettingsItem;
  muted: boolean;
  environments: JobEnvironmentItem[];
  /** The latest of all environments, oldest first, 30 at most. */
  runs: RunItem[];
}

/** `PUT /api/v1/jobs/:project/:slug` takes a part of these, and `name` and `muted`. */
export interface JobSettingsItem {
  /** `0 2 * * *`, `every 10 minutes`; empty for none. */
  schedule: string;
  timezone: string;
  marginMinutes: number;
  /** 0 for what is usual: 30 minutes with a schedule, a day without. */
  mostRuntimeMinutes: number;
  failureThreshold: number;
  recoveryThreshold: number;
  owner: string;
}

export interface JobEnvironmentItem {
  name: string;
  state: JobItem['state'];
  since: number;
  /** Null where nothing is expected. */
  expected: number | null;
  running: number;
  last: RunItem | null;
}

export interface RunItem {
  id: string;
  /** For the next page. */
  number: number;
  environment: string;
  status: 'in_progress' | 'ok' | 'error' | 'timeout' | 'missed';
  timedOut: boolean;
  unwatched: boolean;
  /** Of a missed one: when it was to begin. */
  started: number;
  ended: number | null;
  durationMs: number | null;
  command: string;
  host: string;
  release: string;
  files: string[];
  /** Records, as far as they were told. */
  ok: number | null;
  failed: number | null;
  total: number | null;
  exitCode: number | null;
}

/** `GET /api/v1/jobs/:project/:slug?environment=&before=&limit=` */
export interface JobAnswer {
  job: JobItem;
  /** Newest first. */
  runs: RunItem[];
  /** For `before` of the next page; null on the last. */
  next: number | null;
  dsn: string;
  now: number;
}

/** What failed in a run. */
export interface RunErrorsItem {
  /** All errors that happened in it, and those that are told apart here. */
  events: number;
  listed: number;
  /** Most errors first; 100 at most, of so many. */
  files: { file: string; events: number; records: number; issues: number }[];
  allFiles: number;
  /** Of the file that was asked for, or of all; most errors first, 50 at most. */
  issues: { shortId: string; title: string; level: string; state: string; events: number; records: number; files: number }[];
  /** In order of files and records, `limit` at most, of so many. */
  records: { file: string; record: string; events: number; shortId: string; title: string; eventId: string }[];
  allRecords: number;
}

/** `GET /api/v1/jobs/:project/:slug/runs/:run?file=&limit=` */
export interface RunAnswer {
  job: JobItem;
  run: RunItem;
  /** End of what it printed; empty for nothing. */
  output: string;
  errors: RunErrorsItem;
  now: number;
}
