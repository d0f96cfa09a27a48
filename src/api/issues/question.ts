import { HeedError } from '../../core/errors.ts';
import type { Catalog } from '../../store/catalog/catalog.ts';
import type { IssueTerm } from '../../store/errors/errors-store.ts';
import { parseSearch } from '../issue-search/parse.ts';
import { projectOf } from './find.ts';

/** What is searched for, as the store reads it. */
export interface ReadSearch {
  /** Null for all projects. */
  project: number | null;
  terms: IssueTerm[];
}

/**
 * Reads a search; `project:shop` in it is the same as the parameter, and `assigned:me` is `by`.
 * @throws HeedError `bad_search`, `not_found` for a project that there is not
 */
export async function readSearch(catalog: Pick<Catalog, 'projects'>, query: string, project: string | undefined, by: string): Promise<ReadSearch> {
  const terms = parseSearch(query).map((term) => (term.key === 'assigned' ? named(term, by) : term));
  const projects = terms.filter(({ key }) => key === 'project');
  const slugs = new Set([...(project ? [project] : []), ...projects.map(({ value }) => value)]);
  if (projects.some(({ not, any, operator }) => not || any || operator !== '=') || slugs.size > 1)
    throw new HeedError('bad_search', 'cannot read the search: project: takes the short name of one project');
  const [slug] = slugs;
  return {
    project: slug === undefined ? null : Number((await projectOf(catalog, slug)).id),
    terms: terms.filter(({ key }) => key !== 'project'),
  };
}

/** `me` stands for who asks. */
function named(term: IssueTerm, by: string): IssueTerm {
  const nameOf = (value: string): string => (value === 'me' ? by : value);
  return { ...term, value: nameOf(term.value), ...(term.any ? { any: term.any.map(nameOf) } : {}) };
}
