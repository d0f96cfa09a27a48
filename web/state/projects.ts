import type { Project, ProjectKeyItem, RulesTrial } from '../../src/api/contract.ts';
import type { ErrorCountsAnswer, IssuesAnswer } from '../../src/api/contract-errors.ts';
import type { ProjectSettings } from '../../src/core/project.ts';
import { askJson, sendJson } from './api.ts';

const place = (slug: string, rest = ''): string => `/api/v1/projects/${encodeURIComponent(slug)}${rest}`;

const sent = async <Answer>(...call: Parameters<typeof sendJson>): Promise<Answer> => (await sendJson(...call)).json() as Promise<Answer>;

export const askProjects = (signal?: AbortSignal): Promise<Project[]> => askJson('/api/v1/projects', signal);
export const askProject = (slug: string, signal?: AbortSignal): Promise<Project> => askJson(place(slug), signal);
export const addProject = (name: string): Promise<Project> => sent('POST', '/api/v1/projects', { name });
export const changeProject = (slug: string, change: { name?: string; settings?: Partial<ProjectSettings> }): Promise<Project> =>
  sent('PUT', place(slug), change);
export const removeProject = (slug: string): Promise<{ issues: number }> => sent('DELETE', place(slug));

export const addKey = (slug: string, label: string): Promise<ProjectKeyItem> => sent('POST', place(slug, '/keys'), { label });
/** `mostPerMinute` 0 takes its own limit away. */
export const changeKey = (slug: string, key: number, change: { label?: string; active?: boolean; mostPerMinute?: number }): Promise<ProjectKeyItem> =>
  sent('PUT', place(slug, `/keys/${key}`), change);

/** What rules would make of the latest events; nothing is saved. */
export const tryRules = (slug: string, rules: Pick<ProjectSettings, 'fingerprintRules' | 'stackRules'>, signal?: AbortSignal): Promise<RulesTrial> =>
  sent('POST', place(slug, '/rules'), rules, signal);

/** Events of the last day. */
export async function eventsOfDay(slug: string, signal?: AbortSignal): Promise<number> {
  const { rows } = await askJson<ErrorCountsAnswer>(`/api/v1/errors/counts?${new URLSearchParams({ project: slug, from: '-24h' })}`, signal);
  return rows.reduce((sum, { events }) => sum + events.reduce((all, one) => all + one, 0), 0);
}

/** The issue that came last, whatever became of it; undefined before the first. */
export async function latestIssue(slug: string, signal?: AbortSignal): Promise<IssuesAnswer['issues'][number] | undefined> {
  const question = new URLSearchParams({ project: slug, query: '', sort: 'date', limit: '1', from: '-30d' });
  return (await askJson<IssuesAnswer>(`/api/v1/issues?${question}`, signal)).issues[0];
}
