import { Cron } from 'croner';
import { causeOf, HeedError } from './errors.ts';
import type { IntervalUnit, JobSchedule } from './job.ts';

const MINUTE_MS = 60_000;
const LENGTHS: Readonly<Record<Exclude<IntervalUnit, 'month' | 'year'>, number>> = { minute: MINUTE_MS, hour: 3_600_000, day: 86_400_000, week: 604_800_000 };
/** A clock that goes ahead a little, or a job that waits for no round second, begins a run so much too early and still means the time after it. */
const MOST_EARLY_MS = 60_000;
/** Of the time between two runs. */
const EARLY_PART = 0.1;

/**
 * When the job is to begin next after a time, both milliseconds since 1970. Crontab lines are read by the zone: where its clocks go forward, what lies in the
 * hour that there is not runs when that is over; where they go back, it runs once. Undefined where the line has no time any more, e.g. 30 February.
 */
export function expectedAfter(schedule: JobSchedule, timezone: string, time: number): number | undefined {
  if (schedule.kind === 'crontab') return cronOf(schedule.crontab, timezone).nextRun(new Date(time))?.getTime();
  if (schedule.unit !== 'month' && schedule.unit !== 'year') return time + schedule.every * LENGTHS[schedule.unit];
  const months = schedule.every * (schedule.unit === 'year' ? 12 : 1);
  const from = new Date(time);
  const next = new Date(time);
  next.setUTCMonth(from.getUTCMonth() + months, 1);
  // The last of a month that has not so many days.
  const days = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate();
  next.setUTCDate(Math.min(from.getUTCDate(), days));
  return Number.isNaN(next.getTime()) ? undefined : next.getTime();
}

/** When the run after one that began at `began` is to begin: what begins a little early is the run of the time after it. */
export function expectedAfterRun(schedule: JobSchedule, timezone: string, began: number): number | undefined {
  const next = expectedAfter(schedule, timezone, began);
  if (schedule.kind !== 'crontab' || next === undefined) return next;
  const following = expectedAfter(schedule, timezone, next);
  if (following === undefined) return next;
  return next - began <= Math.min(MOST_EARLY_MS, (following - next) * EARLY_PART) ? following : next;
}

/** @throws HeedError `bad_schedule` for a line or a zone that cannot be read */
export function checkSchedule(schedule: JobSchedule, timezone: string): void {
  if (schedule.kind === 'crontab') cronOf(schedule.crontab, timezone);
}

const SHORTHANDS = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/i;

function cronOf(crontab: string, timezone: string): Cron {
  const fields = crontab.trim().split(/\s+/).length;
  if (fields !== 5 && !SHORTHANDS.test(crontab.trim()))
    throw bad(crontab, `it has ${fields} fields, five are needed: minute, hour, day of month, month, day of week`);
  try {
    const cron = new Cron(crontab.trim(), { timezone, paused: true, mode: '5-part' });
    // Zones are looked at with the first question only.
    cron.nextRun(new Date(0));
    return cron;
  } catch (error) {
    throw bad(crontab, causeOf(error).replace(/^CronPattern: /, ''));
  }
}

const bad = (crontab: string, why: string): HeedError =>
  new HeedError('bad_schedule', `cannot read schedule '${crontab.slice(0, 60)}': ${why}; write one like 0 2 * * *`);
