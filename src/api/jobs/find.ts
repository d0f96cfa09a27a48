import { HeedError } from '../../core/errors.ts';
import type { Catalog } from '../../store/catalog/catalog.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { Job, JobsStore, Run } from '../../store/jobs/jobs-store.ts';
import { projectOf } from '../issues/find.ts';

type Stores = { catalog: Pick<Catalog, 'projects'>; jobs: Pick<JobsStore, 'job'> };

/** @throws HeedError `not_found` */
export async function findJob({ catalog, jobs }: Stores, project: string, slug: string): Promise<{ project: CatalogProject; job: Job }> {
  const found = await projectOf(catalog, project);
  const job = await jobs.job(Number(found.id), slug.toLowerCase());
  if (job) return { project: found, job };
  throw new HeedError('not_found', `cannot answer: project ${found.slug} has no job ${slug.slice(0, 60)}`, { status: 404 });
}

/** @throws HeedError `not_found` */
export async function findRun(jobs: Pick<JobsStore, 'run'>, { id, slug }: Job, run: string): Promise<Run> {
  const found = await jobs.run(id, run.replaceAll('-', '').toLowerCase());
  if (found) return found;
  throw new HeedError('not_found', `cannot answer: job ${slug} has no run ${run.slice(0, 60)}`, { status: 404 });
}
