import { HeedError } from '../../core/errors.ts';
import { crashFree, type SessionCounts, type SessionsQuestion } from '../../store/errors/sessions.ts';
import { parseSearch } from '../issue-search/parse.ts';
import { projectOf } from '../issues/find.ts';
import { route, type Asked, type SentryDeps, type SentryRoutes } from './context.ts';
import { limitOf } from './pages.ts';
import { iso, periodOf } from './period.ts';
import { checkSlots, stepOf } from './stats.ts';

const DAY = 86_400_000;
const MOST_POINTS = 10_000;
/** Sentry's words, and the unhandled ones that it came to tell apart. */
const STATUSES = ['healthy', 'errored', 'unhandled', 'abnormal', 'crashed'] as const;
type Status = (typeof STATUSES)[number];
const WAYS = ['project', 'release', 'environment', 'session.status'] as const;

const rate = (percent: number | undefined): number | null => (percent === undefined ? null : percent / 100);
const opposite = (percent: number | undefined): number | null => (percent === undefined ? null : 1 - percent / 100);

/** By field; rates are from 0 to 1, and null of nothing and of a status alone. */
const FIELDS: Readonly<Record<string, (counts: SessionCounts, status: Status | undefined) => number | null>> = {
  'sum(session)': (counts, status) => (status === undefined ? counts.sessions : sessionsOf(counts, status)),
  'count_unique(user)': (counts, status) => (status === undefined ? counts.users : usersOf(counts, status)),
  'crash_free_rate(session)': (counts, status) => (status === undefined ? rate(crashFree(counts).sessions) : null),
  'crash_free_rate(user)': (counts, status) => (status === undefined ? rate(crashFree(counts).users) : null),
  'crash_rate(session)': (counts, status) => (status === undefined ? opposite(crashFree(counts).sessions) : null),
  'crash_rate(user)': (counts, status) => (status === undefined ? opposite(crashFree(counts).users) : null),
};

/** Release health over time, as Sentry's page of it and Grafana's data source ask for it. */
export const sessionRoutes: SentryRoutes = (app, deps) => {
  route(app, 'GET', '/organizations/:organization/sessions/', async (asked) => {
    const { query } = asked;
    const now = Date.now();
    const fields = chosen(query, 'field', Object.keys(FIELDS));
    if (fields.length === 0) throw new HeedError('bad_parameter', `Invalid field: write ${Object.keys(FIELDS).join(', ')}`);
    const ways = chosen(query, 'groupBy', WAYS);
    const period = periodOf(query, now) ?? { from: now - DAY, until: now };
    const step = stepOf(query.get('interval') || '1h', 'interval');
    if (DAY % step !== 0) throw new HeedError('bad_parameter', 'Invalid interval: it must divide a day, e.g. 1h, 6h, 1d');
    checkSlots({ ...period, step });
    const by = ways.filter((way) => way !== 'session.status');
    const { start, rows } = await deps.errors.sessions({ ...(await scopeOf(asked, deps)), ...period, step, by });
    const slots = Math.max(1, Math.ceil((period.until - start) / step));
    const statuses = ways.includes('session.status') ? STATUSES : [undefined];
    const groups = rows.flatMap((row) =>
      statuses.map((status) => {
        const told = (counts: SessionCounts): [string, number | null][] => fields.map((field) => [field, FIELDS[field](counts, status)]);
        const series = row.series.map((counts) => Object.fromEntries(told(counts)));
        const of = { project: row.project, release: row.release, environment: row.environment, 'session.status': status };
        return {
          by: Object.fromEntries(ways.map((way) => [way, of[way]])),
          ...(query.get('includeTotals') === '0' ? {} : { totals: Object.fromEntries(told(row.totals)) }),
          ...(query.get('includeSeries') === '0' ? {} : { series: Object.fromEntries(fields.map((field) => [field, series.map((counts) => counts[field])])) }),
        };
      }),
    );
    return {
      start: iso(start),
      end: iso(start + slots * step),
      query: query.get('query') ?? '',
      intervals: Array.from({ length: slots }, (_, slot) => iso(start + slot * step)),
      groups: groups.slice(0, Math.min(limitOf(query) * statuses.length, Math.max(1, Math.floor(MOST_POINTS / (slots + 1))))),
    };
  });
};

/** @throws HeedError `bad_parameter` */
function chosen<Name extends string>(query: URLSearchParams, key: string, names: readonly Name[]): Name[] {
  const given = query.getAll(key).filter((name) => name !== '');
  for (const name of given) if (!(names as readonly string[]).includes(name)) throw new HeedError('bad_parameter', `Invalid ${key}: write ${names.join(', ')}`);
  return [...new Set(given)] as Name[];
}

/** `project`, `environment`, and `release:` and the like of `query`; one of each, or all. */
async function scopeOf({ query }: Asked, { catalog }: SentryDeps): Promise<Pick<SessionsQuestion, 'project' | 'release' | 'environment'>> {
  const named: Record<'project' | 'release' | 'environment', string[]> = {
    project: query.getAll('project').filter((name) => name !== '' && name !== '-1'),
    release: [],
    environment: query.getAll('environment').filter((name) => name !== ''),
  };
  for (const { key, operator, value, any, not } of parseSearch(query.get('query') ?? '')) {
    if (!Object.hasOwn(named, key) || operator !== '=' || any || not)
      throw new HeedError('bad_parameter', 'Invalid query: sessions are found by release:, environment: and project:, each with one value');
    named[key as 'release'].push(value);
  }
  const only = (key: keyof typeof named): string | undefined => {
    const [first, ...others] = new Set(named[key]);
    if (others.length > 0) throw new HeedError('bad_parameter', `Invalid ${key}: Heed looks at one ${key} at a time, or at all`);
    return first;
  };
  const project = only('project');
  return { project: project === undefined ? null : Number((await projectOf(catalog, project)).id), release: only('release'), environment: only('environment') };
}

function sessionsOf(counts: SessionCounts, status: Status): number {
  const { sessions, errored, unhandled, abnormal, crashed } = counts;
  return status === 'healthy' ? sessions - errored - unhandled - abnormal - crashed : counts[status];
}

function usersOf({ users, usersErrored, usersUnhandled, usersAbnormal, usersCrashed }: SessionCounts, status: Status): number {
  if (status === 'healthy') return Math.max(0, users - usersErrored);
  const others = { unhandled: usersUnhandled, abnormal: usersAbnormal, crashed: usersCrashed };
  return status === 'errored' ? Math.max(0, usersErrored - usersUnhandled - usersAbnormal - usersCrashed) : others[status];
}
