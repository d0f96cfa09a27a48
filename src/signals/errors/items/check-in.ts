import { causeOf } from '../../../core/errors.ts';
import { checkSchedule } from '../../../core/job-schedule.ts';
import { INTERVAL_UNITS, type JobSchedule, type JobSettings } from '../../../core/job.ts';
import { slugOf } from '../../../core/slug.ts';
import { readEventId } from '../event/event-id.ts';
import { readEnvironment } from '../event/names.ts';
import { Notes } from '../event/notes.ts';
import { compact, integerOf, isRecord, lineOf, numberOf, type Raw, textOf } from '../event/shapes.ts';
import { badItem, recordOfItem } from './item-error.ts';

/** A scheduled job says that it began, or how it ended. */
export interface CheckIn {
  /** 32 lower-case hex digits; undefined, or `latest`, is the one that is in progress. */
  id?: string;
  /** Of the monitor. */
  slug: string;
  status: 'in_progress' | 'ok' | 'error';
  durationMs?: number;
  environment: string;
  release?: string;
  /** Of the trace within which it runs. */
  trace?: string;
  job?: CheckInJob;
  /** Makes or changes the monitor. */
  config?: Partial<JobSettings>;
  /** Why the settings that came with it cannot be taken; the check-in counts all the same. */
  configProblem?: string;
}

/** What is told of a run, beyond Sentry's protocol: `{"job": {"command": "import.js a.csv", "files": ["a.csv"], "ok": 120, "failed": 3}}`. */
export interface CheckInJob {
  command?: string;
  host?: string;
  files?: string[];
  ok?: number;
  failed?: number;
  total?: number;
  output?: string;
  exitCode?: number;
}

const MOST_SLUG = 50;
const MOST_WORD = 64;
const MOST_CRONTAB = 256;
const MOST_MINUTES = 40_320;
const MOST_COUNT = 720;
const MOST_SECONDS = 31_536_000;
const MOST_NAME = 200;
const MOST_COMMAND = 4000;
const MOST_FILES = 100;
const MOST_OUTPUT = 65_536;
const MOST_RECORDS = 1e12;

/**
 * The item `check_in`, or the query or body of a request to a monitor's own address, whose `slug` is given; numbers may be texts.
 * @throws HeedError `bad_item`
 */
export function readCheckIn(value: unknown, slugOfAddress?: string): CheckIn {
  const raw = recordOfItem('check-in', value);
  const said = slugOfAddress ?? lineOf(raw.monitor_slug, 256);
  const slug = said === undefined || /^[\w-]+$/.test(said) ? (said?.toLowerCase() ?? '') : slugOf(said);
  if (slug === '') throw badItem('check-in', `'monitor_slug' must name a monitor`);
  const status = lineOf(raw.status, MOST_WORD)?.toLowerCase();
  if (status !== 'in_progress' && status !== 'ok' && status !== 'error') throw badItem('check-in', `'status' must be in_progress, ok or error`);
  const seconds = numberOf(raw.duration);
  return {
    id: isZero(raw.check_in_id) ? 'latest' : readEventId(raw.check_in_id),
    slug: slug.slice(0, MOST_SLUG),
    status,
    durationMs: seconds === undefined || seconds < 0 || seconds > MOST_SECONDS ? undefined : Math.round(seconds * 1e6) / 1e3,
    environment: readEnvironment(raw.environment, new Notes(undefined)) ?? 'production',
    release: lineOf(raw.release, MOST_NAME),
    trace: readTrace(raw.contexts),
    ...(isRecord(raw.job) ? { job: readJob(raw.job) } : undefined),
    ...(isRecord(raw.monitor_config) ? readConfigOrProblem(raw.monitor_config) : undefined),
  };
}

function readTrace(contexts: unknown): string | undefined {
  return isRecord(contexts) && isRecord(contexts.trace) ? readEventId(contexts.trace.trace_id) : undefined;
}

function readJob(raw: Raw): CheckInJob {
  const files = Array.isArray(raw.files) ? raw.files : typeof raw.files === 'string' ? [raw.files] : undefined;
  const named = Array.isArray(raw.arguments) ? raw.arguments.map(String).join(' ') : raw.arguments;
  return compact({
    command: lineOf(raw.command ?? named, MOST_COMMAND),
    host: lineOf(raw.host, MOST_NAME),
    files: files?.slice(0, MOST_FILES).flatMap((file) => lineOf(file, MOST_NAME) ?? []),
    ok: integerOf(raw.ok, 0, MOST_RECORDS),
    failed: integerOf(raw.failed, 0, MOST_RECORDS),
    total: integerOf(raw.total, 0, MOST_RECORDS),
    // Its end tells more than its begin.
    output: typeof raw.output === 'string' ? textOf(raw.output.slice(-MOST_OUTPUT), MOST_OUTPUT) : undefined,
    exitCode: integerOf(raw.exit_code, 0, 255),
  });
}

const isZero = (id: unknown): boolean => typeof id === 'string' && /^0{8}-?(?:0{4}-?){3}0{12}$/.test(id);

function readConfigOrProblem(raw: Raw): Pick<CheckIn, 'config' | 'configProblem'> {
  try {
    return { config: readMonitorConfig(raw) };
  } catch (error) {
    return { configProblem: causeOf(error) };
  }
}

/** Settings as Sentry's clients write them. @throws HeedError `bad_item`, `bad_schedule` */
export function readMonitorConfig(raw: Raw): Partial<JobSettings> {
  const settings = compact({
    schedule: readSchedule(isRecord(raw.schedule) ? raw.schedule : {}),
    marginMinutes: integerOf(raw.checkin_margin, 1, MOST_MINUTES),
    mostRuntimeMinutes: integerOf(raw.max_runtime, 1, MOST_MINUTES),
    timezone: readZone(raw.timezone),
    failureThreshold: integerOf(raw.failure_issue_threshold, 1, MOST_COUNT),
    recoveryThreshold: integerOf(raw.recovery_threshold, 1, MOST_COUNT),
    owner: lineOf(raw.owner, MOST_WORD),
  });
  checkSchedule(settings.schedule, settings.timezone ?? 'UTC');
  return settings;
}

function readSchedule(raw: Raw): JobSchedule {
  if (raw.type === 'interval') {
    const every = integerOf(raw.value, 1, 100_000);
    const unit = INTERVAL_UNITS.find((name) => name === raw.unit);
    if (every !== undefined && unit !== undefined) return { kind: 'interval', every, unit };
    throw badItem('check-in', `an interval must have a 'value' and a 'unit' of ${INTERVAL_UNITS.join(', ')}`);
  }
  const crontab = lineOf(raw.value, MOST_CRONTAB);
  if ((raw.type === undefined || raw.type === 'crontab') && crontab !== undefined) return { kind: 'crontab', crontab };
  throw badItem('check-in', `'schedule' must be {"type": "crontab", "value": "0 2 * * *"} or {"type": "interval", "value": 1, "unit": "day"}`);
}

/** A zone that this machine knows. */
function readZone(value: unknown): string | undefined {
  const zone = lineOf(value, MOST_WORD);
  if (zone === undefined) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw badItem('check-in', `'${zone}' is no time zone; write one like Europe/Berlin`);
  }
}
