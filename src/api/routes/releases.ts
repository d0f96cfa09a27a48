import { HeedError } from '../../core/errors.ts';
import { crashFree, type SessionCounts } from '../../store/errors/sessions.ts';
import type { ReleaseAnswer, ReleaseItem, ReleasesAnswer } from '../contract-releases.ts';
import type { Routes } from '../context.ts';
import { projectOf } from '../issues/find.ts';
import { listedItem } from '../issues/item.ts';
import { countsStep, readWindow, trendSlots, WINDOW_PARAMETERS, type Window, type WindowQuery } from '../issues/window.ts';
import type { RouteSchema } from '../openapi.ts';
import { commitLink } from '../releases/commit-link.ts';
import { gatherReleases, releaseItem, type GatheredRelease, type ReleaseScope } from '../releases/gather.ts';
import type { ApiDeps } from '../deps.ts';
import { SEARCH_PARAMETERS } from './issues.ts';

const MOST_ISSUES = 50;

const PARAMETERS = {
  project: SEARCH_PARAMETERS.project,
  environment: { type: 'string', maxLength: 200, description: 'Only what came from this environment.' },
  ...WINDOW_PARAMETERS,
} as const;

const list: RouteSchema = {
  summary: 'Releases with their crash-free rates, adoption, issues, deploys, and a verdict against the one before.',
  querystring: {
    type: 'object',
    properties: {
      ...PARAMETERS,
      sort: {
        type: 'string',
        maxLength: 20,
        default: 'date',
        description: 'date (newest first), adoption (most first), crash_free (lowest first), sessions (most first), new (most new issues first).',
      },
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 25, description: 'At most so many.' },
    },
  },
  answer: 'ReleasesAnswer',
};

const one: RouteSchema = {
  summary: 'A release: its sessions over time, issues, commits and deploys.',
  params: { type: 'object', properties: { version: { type: 'string', maxLength: 200, description: 'Its version, URL-encoded.' } }, required: ['version'] },
  querystring: { type: 'object', properties: PARAMETERS },
  answer: 'ReleaseAnswer',
};

interface Query extends WindowQuery {
  project?: string;
  environment?: string;
}

type Order = (a: GatheredRelease, b: GatheredRelease) => number;

const most =
  (of: (release: GatheredRelease) => number): Order =>
  (a, b) =>
    of(b) - of(a);

/** Those that are equal stay as they began. */
const ORDERS: Readonly<Record<string, Order>> = {
  date: () => 0,
  adoption: most(({ adoption }) => adoption ?? -1),
  crash_free: (a, b) => (crashFree(a.counts).sessions ?? 101) - (crashFree(b.counts).sessions ?? 101),
  sessions: most(({ counts }) => counts.sessions),
  new: most(({ newIssues }) => newIssues),
};

export const releasesRoutes: Routes = (app, { deps }) => {
  app.get<{ Querystring: Query & { sort: string; limit: number } }>('/api/v1/releases', { schema: list }, async ({ query }): Promise<ReleasesAnswer> => {
    if (!Object.hasOwn(ORDERS, query.sort)) throw new HeedError('bad_parameter', `cannot sort by '${query.sort}': write ${Object.keys(ORDERS).join(', ')}`);
    const scope = await scopeOf(deps, query);
    const [gathered, environments, slugs] = await Promise.all([gatherReleases(deps, scope), environmentsOf(deps, scope), slugsOf(deps)]);
    // Those of projects that are gone are nobody's.
    const all = gathered.filter(({ projects }) => projects.some((project) => slugs.has(project)));
    const releases: ReleaseItem[] = [];
    for (const release of all.toSorted(ORDERS[query.sort]).slice(0, query.limit)) releases.push(await releaseItem(deps, release, all, scope, slugs));
    return { releases, total: all.length, environments, ...scope.window };
  });

  app.get<{ Params: { version: string }; Querystring: Query }>(
    '/api/v1/releases/:version',
    { schema: one },
    async ({ params, query }): Promise<ReleaseAnswer> => {
      const scope = await scopeOf(deps, query);
      const all = await gatherReleases(deps, scope);
      const found = all.find(({ version }) => version === params.version);
      if (!found)
        throw new HeedError(
          'not_found',
          `cannot answer: there is no release ${params.version.slice(0, 60)}${scope.environment === undefined ? '' : ` in ${scope.environment}`}`,
          {
            status: 404,
          },
        );
      const release = await releaseItem(deps, found, all, scope, await slugsOf(deps));
      const commits = found.named?.commits ?? [];
      const [hours, issues, deploys] = await Promise.all([
        hoursOf(deps, found, release.verdict.before, scope),
        issuesOf(
          deps,
          found.version,
          release.verdict.before,
          commits.map(({ id }) => id),
          scope,
        ),
        found.named ? deps.catalog.releases.deploys(found.version) : [],
      ]);
      const { sessions, errored, unhandled, abnormal, crashed } = found.counts;
      return {
        release,
        url: found.named?.url ?? '',
        ref: found.named?.ref ?? '',
        hours,
        outcomes: { healthy: sessions - errored - unhandled - abnormal - crashed, errored, unhandled, abnormal, crashed },
        issues,
        commits: commits.map(({ id, message, author, email, time, repository }) => ({
          id,
          message,
          author: author || email,
          time: time ?? null,
          repository,
          link: commitLink(repository, id),
        })),
        deploys: deploys.map(({ environment, name, url, started, finished }) => ({ environment, name, url, started: started ?? null, finished })),
        ...scope.window,
      };
    },
  );
};

