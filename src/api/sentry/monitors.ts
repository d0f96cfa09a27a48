import { HeedError } from '../../core/errors.ts';
import { isRecord } from '../../signals/errors/event/shapes.ts';
import { readMonitorConfig } from '../../signals/errors/items/check-in.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { Job, JobChange } from '../../store/jobs/jobs-store.ts';
import { projectOf } from '../issues/find.ts';
import { slugOfJob } from '../jobs/read-change.ts';
import { type Asked, route, type SentryRoutes } from './context.ts';
import { checkInJson, monitorJson } from './monitor-json.ts';
import { limitOf, linkPages, offsetOf } from './pages.ts';
import { slugOf } from '../../core/slug.ts';

const MOST_OFFSET = 5000;
const LISTS = ['/organizations/:organization/monitors/', '/projects/:organization/:slug/monitors/'];
const ONE = ['/organizations/:organization/monitors/:monitor/', '/projects/:organization/:slug/monitors/:monitor/'];

/** Monitors, which are jobs, and their check-ins, which are runs. */
export const monitorRoutes: SentryRoutes = (app, { catalog, jobs }) => {
  route(app, 'GET', LISTS, async (asked) => {
    const [limit, offset] = [limitOf(asked.query), offsetOf(asked.query, MOST_OFFSET)];
    const projects = await asProjects(asked);
    const all = (await jobs.jobs(projects.length === 1 ? Number(projects[0].id) : null)).flatMap((job) => {
      const project = projects.find(({ id }) => Number(id) === job.project);
      return project === undefined ? [] : [monitorJson(job, project)];
    });
    linkPages(asked, all.length > offset + limit ? `0:${offset + limit}:0` : undefined);
    return all.slice(offset, offset + limit);
  });

  route(app, 'POST', LISTS, async ({ parts, request: { body }, reply }) => {
    const said = isRecord(body) ? body : {};
    const named = parts.slug ?? said.project;
    if (typeof named !== 'string') throw new HeedError('bad_parameter', 'cannot make a monitor: give its project');
    const project = await projectOf(catalog, named);
    const name = typeof said.slug === 'string' ? said.slug : slugOf(String(said.name ?? ''));
    const job = await jobs.save(Number(project.id), slugOfJob(name), readMonitor(said));
    reply.code(201);
    return monitorJson(job, project);
  });

  route(app, 'GET', ONE, async (asked) => {
    const { job, project } = await find(asked);
    return monitorJson(job, project);
  });

  route(app, 'PUT', ONE, async (asked) => {
    const { job, project } = await find(asked);
    const { body } = asked.request;
    return monitorJson(await jobs.save(job.project, job.slug, readMonitor(isRecord(body) ? body : {})), project);
  });

  route(app, 'DELETE', ONE, async (asked) => {
    const { job } = await find(asked);
    await jobs.remove(job.project, job.slug);
    return asked.reply.code(202).send();
  });

  route(
    app,
    'GET',
    ONE.map((address) => `${address}checkins/`),
    async (asked) => {
      const { job } = await find(asked);
      const limit = limitOf(asked.query);
      const after = asked.query.get('cursor') ?? '';
      const before = /^0:[1-9]\d{0,14}:0$/.test(after) ? Number(after.split(':')[1]) : undefined;
      const runs = await jobs.runs({ job: job.id, environment: asked.query.get('environment') ?? undefined, before, limit: limit + 1 });
      linkPages(asked, runs.length > limit ? `0:${runs[limit - 1].number}:0` : undefined);
      return runs.slice(0, limit).map((run) => checkInJson(run, job.settings));
    },
  );

  /** The one that the address names, those of `?project=`, or all. */
  async function asProjects({ parts, query }: Asked): Promise<CatalogProject[]> {
    if (parts.slug !== undefined) return [await projectOf(catalog, parts.slug)];
    const named = query.getAll('project').filter((name) => name !== '-1' && name !== '');
    return named.length === 0 ? catalog.projects() : Promise.all(named.map((name) => projectOf(catalog, name)));
  }

  /** @throws HeedError `not_found` */
  async function find(asked: Asked): Promise<{ job: Job; project: CatalogProject }> {
    for (const project of await asProjects(asked)) {
      const job = await jobs.job(Number(project.id), asked.parts.monitor.toLowerCase());
      if (job) return { job, project };
    }
    throw new HeedError('not_found', `cannot answer: there is no job ${asked.parts.monitor.slice(0, 60)}`, { status: 404 });
  }
};

/** @throws HeedError `bad_item` for a config that cannot be read */
function readMonitor({ name, config, is_muted: isMuted, isMuted: alsoMuted }: Record<string, unknown>): JobChange {
  const muted = isMuted ?? alsoMuted;
  return {
    ...(typeof name === 'string' && name !== '' && { name: name.slice(0, 100) }),
    ...(typeof muted === 'boolean' && { muted }),
    ...(isRecord(config) && readMonitorConfig({ ...config, schedule: scheduleOf(config) })),
  };
}

/** Sentry's API says `schedule_type` and `schedule`, its check-ins one object. */
function scheduleOf({ schedule_type: type, schedule }: Record<string, unknown>): unknown {
  if (isRecord(schedule)) return schedule;
  return Array.isArray(schedule)
    ? { type: 'interval', value: schedule[0] as unknown, unit: schedule[1] as unknown }
    : { type: type ?? 'crontab', value: schedule };
}
