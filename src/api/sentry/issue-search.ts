import { HeedError } from '../../core/errors.ts';
import type { IssuesQuestion, IssueTerm } from '../../store/errors/errors-store.ts';
import { actorOf } from '../issues/actor.ts';
import { projectOf } from '../issues/find.ts';
import { type ReadSearch, readSearch } from '../issues/question.ts';
import type { Asked, SentryDeps } from './context.ts';

const SORTS: Readonly<Record<string, IssuesQuestion['sort']>> = {
  date: 'date',
  new: 'new',
  freq: 'freq',
  user: 'user',
  trends: 'trends',
  // What Sentry sorts by judgement of its own.
  inbox: 'date',
  recommended: 'trends',
};

/** What a question or a change is about: `query` (or `unsaid` where there is none), `project`, `environment`, and `status` of old clients. */
export async function searchOf({ parts, query, request }: Asked, { catalog }: SentryDeps, unsaid = ''): Promise<ReadSearch> {
  const named = query.getAll('project').filter((name) => name !== '' && name !== '-1');
  const projects = new Set(await Promise.all([parts.slug ?? [], named].flat().map(async (name) => (await projectOf(catalog, name)).slug)));
  if (projects.size > 1) throw new HeedError('bad_parameter', 'Invalid project: Heed looks at one project at a time, or at all');
  const [project] = projects;
  const search = await readSearch(catalog, query.get('query') ?? unsaid, project, actorOf(request));
  return { ...search, terms: [...search.terms, ...oneOf('environment', query.getAll('environment')), ...oneOf('is', query.getAll('status'))] };
}

function oneOf(key: string, given: readonly string[]): IssueTerm[] {
  const [value, ...any] = given.filter((text) => text !== '').slice(0, 50);
  return value === undefined ? [] : [{ key, operator: '=', value, not: false, ...(any.length > 0 ? { any } : {}) }];
}

/** @throws HeedError `bad_parameter` */
export function sortOf(query: URLSearchParams): IssuesQuestion['sort'] {
  const name = query.get('sort') || 'date';
  if (Object.hasOwn(SORTS, name)) return SORTS[name];
  throw new HeedError('bad_parameter', `Invalid sort: write ${Object.keys(SORTS).join(', ')}`);
}