/** @throws HeedError `bad_time`, `not_found` */
async function scopeOf({ catalog }: Pick<ApiDeps, 'catalog'>, { project, environment, ...times }: Query): Promise<ReleaseScope> {
  return {
    project: project ? Number((await projectOf(catalog, project)).id) : null,
    environment: environment || undefined,
    window: readWindow(times, Date.now()),
  };
}

async function slugsOf({ catalog }: Pick<ApiDeps, 'catalog'>): Promise<Map<number, string>> {
  return new Map((await catalog.projects()).map(({ id, slug }) => [Number(id), slug]));
}

async function environmentsOf({ errors }: Pick<ApiDeps, 'errors'>, { project, window }: ReleaseScope): Promise<string[]> {
  const { rows } = await errors.sessions({ project, ...window, by: ['environment'], users: false });
  const ofErrors = await errors.complete(project, 'environment', '', 100);
  return [...new Set([...rows.map(({ environment }) => environment), ...ofErrors])].filter((name) => name !== '').toSorted();
}

async function hoursOf(
  { errors }: Pick<ApiDeps, 'errors'>,
  { version, projects }: GatheredRelease,
  before: string,
  scope: ReleaseScope,
): Promise<ReleaseAnswer['hours']> {
  const step = countsStep(scope.window);
  const of = { project: scope.project, environment: scope.environment, ...scope.window, step, users: false };
  const [own, other, everything] = await Promise.all([
    errors.sessions({ ...of, release: version, by: [] }),
    before === '' ? undefined : errors.sessions({ ...of, release: before, by: [] }),
    errors.sessions({ ...of, by: ['project'] }),
  ]);
  const slots = Math.max(1, Math.ceil((scope.window.until - own.start) / step));
  const counts = (row: { series: SessionCounts[] } | undefined, what: 'sessions' | 'crashed'): number[] =>
    Array.from({ length: slots }, (_, slot) => row?.series[slot]?.[what] ?? 0);
  const rates = (row: { series: SessionCounts[] } | undefined): (number | null)[] =>
    Array.from({ length: slots }, (_, slot) => (row?.series[slot] ? (crashFree(row.series[slot]).sessions ?? null) : null));
  const sessions = counts(own.rows[0], 'sessions');
  const all = everything.rows.filter(({ project }) => projects.includes(project)).map((row) => counts(row, 'sessions'));
  return {
    start: own.start,
    step,
    sessions,
    crashed: counts(own.rows[0], 'crashed'),
    crashFree: rates(own.rows[0]),
    crashFreeBefore: rates(other?.rows[0]),
    adoption: sessions.map((count, slot) => {
      const total = all.reduce((sum, row) => sum + row[slot], 0);
      return total === 0 ? null : (100 * count) / total;
    }),
  };
}

async function issuesOf(
  { errors }: Pick<ApiDeps, 'errors'>,
  release: string,
  before: string,
  commits: readonly string[],
  { project, window }: ReleaseScope,
): Promise<ReleaseAnswer['issues']> {
  const found = await errors.issuesOfRelease({ project, release, previous: before || undefined, commits });
  const told = async (ids: readonly number[]): Promise<ReleaseAnswer['issues']['new']> => ({
    total: ids.length,
    items: await itemsOf(errors, ids.slice(0, MOST_ISSUES), window),
  });
  const [fresh, regressed, resolved] = await Promise.all([told(found.new), told(found.regressed), told(found.resolved)]);
  return { new: fresh, regressed, resolved };
}

async function itemsOf(errors: ApiDeps['errors'], ids: readonly number[], window: Window): Promise<ReturnType<typeof listedItem>[]> {
  const names = (await Promise.all(ids.map((id) => errors.issue(id)))).map((issue) => issue?.shortId ?? '').filter((name) => name !== '');
  if (names.length === 0) return [];
  const [value, ...any] = names;
  const terms = [{ key: 'issue', operator: '=', value, any, not: false } as const];
  const { issues } = await errors.issues({ project: null, terms, sort: 'freq', ...window, slots: trendSlots(window), limit: MOST_ISSUES });
  return issues.map(listedItem);
}
