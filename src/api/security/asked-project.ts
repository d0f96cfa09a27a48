import type { FastifyRequest } from 'fastify';
import type { Catalog } from '../../store/catalog/catalog.ts';
import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import { issueOf, projectOf } from '../issues/find.ts';

/** Routes whose parameter `project` says what they are about. */
const BY_QUERY = /^\/api\/v1\/(?:issues|issues\/complete|jobs|releases|releases\/:version|errors\/counts|feedback)$/;
const BY_SLUG = /^\/api\/0\/projects\/:organization\/:slug(?:\/|$)/;
const OF_ISSUE = /^\/api\/v1\/issues\/:id(?:\/|$)/;

/** Whether a route is about a project that its parameter names, or else about all. */
export const takesProject = (route: string): boolean => BY_QUERY.test(route);

/**
 * The number of the one project that a request is about; undefined when it is about none, or about many.
 * @throws HeedError `not_found` for a project or an issue that there is not
 */
export async function askedProject(
  { routeOptions: { url = '' }, params, query }: Pick<FastifyRequest, 'routeOptions' | 'params' | 'query'>,
  { catalog, errors }: { catalog: Pick<Catalog, 'projects'>; errors: Pick<ErrorsStore, 'issue' | 'issueByShortId'> },
): Promise<string | undefined> {
  const parts = params as Record<string, string | undefined>;
  if (OF_ISSUE.test(url)) return String((await issueOf(errors, parts.id ?? '')).project);
  const asked = takesProject(url) ? (query as Record<string, unknown>).project : BY_SLUG.test(url) ? parts.slug : parts.project;
  return typeof asked === 'string' && asked !== '' ? (await projectOf(catalog, asked)).id : undefined;
}
