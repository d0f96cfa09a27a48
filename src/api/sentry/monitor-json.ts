import { mostRuntimeMs } from '../../core/job.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { Job, JobEnvironment, Run } from '../../store/jobs/jobs-store.ts';
import { iso } from './period.ts';

const MINUTE_MS = 60_000;

/** A job as Sentry's monitor. */
export function monitorJson(job: Job, project: CatalogProject): Record<string, unknown> {
  const { id, slug, name, settings, muted, created, environments } = job;
  const { schedule } = settings;
  return {
    id: String(id),
    slug,
    name,
    status: 'active',
    isMuted: muted,
    isUpserting: false,
    type: 'cron_job',
    config: {
      schedule_type: schedule?.kind ?? null,
      schedule: schedule === null ? null : schedule.kind === 'crontab' ? schedule.crontab : [schedule.every, schedule.unit],
      checkin_margin: settings.marginMinutes,
      max_runtime: mostRuntimeMs(settings) / MINUTE_MS,
      timezone: settings.timezone,
      failure_issue_threshold: settings.failureThreshold,
      recovery_threshold: settings.recoveryThreshold,
      alert_rule_id: null,
    },
    dateCreated: iso(created),
    project: { id: project.id, slug: project.slug, name: project.name, platform: null },
    environments: environments.map((environment) => environmentJson(environment, settings.marginMinutes, muted, created)),
    owner: null,
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
export function checkInJson({ id, environment, status, durationMs, started, ended }: Run): Record<string, unknown> {
  return {
    id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    environment,
    status,
    duration: durationMs === null ? null : Math.round(durationMs),
    dateAdded: iso(started),
    dateCreated: iso(started),
    dateUpdated: iso(ended ?? started),
    dateInProgress: status === 'missed' ? null : iso(started),
    expectedTime: status === 'missed' ? iso(started) : null,
  };
}
