import { HeedError } from '../../core/errors.ts';
import type { Catalog } from '../../store/catalog/catalog.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import type { Release } from '../../store/catalog/releases.ts';
import { projectOf } from '../issues/find.ts';
import { releaseAddresses, route, type SentryDeps, type SentryRoutes } from './context.ts';
import { resolveFixed } from './fixes.ts';
import { limitOf, linkPages, offsetOf } from './pages.ts';
import { objectOf, readNamedRelease, readProjects, readRelease } from './read-release.ts';
import { readHealthAsked, withHealth } from './release-health.ts';
import { commitJson, releaseJson, type ReleaseErrors } from './release-json.ts';

const MOST_OFFSET = 1000;
/** Commits with all their files are larger than other bodies; most of them is cut away. */
const BODY_LIMIT = 8_000_000;

/** Releases: made, told of, finalised, listed and removed. */
export const releaseRoutes: SentryRoutes = (app, deps) => {
  const { catalog } = deps;
  const { releases } = catalog;

  route(app, 'GET', releaseAddresses(''), async (asked) => {
    const { parts, query } = asked;
    const project = parts.slug === undefined ? undefined : Number((await projectOf(catalog, parts.slug)).id);
    const [limit, offset] = [limitOf(query), offsetOf(query, MOST_OFFSET)];
    const found = await releases.list({ project, archived: archivedAsked(query), limit: limit + 1, offset });
    linkPages(asked, found.length > limit && offset + limit <= MOST_OFFSET ? `0:${offset + limit}:0` : undefined);
    const told: Record<string, unknown>[] = [];
    for (const release of found.slice(0, limit)) told.push(await tell(deps, release));
    return withHealth(deps, told, readHealthAsked(query));
  });

  route(
    app,
    'POST',
    releaseAddresses(''),
    async ({ parts, request: { body }, reply }) => {
      const { version, projects } = readNamedRelease(body);
      const named = await projectsOf(catalog, [...projects, ...(parts.slug === undefined ? [] : [parts.slug])]);
      // What is archived or restored by sentry-cli names none: it is there.
      if (named.length === 0 && !(await releases.release(version))) throw new HeedError('bad_release', 'cannot make a release: name its projects');
      const { release, made } = await save(deps, version, body, named);
      reply.code(made ? 201 : 208);
      return tell(deps, release);
    },
    BODY_LIMIT,
  );

  route(app, 'GET', releaseAddresses(':version/'), async ({ parts, query }) => {
    const told = await tell(deps, await existing(catalog, parts.version));
    return (await withHealth(deps, [told], readHealthAsked(query)))[0];
  });

  route(
    app,
    'PUT',
    releaseAddresses(':version/'),
    async ({ parts, request: { body } }) => {
      await existing(catalog, parts.version);
      const { release } = await save(deps, parts.version, body, await projectsOf(catalog, readProjects(objectOf(body))));
      return tell(deps, release);
    },
    BODY_LIMIT,
  );

  route(app, 'DELETE', releaseAddresses(':version/'), async ({ parts, reply }) => {
    await existing(catalog, parts.version);
    await releases.remove(parts.version);
    return reply.code(204).send();
  });

  route(app, 'GET', releaseAddresses(':version/commits/'), async (asked) => {
    linkPages(asked, undefined);
    return (await existing(catalog, asked.parts.version)).commits.map(commitJson);
  });

  route(app, 'GET', releaseAddresses(':version/previous-with-commits/'), async ({ parts }) => {
    const { id, projects } = await existing(catalog, parts.version);
    const all = await releases.list({ limit: MOST_OFFSET, offset: 0 });
    const before = all.find((other) => other.id < id && other.commits.length > 0 && other.projects.some((project) => projects.includes(project)));
    return before ? tell(deps, before) : {};
  });

  // Heed does not talk to hosts of code; commits come with the releases.
  route(app, 'GET', '/organizations/:organization/repos/', async (asked) => {
    linkPages(asked, undefined);
    const all = await releases.list({ limit: MOST_OFFSET, offset: 0 });
    const names = new Set(all.flatMap(({ commits }) => commits.map(({ repository }) => repository)).filter((name) => name !== ''));
    const dateCreated = new Date((await catalog.projects())[0].created).toISOString();
    return [...names].map((name) => ({ id: name, name, url: null, provider: { id: 'unknown', name: 'Unknown' }, status: 'active', dateCreated }));
  });
};

const HEALTH_MS = 90 * 86_400_000;

/** Lists leave archived releases out, as Sentry's do, unless `status` asks for them or for all. */
function archivedAsked(query: URLSearchParams): boolean | undefined {
  const status = query.get('status') ?? '';
  return status === 'all' ? undefined : status === 'archived';
}

/** @throws HeedError `not_found` */
export async function existing({ releases }: Pick<Catalog, 'releases'>, version: string): Promise<Release> {
  const release = await releases.release(version);
  if (release) return release;
  throw new HeedError('not_found', `cannot answer: there is no release ${version.slice(0, 60)}`, { status: 404 });
}

async function save(deps: SentryDeps, version: string, body: unknown, named: readonly CatalogProject[]): Promise<{ release: Release; made: boolean }> {
  const part = readRelease(body);
  const known = new Set((await deps.catalog.releases.release(version))?.commits.map(({ id }) => id));
  const saved = await deps.catalog.releases.save(version, { ...part, projects: named.map(({ id }) => Number(id)) });
  await resolveFixed(
    deps.errors,
    saved.release,
    saved.release.commits.filter(({ id }) => !known.has(id)),
  );
  if (part.released !== undefined) {
    for (const { id, slug } of await projectsIn(deps.catalog, saved.release))
      await deps.markers.released({ project: Number(id), slug, release: version, environment: '', time: part.released }, Date.now());
  }
  return saved;
}

/** @throws HeedError `not_found` */
export async function projectsOf(catalog: Pick<Catalog, 'projects'>, names: readonly string[]): Promise<CatalogProject[]> {
  return Promise.all(names.map((name) => projectOf(catalog, name)));
}

export async function projectsIn(catalog: Pick<Catalog, 'projects'>, { projects }: Release): Promise<CatalogProject[]> {
  return (await catalog.projects()).filter(({ id }) => projects.includes(Number(id)));
}

async function tell({ catalog, errors }: SentryDeps, release: Release): Promise<Record<string, unknown>> {
  const [projects, deploys, seen] = await Promise.all([catalog.projects(), catalog.releases.deploys(release.version), errorsOf(errors, release.version)]);
  return releaseJson(release, projects, deploys, seen);
}

async function errorsOf(errors: ErrorsStore, version: string): Promise<ReleaseErrors> {
  const ask = (key: string, sort: 'date' | 'new'): ReturnType<ErrorsStore['issues']> =>
    errors.issues({ project: null, terms: [{ key, operator: '=', value: version, not: false }], sort, from: 0, until: Date.now(), slots: 1, limit: 1 });
  const now = Date.now();
  const health = errors.sessions({ project: null, release: version, from: now - HEALTH_MS, until: now, by: ['project'], users: false });
  const [first, last, { rows }] = await Promise.all([ask('firstRelease', 'new'), ask('lastRelease', 'date'), health]);
  return { newIssues: first.total, lastEvent: last.issues[0]?.lastSeen, withSessions: new Set(rows.map(({ project }) => project)) };
}
