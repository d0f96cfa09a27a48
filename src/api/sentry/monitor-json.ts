import { type JobSettings, mostRuntimeMs } from '../../core/job.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { Job, JobEnvironment, Run } from '../../store/jobs/jobs-store.ts';
import { iso } from './period.ts';
import { projectJson } from './projects.ts';

const MINUTE_MS = 60_000;

/** A job as Sentry's monitor. */
export function monitorJson(job: Job, project: CatalogProject): Record<string, unknown> {
  const { id, slug, name, settings, muted, created, environments } = job;
  return {
    id: String(id),
    slug,
    name,
    status: 'active',
    isMuted: muted,
    isUpserting: false,
    type: 'cron_job',
    config: configJson(settings),
    dateCreated: iso(created),
    project: projectJson(project),
    environments: environments.map((environment) => environmentJson(environment, settings.marginMinutes, muted, created)),
    owner: null,
  };
}

/** A job without a schedule has an empty crontab: Sentry knows no monitor without one. */
function configJson(settings: JobSettings): Record<string, unknown> {
  const { schedule } = settings;
  return {
    schedule_type: schedule?.kind ?? 'crontab',
    schedule: schedule === null ? '' : schedule.kind === 'crontab' ? schedule.crontab : [schedule.every, schedule.unit],
    checkin_margin: settings.marginMinutes,
    max_runtime: mostRuntimeMs(settings) / MINUTE_MS,
    timezone: settings.timezone,
    failure_issue_threshold: settings.failureThreshold,
    recovery_threshold: settings.recoveryThreshold,
    alert_rule_id: null,
  };
}

const STATUS: Readonly<Record<JobEnvironment['state'], string>> = { waiting: 'active', ok: 'ok', failing: 'error' };

function environmentJson({ name, state, expected, last }: JobEnvironment, margin: number, isMuted: boolean, created: number): Record<string, unknown> {
  return {
    name,
    status: STATUS[state],
    isMuted,
    dateCreated: iso(created),
    lastCheckIn: last === null ? null : iso(last.started),
    nextCheckIn: expected === null ? null : iso(expected),
    nextCheckInLatest: expected === null ? null : iso(expected + margin * MINUTE_MS),
    activeIncident: null,
  };
}

/** A run as Sentry's check-in; durations are milliseconds there too. */
export function checkInJson({ id, environment, status, durationMs, started, ended }: Run, settings: JobSettings): Record<string, unknown> {
  return {
    id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    environment,
    status,
    duration: durationMs === null ? null : Math.round(durationMs),
    dateAdded: iso(started),
    dateCreated: iso(started),
    dateUpdated: iso(ended ?? started),
    dateInProgress: status === 'missed' ? null : iso(started),
    dateClock: iso(started),
    // When it began is all that is kept of when one that came was to begin.
    expectedTime: iso(started),
    monitorConfig: configJson(settings),
  };
}
