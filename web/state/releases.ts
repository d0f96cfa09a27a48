import type { ReleaseAnswer, ReleasesAnswer } from '../../src/api/contract-releases.ts';
import { askJson } from './api.ts';
import { href } from './router.ts';

/** What is asked of releases; what is empty is left out, times are as in /render. */
export type ReleasesQuestion = Record<string, string>;

function withQuery(path: string, query: ReleasesQuestion): string {
  return href(path, Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')));
}

export const askReleases = (query: ReleasesQuestion, signal?: AbortSignal): Promise<ReleasesAnswer> => askJson(withQuery('/api/v1/releases', query), signal);

export const askRelease = (version: string, query: ReleasesQuestion, signal?: AbortSignal): Promise<ReleaseAnswer> =>
  askJson(withQuery(`/api/v1/releases/${encodeURIComponent(version)}`, query), signal);
