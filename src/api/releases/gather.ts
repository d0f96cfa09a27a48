import type { Catalog } from '../../store/catalog/catalog.ts';
import type { Release } from '../../store/catalog/releases.ts';
import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import { crashFree, NO_SESSIONS, type SessionCounts, type SessionsAnswer } from '../../store/errors/sessions.ts';
import type { ReleaseItem, ReleaseVerdict } from '../contract-releases.ts';
import type { Window } from '../issues/window.ts';
import { releaseBefore } from './release-before.ts';
import { judge } from './verdict.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOST_NAMED = 1000;

export interface ReleaseScope {
  /** Null for all projects. */
  project: number | null;
  environment?: string;
  window: Window;
}

/** All that is known of a release without asking for it by itself. */
export interface GatheredRelease {
  version: string;
  projects: number[];
  /** When its first session or error came, or when it was made. */
  began: number;
  lastSeen: number;
  events: number;
  newIssues: number;
  regressedIssues: number;
  counts: SessionCounts;
  adoption: number | null;
  /** As whoever builds it told. */
  named: Release | undefined;
}

type Stores = { errors: Pick<ErrorsStore, 'releases' | 'sessions'>; catalog: Pick<Catalog, 'releases'> };

/** Releases that were named by builds, or by events and sessions; those that began last first. */
export async function gatherReleases({ errors, catalog }: Stores, { project, environment, window }: ReleaseScope): Promise<GatheredRelease[]> {
  const named = await catalog.releases.list({ project: project ?? undefined, limit: MOST_NAMED, offset: 0 });
  const of = { project, environment };
  const day = { from: Math.max(window.from, window.until - DAY), until: window.until };
  const [seen, whole, adopted] = await Promise.all([
    errors.releases({ ...of, ...window }),
    errors.sessions({ ...of, ...window, by: ['release'] }),
    errors.sessions({ ...of, ...day, by: ['project', 'release'], users: false }),
  ]);
  const releases = new Map<string, GatheredRelease>();
  const take = (version: string, began: number): GatheredRelease => {
    let release = releases.get(version);
    if (!release) {
      release = {
        version,
        projects: [],
        began,
        lastSeen: 0,
        events: 0,
        newIssues: 0,
        regressedIssues: 0,
        counts: NO_SESSIONS,
        adoption: null,
        named: undefined,
      };
      releases.set(version, release);
    }
    release.began = Math.min(release.began, began);
    return release;
  };
  for (const { project: number, release: version, firstSeen, lastSeen, events, newIssues, regressedIssues } of seen) {
    const release = take(version, firstSeen);
    release.projects.push(number);
    release.lastSeen = Math.max(release.lastSeen, lastSeen);
    release.events += events;
    release.newIssues += newIssues;
    release.regressedIssues += regressedIssues;
  }
  for (const release of named) {
    // Of an environment are those only that were deployed to it, or heard of from it.
    if (environment !== undefined && !releases.has(release.version)) {
      const deploys = await catalog.releases.deploys(release.version);
      if (!deploys.some((deploy) => deploy.environment === environment)) continue;
    }
    // What came with its name began it, however early it was made.
    const found = releases.get(release.version) ?? take(release.version, release.created);
    found.named = release;
    for (const number of release.projects) if (!found.projects.includes(number)) found.projects.push(number);
  }
  const inDay = (numbers: readonly number[], version?: string): number =>
    adopted.rows
      .filter((row) => numbers.includes(row.project) && (version === undefined || row.release === version))
      .reduce((sum, { totals }) => sum + totals.sessions, 0);
  for (const { release: version, totals } of whole.rows) {
    const release = releases.get(version);
    if (release) release.counts = totals;
  }
  for (const release of releases.values()) {
    const all = inDay(release.projects);
    release.adoption = all === 0 ? null : (100 * inDay(release.projects, release.version)) / all;
  }
  return [...releases.values()].toSorted((a, b) => b.began - a.began || (a.version < b.version ? 1 : -1));
}

/** Compares with the release before, both from their first hour on for as long as this one is out. */
export async function verdictOf(
  errors: Pick<ErrorsStore, 'sessions'>,
  release: GatheredRelease,
  all: readonly GatheredRelease[],
  { project, environment, window }: ReleaseScope,
): Promise<ReleaseVerdict> {
  const before = releaseBefore(release, all);
  const begin = (began: number): number => Math.floor(began / HOUR) * HOUR;
  const age = Math.max(HOUR, Math.ceil((window.until - begin(release.began)) / HOUR) * HOUR);
  const had = async (version: string, began: number): Promise<SessionsAnswer['rows']> => {
    const from = begin(began);
    return (await errors.sessions({ project, environment, release: version, from, until: from + age, by: ['environment'], users: false })).rows;
  };
  const [rows, others] = await Promise.all([had(release.version, release.began), before ? had(before.version, before.began) : []]);
  const own = sumOf(rows);
  // What was tried in one place only is not compared with what the other met elsewhere.
  const other = sumOf(others.filter((row) => own.sessions === 0 || rows.some(({ environment: name }) => name === row.environment)));
  const { kind, words } = judge({
    release: own,
    before: before && { version: before.version, ...other },
    age,
    newIssues: release.newIssues,
    regressed: release.regressedIssues,
  });
  return { kind, words, before: before?.version ?? '' };
}

function sumOf(rows: SessionsAnswer['rows']): { sessions: number; crashed: number } {
  const sum = (what: 'sessions' | 'crashed'): number => rows.reduce((all, { totals }) => all + totals[what], 0);
  return { sessions: sum('sessions'), crashed: sum('crashed') };
}

/** As it is told. @param slugs of projects by their number */
export async function releaseItem(
  { errors, catalog }: Stores,
  release: GatheredRelease,
  all: readonly GatheredRelease[],
  scope: ReleaseScope,
  slugs: ReadonlyMap<number, string>,
): Promise<ReleaseItem> {
  const { version, named, counts } = release;
  const [verdict, deploys] = await Promise.all([verdictOf(errors, release, all, scope), named ? catalog.releases.deploys(version) : []]);
  const { sessions, users } = crashFree(counts);
  const last = new Map<string, number>();
  for (const { environment, finished } of deploys) last.set(environment, Math.max(finished, last.get(environment) ?? 0));
  return {
    version,
    projects: release.projects.map((number) => slugs.get(number) ?? '').filter((slug) => slug !== ''),
    created: Math.min(named?.created ?? release.began, release.began),
    released: named?.released ?? null,
    deploys: [...last].map(([environment, time]) => ({ environment, time })).toSorted((a, b) => b.time - a.time),
    lastSeen: release.lastSeen || null,
    adoption: release.adoption,
    sessions: counts.sessions,
    users: counts.users,
    crashFreeSessions: sessions ?? null,
    crashFreeUsers: users ?? null,
    events: release.events,
    newIssues: release.newIssues,
    regressedIssues: release.regressedIssues,
    verdict,
  };
}
