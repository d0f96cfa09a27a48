import { HeedError } from './errors.ts';
import { checkSchedule } from './job-schedule.ts';
import { INTERVAL_UNITS, type JobSchedule } from './job.ts';

/**
 * `0 2 * * *`, `@daily`, `every 10 minutes`; null for an empty text, which is no schedule.
 * @throws HeedError `bad_schedule`
 */
export function readSchedule(text: string, timezone: string): JobSchedule | null {
  const line = text.trim();
  if (line === '') return null;
  const [, every = '1', name] = /^every\s+(?:(\d{1,5})\s+)?(minute|hour|day|week|month|year)s?$/i.exec(line) ?? [];
  const unit = INTERVAL_UNITS.find((known) => known === name?.toLowerCase());
  if (unit !== undefined && Number(every) > 0) return { kind: 'interval', every: Number(every), unit };
  const schedule: JobSchedule = { kind: 'crontab', crontab: line.slice(0, 256) };
  checkSchedule(schedule, timezone);
  return schedule;
}

/** As `readSchedule` reads it. */
export function writeSchedule(schedule: JobSchedule | null): string {
  if (schedule === null) return '';
  if (schedule.kind === 'crontab') return schedule.crontab;
  return schedule.every === 1 ? `every ${schedule.unit}` : `every ${schedule.every} ${schedule.unit}s`;
}

/** A zone as this machine calls it. @throws HeedError `bad_schedule` */
export function readZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new HeedError('bad_schedule', `cannot read time zone '${text.slice(0, 60)}': write one like Europe/Berlin`);
  }
}
