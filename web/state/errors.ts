import type {
  EventAnswer,
  IssueAnswer,
  IssueEventsAnswer,
  IssuesAnswer,
  IssuesChanged,
  IssuesCompletion,
  SimilarIssues,
  TraceAnswer,
} from '../../src/api/contract-errors.ts';
import { askJson, sendJson } from './api.ts';
import { href } from './router.ts';

/** What is asked of a list; times as in /render. */
export interface IssuesQuestion {
  project: string;
  query: string;
  sort: string;
  range: Record<string, string>;
  limit: number;
  cursor?: string;
}

/** What people do with issues; see the contract. */
export type IssueChange =
  | { do: 'resolve'; inRelease?: string; inNextRelease?: boolean; inCommit?: string }
  | { do: 'unresolve' }
  | { do: 'archive'; time?: number; moreEvents?: number; moreUsers?: number; escalating?: boolean }
  | { do: 'assign'; to: string }
  | { do: 'bookmark'; on: boolean }
  | { do: 'discard' };

const place = (id: string): string => `/api/v1/issues/${encodeURIComponent(id)}`;

/** Leaves out what is empty. */
function withQuery(path: string, query: Record<string, string>): string {
  return href(path, Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')));
}

const sent = async <Answer>(...call: Parameters<typeof sendJson>): Promise<Answer> => (await sendJson(...call)).json() as Promise<Answer>;

export function askIssues(question: IssuesQuestion, signal?: AbortSignal): Promise<IssuesAnswer> {
  const { project, query, sort, range, limit, cursor = '' } = question;
  return askJson(withQuery('/api/v1/issues', { project, query, sort, ...range, limit: String(limit), cursor }), signal);
}

/** `id` is a number or a short id; `range` is the window that its events are counted in. */
export const askIssue = (id: string, range: Record<string, string>, signal?: AbortSignal): Promise<IssueAnswer> => askJson(withQuery(place(id), range), signal);

export const askIssueEvents = (id: string, query: string, limit: number, cursor: string, signal?: AbortSignal): Promise<IssueEventsAnswer> =>
  askJson(withQuery(`${place(id)}/events`, { query, limit: String(limit), cursor }), signal);

export const askSimilar = (id: string, signal?: AbortSignal): Promise<SimilarIssues> => askJson(`${place(id)}/similar`, signal);

/** `event` is an event_id, `latest` or `oldest`. */
export const askEvent = (id: string, event: string, range: Record<string, string>, signal?: AbortSignal): Promise<EventAnswer> =>
  askJson(withQuery(`${place(id)}/events/${encodeURIComponent(event)}`, range), signal);

export const askTrace = (id: string, event: string, signal?: AbortSignal): Promise<TraceAnswer> =>
  askJson(`${place(id)}/events/${encodeURIComponent(event)}/trace`, signal);

export const askCompletion = (project: string, text: string, signal?: AbortSignal): Promise<IssuesCompletion> =>
  askJson(`${withQuery('/api/v1/issues/complete', { project })}${project === '' ? '?' : '&'}text=${encodeURIComponent(text)}`, signal);

export const changeIssues = (ids: readonly number[], change: IssueChange): Promise<IssuesChanged> => sent('PATCH', '/api/v1/issues', { ids, change });
export const undoChange = (undo: string): Promise<Response> => sendJson('POST', '/api/v1/issues/undo', { undo });
export const mergeIssues = (into: number, ids: readonly number[]): Promise<IssueAnswer> => sent('POST', `${place(String(into))}/merge`, { ids });
export const unmergeIssue = (id: number, hashes: readonly string[]): Promise<IssueAnswer> => sent('POST', `${place(String(id))}/unmerge`, { hashes });
export const linkIssue = (id: number, url: string): Promise<IssueAnswer> => sent('POST', `${place(String(id))}/links`, { url });
export const unlinkIssue = (id: number, link: number): Promise<IssueAnswer> => sent('DELETE', `${place(String(id))}/links/${link}`);
export const commentIssue = (id: number, text: string): Promise<IssueAnswer> => sent('POST', `${place(String(id))}/comments`, { text });
