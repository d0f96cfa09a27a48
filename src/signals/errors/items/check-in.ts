import { causeOf } from '../../../core/errors.ts';
import { slugOf } from '../../../core/slug.ts';
import { readEventId } from '../event/event-id.ts';
import { readEnvironment } from '../event/names.ts';
import { Notes } from '../event/notes.ts';
import { integerOf, isRecord, lineOf, numberOf, type Raw } from '../event/shapes.ts';
import { badItem, recordOfItem } from './item-error.ts';

/** A scheduled job says that it began, or how it ended. */
export interface CheckIn {
  /** 32 lower-case hex digits; `latest` means the one that is in progress; undefined is a new one. */
  id?: string;
  /** Of the monitor. */
  slug: string;
  status: 'in_progress' | 'ok' | 'error';
  durationMs?: number;
  environment: string;
  /** Makes or changes the monitor. */
  config?: MonitorConfig;
  /** Why the settings that came with it cannot be taken; the check-in counts all the same. */
  configProblem?: string;
}

export interface MonitorConfig {
  schedule: { kind: 'crontab'; crontab: string } | { kind: 'interval'; every: number; unit: IntervalUnit };
  marginMinutes?: number;
  mostRuntimeMinutes?: number;
  timezone?: string;
  /** In a row, before it is an issue, and before it is well again. */
  failureThreshold?: number;
  recoveryThreshold?: number;
  owner?: string;
}

const UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export type IntervalUnit = (typeof UNITS)[number];

const MOST_SLUG = 50;
const MOST_WORD = 64;
const MOST_CRONTAB = 256;
const MOST_MINUTES = 40_320;
const MOST_COUNT = 720;
const MOST_SECONDS = 31_536_000;

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
    ...(isRecord(raw.monitor_config) ? readConfigOrProblem(raw.monitor_config) : undefined),
  };
}

const isZero = (id: unknown): boolean => typeof id === 'string' && /^0{8}-?(?:0{4}-?){3}0{12}$/.test(id);

function readConfigOrProblem(raw: Raw): Pick<CheckIn, 'config' | 'configProblem'> {
  try {
    return { config: readConfig(raw) };
  } catch (error) {
    return { configProblem: causeOf(error) };
  }
}

function readConfig(raw: Raw): MonitorConfig {
  return {
    schedule: readSchedule(isRecord(raw.schedule) ? raw.schedule : {}),
    marginMinutes: integerOf(raw.checkin_margin, 1, MOST_MINUTES),
    mostRuntimeMinutes: integerOf(raw.max_runtime, 1, MOST_MINUTES),
    timezone: readZone(raw.timezone),
    failureThreshold: integerOf(raw.failure_issue_threshold, 1, MOST_COUNT),
    recoveryThreshold: integerOf(raw.recovery_threshold, 1, MOST_COUNT),
    owner: lineOf(raw.owner, MOST_WORD),
  };
}

function readSchedule(raw: Raw): MonitorConfig['schedule'] {
  if (raw.type === 'interval') {
    const every = integerOf(raw.value, 1, 100_000);
    const unit = UNITS.find((name) => name === raw.unit);
    if (every !== undefined && unit !== undefined) return { kind: 'interval', every, unit };
    throw badItem('check-in', `an interval must have a 'value' and a 'unit' of ${UNITS.join(', ')}`);
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
