import type { JobAnswer, JobItem, JobsAnswer, RunAnswer } from '../../src/api/contract-jobs.ts';
import { askJson, sendJson } from './api.ts';
import { href } from './router.ts';

const query = (path: string, values: Record<string, string>): string =>
  href(path, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')));
const pathOf = (project: string, slug: string): string => `/api/v1/jobs/${encodeURIComponent(project)}/${encodeURIComponent(slug)}`;

export const askJobs = (project: string, signal?: AbortSignal): Promise<JobsAnswer> => askJson(query('/api/v1/jobs', { project }), signal);

export const askJob = (project: string, slug: string, asked: { environment: string; before: string }, signal?: AbortSignal): Promise<JobAnswer> =>
  askJson(query(pathOf(project, slug), asked), signal);

export const askRun = (project: string, slug: string, run: string, asked: { file: string; limit: string }, signal?: AbortSignal): Promise<RunAnswer> =>
  askJson(query(`${pathOf(project, slug)}/runs/${encodeURIComponent(run)}`, asked), signal);

export const saveJob = async (project: string, slug: string, change: Record<string, string | number | boolean>): Promise<JobItem> =>
  (await (await sendJson('PUT', pathOf(project, slug), change)).json()) as JobItem;

export async function removeJob(project: string, slug: string): Promise<void> {
  await sendJson('DELETE', pathOf(project, slug));
}
