import { HeedError } from '../../core/errors.ts';
import { readSchedule, readZone } from '../../core/job-text.ts';
import type { Job, JobChange } from '../../store/jobs/jobs-store.ts';

/** A change of a job as the API takes it. */
export interface AskedChange {
  name?: string;
  muted?: boolean;
  schedule?: string;
  timezone?: string;
  marginMinutes?: number;
  mostRuntimeMinutes?: number;
  failureThreshold?: number;
  recoveryThreshold?: number;
  owner?: string;
}

/** @throws HeedError `bad_schedule` */
export function readChange({ schedule, timezone, mostRuntimeMinutes, ...rest }: AskedChange, known: Job | undefined): JobChange {
  const zone = timezone === undefined ? undefined : readZone(timezone);
  return {
    ...rest,
    timezone: zone,
    schedule: schedule === undefined ? undefined : readSchedule(schedule, zone ?? known?.settings.timezone ?? 'UTC'),
    mostRuntimeMinutes: mostRuntimeMinutes === 0 ? null : mostRuntimeMinutes,
  };
}

/** As check-ins name their job. @throws HeedError `bad_name` */
export function slugOfJob(text: string): string {
  if (/^[\w-]{1,50}$/.test(text)) return text.toLowerCase();
  throw new HeedError('bad_name', `cannot keep job '${text.slice(0, 60)}': its name may have 50 letters, digits, - and _`);
}
