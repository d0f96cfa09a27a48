import type { FastifyRequest } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import { scopesAnywhere, scopesOf, sees } from '../../core/roles.ts';
import { allScopes, type Scope } from '../../core/scopes.ts';
import type { Catalog } from '../../store/catalog/catalog.ts';
import type { Person } from '../../store/catalog/people.ts';
import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import { askedProject, takesProject } from './asked-project.ts';
import { deedOf, isForEverybody, scopesFor } from './route-scopes.ts';

type Stores = { catalog: Pick<Catalog, 'projects'>; errors: Pick<ErrorsStore, 'issue' | 'issueByShortId'> };

/** Routes that are about many projects and look at each themselves, or show only what one sees. */
const LOOKS_ITSELF: ReadonlySet<string> = new Set([
  'change /api/v1/issues',
  'change /api/v1/issues/undo',
  'read /api/v1/projects',
  'read /api/v1/people',
  'change /api/v1/feedback',
  'read /api/v1/feedback/:id',
  'remove /api/v1/feedback/:id',
]);

/**
 * Refuses what a person's roles do not bring.
 * @throws HeedError `no_role` (403), `choose_project` (400) when it takes a project to say, `not_found`
 */
export async function mustMay(person: Person, request: FastifyRequest, stores: Stores): Promise<void> {
  const { url } = request.routeOptions;
  if (url === undefined || isForEverybody(url)) return;
  const deed = deedOf(request);
  const needed = scopesFor(url, deed);
  const project = await askedProject(request, stores);
  if (project !== undefined) return mustHave(person, needed, scopesOf(person, project));
  // Numbers, dashboards and marks belong to no project: whoever works on one may change them.
  const ofNone = needed.some((scope) => scope.startsWith('metrics:')) && onlyEvents(request);
  const many = LOOKS_ITSELF.has(`${deed} ${url}`);
  if (ofNone || many) return mustHave(person, needed, scopesAnywhere(person));
  if (person.role === 'none' && takesProject(url) && deed === 'read') {
    const projects = (await stores.catalog.projects()).filter(({ id }) => sees(person, id)).map(({ slug }) => slug);
    throw new HeedError('choose_project', `cannot answer: say which project, by project=${projects.join(' or project=')}`, { status: 400 });
  }
  mustHave(person, needed, scopesOf(person));
}

/** Facts are of all projects: who does not see all of those sees the events on charts, which are nobody's. */
function onlyEvents({ routeOptions, query }: FastifyRequest): boolean {
  return routeOptions.url !== '/api/v1/facts' || (query as { kind?: unknown }).kind === 'event';
}

/** Refuses a change of issues of these projects. @throws HeedError `no_role` (403) */
export function mustWorkOn(person: Person, projects: Iterable<number>, needed: Scope): void {
  for (const project of new Set(projects)) mustHave(person, [needed], scopesOf(person, String(project)));
}

function mustHave({ name }: Person, needed: readonly Scope[], given: readonly Scope[]): void {
  const all = allScopes(given);
  if (needed.some((scope) => all.includes(scope))) return;
  throw new HeedError('no_role', `cannot answer: ${name} may not do this; it takes a role that brings ${needed.join(' or ')}, which an owner can give`, {
    status: 403,
  });
}
