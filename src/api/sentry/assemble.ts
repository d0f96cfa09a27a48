import { HeedError } from '../../core/errors.ts';
import type { NewBundle } from '../../store/artifacts/artifacts-store.ts';
import { projectOf } from '../issues/find.ts';
import { releaseAddresses, route, type SentryDeps, type SentryRoutes } from './context.ts';
import { iso } from './period.ts';
import { limitOf, linkPages, offsetOf } from './pages.ts';
import { objectOf, readProjects } from './read-release.ts';
import { existing, projectsOf } from './releases.ts';

const MOST_OFFSET = 10_000;

interface Assembled {
  state: 'ok' | 'not_found' | 'error';
  missingChunks: string[];
  detail: string | null;
}

/** Bundles put together of the chunks that were uploaded, and what is in them. */
export const assembleRoutes: SentryRoutes = (app, deps) => {
  const { artifacts, catalog } = deps;

  route(app, 'POST', '/organizations/:organization/artifactbundle/assemble/', async ({ request: { body } }) => {
    const said = objectOf(body);
    const projects = await projectsOf(catalog, readProjects(said));
    if (projects.length === 0) throw new HeedError('bad_bundle', 'cannot take the bundle: name its projects');
    return assemble(deps, said, { release: textOf(said.version), dist: textOf(said.dist), projects: projects.map(({ id }) => Number(id)) });
  });

  // What sentry-cli sent before bundles had debug ids.
  route(app, 'POST', '/organizations/:organization/releases/:version/assemble/', async ({ parts, request: { body } }) => {
    const { version, projects } = await existing(catalog, parts.version);
    const said = objectOf(body);
    return assemble(deps, said, { release: version, dist: textOf(said.dist), projects });
  });

  route(app, 'GET', releaseAddresses(':version/files/'), async (asked) => {
    const { parts, query } = asked;
    const [limit, offset] = [limitOf(query), offsetOf(query, MOST_OFFSET)];
    const projects = parts.slug === undefined ? (await existing(catalog, parts.version)).projects : [Number((await projectOf(catalog, parts.slug)).id)];
    const ask = { release: parts.version, limit: offset + limit + 1 };
    const all = await Promise.all(projects.map((project) => artifacts.files({ project, ...ask })));
    const found = [...new Map(all.flat().map((file) => [file.id, file])).values()].slice(offset);
    linkPages(asked, found.length > limit && offset + limit <= MOST_OFFSET ? `0:${offset + limit}:0` : undefined);
    return found.slice(0, limit).map(({ id, url, dist, uploaded, sourceMap }) => ({
      id,
      name: url,
      dist: dist === '' ? null : dist,
      headers: sourceMap === '' ? {} : { Sourcemap: sourceMap },
      dateCreated: iso(uploaded),
    }));
  });
};

async function assemble(
  { artifacts, mapper }: SentryDeps,
  said: Readonly<Record<string, unknown>>,
  of: Pick<NewBundle, 'release' | 'dist' | 'projects'>,
): Promise<Assembled> {
  const { checksum, chunks } = said;
  if (typeof checksum !== 'string' || !Array.isArray(chunks) || !chunks.every((chunk) => typeof chunk === 'string'))
    throw new HeedError('bad_bundle', 'cannot take the bundle: checksum and chunks are needed');
  try {
    const { missing } = await artifacts.assemble({ checksum, chunks, ...of });
    if (missing.length === 0) mapper.warm();
    return { state: missing.length > 0 ? 'not_found' : 'ok', missingChunks: missing, detail: null };
  } catch (error) {
    if (error instanceof HeedError && error.code === 'bad_bundle') return { state: 'error', missingChunks: [], detail: error.message };
    throw error;
  }
}

const textOf = (said: unknown): string => (typeof said === 'string' ? said.slice(0, 200) : '');
