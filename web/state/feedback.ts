import type { FeedbackAnswer, FeedbackChanged, FeedbackDetail, FeedbackItem, FeedbackState } from '../../src/api/contract-feedback.ts';
import { askJson, sendJson } from './api.ts';
import { href } from './router.ts';

export interface FeedbackQuestion {
  project: string;
  /** `all` for every state. */
  state: string;
  query: string;
  limit: number;
}

export function askFeedback({ project, state, query, limit }: FeedbackQuestion, signal?: AbortSignal): Promise<FeedbackAnswer> {
  const asked = { project, state, query, limit: String(limit) };
  return askJson(href('/api/v1/feedback', Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''))), signal);
}

export const askOneFeedback = (id: number, signal?: AbortSignal): Promise<FeedbackDetail> => askJson(`/api/v1/feedback/${id}`, signal);

export const askFeedbackOfIssue = (issue: string, signal?: AbortSignal): Promise<FeedbackItem[]> =>
  askJson(`/api/v1/issues/${encodeURIComponent(issue)}/feedback`, signal);

export const changeFeedback = async (ids: readonly number[], state: FeedbackState): Promise<FeedbackChanged> =>
  (await sendJson('PATCH', '/api/v1/feedback', { ids, state })).json() as Promise<FeedbackChanged>;

export const removeFeedback = async (id: number): Promise<void> => void (await sendJson('DELETE', `/api/v1/feedback/${id}`));
