import { HeedError } from '../../core/errors.ts';
import type { Catalog } from '../../store/catalog/catalog.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { ErrorsStore, Issue } from '../../store/errors/errors-store.ts';

/** By its number, or by its short id. @throws HeedError `not_found` */
export async function issueOf(errors: Pick<ErrorsStore, 'issue' | 'issueByShortId'>, id: string): Promise<Issue> {
  const issue = /^\d{1,15}$/.test(id) ? await errors.issue(Number(id)) : isShortId(id) ? await errors.issueByShortId(id) : undefined;
  if (issue) return issue;
  throw new HeedError('not_found', `cannot answer: there is no issue ${id.slice(0, 60)}`, { status: 404 });
}

/** `SHOP-1A`, in any case. */
export function isShortId(text: string): boolean {
  return /^[a-z0-9-]{1,100}-[0-9a-z]{1,11}$/i.test(text);
}

/** By its slug, or by its number. @throws HeedError `not_found` */
export async function projectOf(catalog: Pick<Catalog, 'projects'>, name: string): Promise<CatalogProject> {
  const projects = await catalog.projects();
  const project = projects.find(({ slug }) => slug === name) ?? projects.find(({ id }) => id === name);
  if (project) return project;
  throw new HeedError('not_found', `cannot answer: there is no project ${name.slice(0, 60)}`, { status: 404 });
}
