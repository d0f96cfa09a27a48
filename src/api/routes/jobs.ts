import type { JobAnswer, JobItem, JobsAnswer, RunAnswer } from '../contract-jobs.ts';
import type { Routes } from '../context.ts';
import { projectOf } from '../issues/find.ts';
import { findJob, findRun } from '../jobs/find.ts';
import { jobItem, runItem } from '../jobs/item.ts';
import { type AskedChange, readChange, slugOfJob } from '../jobs/read-change.ts';
import { runErrorsItem } from '../jobs/run-errors.ts';
import type { RouteSchema } from '../openapi.ts';
import type { ParametersSchema } from '../parameters.ts';
import { dsnOf } from '../state/dsn.ts';

const MOST_MINUTES = 40_320;

const params: ParametersSchema = {
  type: 'object',
  properties: {
    project: { type: 'string', maxLength: 120, description: 'Slug or number.' },
    slug: { type: 'string', maxLength: 60, description: 'Name of the job as its check-ins have it.' },
  },
};
const runParams: ParametersSchema = {
  ...params,
  properties: { ...params.properties, run: { type: 'string', maxLength: 40, description: 'Its id, which is that of its check-ins.' } },
};

const list: RouteSchema = {
  summary: 'Jobs with their latest runs, those that fail first.',
  querystring: { type: 'object', properties: { project: { type: 'string', maxLength: 120, description: 'Slug or number; all projects without.' } } },
  answer: 'JobsAnswer',
};
const one: RouteSchema = {
  summary: 'A job with its runs, newest first.',
  params,
  querystring: {
    type: 'object',
    properties: {
      environment: { type: 'string', maxLength: 200, description: 'Only runs there.' },
      before: { type: 'integer', minimum: 1, description: 'Only runs before this number, which `next` tells.' },
      limit: { type: 'integer', minimum: 1, maximum: 200, default: 50, description: 'At most so many.' },
    },
  },
  answer: 'JobAnswer',
};
const save: RouteSchema = {
  summary: 'Changes what is expected of a job, or makes it; what is left out stays.',
  params,
  body: {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 100, description: 'As it is called on the screen.' },
      schedule: { type: 'string', maxLength: 256, description: 'A line of a crontab, or every 10 minutes; empty for none.' },
      timezone: { type: 'string', minLength: 1, maxLength: 64, description: 'Of the crontab line, e.g. Europe/Berlin.' },
      marginMinutes: { type: 'integer', minimum: 1, maximum: MOST_MINUTES, description: 'How much later a run may begin.' },
      mostRuntimeMinutes: { type: 'integer', minimum: 0, maximum: MOST_MINUTES, description: 'How long a run may take; 0 for what is usual.' },
      failureThreshold: { type: 'integer', minimum: 1, maximum: 720, description: 'Failures in a row before it is failing.' },
      recoveryThreshold: { type: 'integer', minimum: 1, maximum: 720, description: 'Successes in a row before it is well again.' },
      owner: { type: 'string', maxLength: 64, description: 'Who looks after it.' },
      muted: { type: 'boolean', description: 'It is not looked after: nothing is missed.' },
    },
  },
  answer: 'JobItem',
};
const remove: RouteSchema = { summary: 'Removes a job with its runs; its next check-in makes it anew.', params, answer: '{ removed }' };
const run: RouteSchema = {
  summary: 'A run of a job, and what failed in it by input file and record.',
  params: runParams,
  querystring: {
    type: 'object',
    properties: {
      file: { type: 'string', maxLength: 200, description: 'Only records of this input file.' },
      limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100, description: 'At most so many records.' },
    },
  },
  answer: 'RunAnswer',
};

interface ByJob {
  Params: { project: string; slug: string };
}

export const jobsRoutes: Routes = (app, { deps, bound }) => {
  const { jobs, catalog } = deps;

  app.get<{ Querystring: { project?: string } }>('/api/v1/jobs', { schema: list }, async ({ query }): Promise<JobsAnswer> => {
    const now = Date.now();
    const project = query.project ? Number((await projectOf(catalog, query.project)).id) : null;
    const slugs = new Map((await catalog.projects()).map(({ id, slug }) => [Number(id), slug]));
    const items: JobItem[] = [];
    for (const job of await jobs.jobs(project)) {
      const slug = slugs.get(job.project);
      if (slug !== undefined) items.push(await jobItem(jobs, job, slug, now));
    }
    return { jobs: items, now };
  });

  app.get<ByJob & { Querystring: { environment?: string; before?: number; limit: number } }>(
    '/api/v1/jobs/:project/:slug',
    { schema: one },
    async ({ params: { project, slug }, query: { environment, before, limit } }): Promise<JobAnswer> => {
      const now = Date.now();
      const found = await findJob(deps, project, slug);
      const runs = await jobs.runs({ job: found.job.id, environment: environment || undefined, before, limit: limit + 1 });
      return {
        job: await jobItem(jobs, found.job, found.project.slug, now),
        runs: runs.slice(0, limit).map(runItem),
        next: runs.length > limit ? runs[limit - 1].number : null,
        dsn: dsnOf(found.project, bound),
        now,
      };
    },
  );

  app.put<ByJob & { Body: AskedChange }>(
    '/api/v1/jobs/:project/:slug',
    { schema: save, bodyLimit: 10_000 },
    async ({ params: { project, slug }, body }): Promise<JobItem> => {
      const { id, slug: name } = await projectOf(catalog, project);
      const change = readChange(body, await jobs.job(Number(id), slug.toLowerCase()));
      return jobItem(jobs, await jobs.save(Number(id), slugOfJob(slug), change), name, Date.now());
    },
  );

  app.delete<ByJob>('/api/v1/jobs/:project/:slug', { schema: remove }, async ({ params: { project, slug } }) => {
    const found = await findJob(deps, project, slug);
    return { removed: await jobs.remove(found.job.project, found.job.slug) };
  });

  app.get<{ Params: { project: string; slug: string; run: string }; Querystring: { file?: string; limit: number } }>(
    '/api/v1/jobs/:project/:slug/runs/:run',
    { schema: run },
    async ({ params: asked, query: { file, limit } }): Promise<RunAnswer> => {
      const now = Date.now();
      const { project, job } = await findJob(deps, asked.project, asked.slug);
      const found = await findRun(jobs, job, asked.run);
      const output = await jobs.output(job.id, found.id);
      const errors = await runErrorsItem(deps.errors, { project: job.project, run: found.id, file, limit });
      return { job: await jobItem(jobs, job, project.slug, now), run: runItem(found), output, errors, now };
    },
  );
};
