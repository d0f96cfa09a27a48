import { HeedError } from '../../core/errors.ts';
import type { ErrorsStore, Issue } from '../../store/errors/errors-store.ts';
import { isShortId } from '../issues/find.ts';
import { baseOf } from '../base-address.ts';
import { type Asked, route, type SentryDeps, type SentryRoutes } from './context.ts';
import { issueJson, type IssueSetting, type IssueStats } from './issue-json.ts';
import { searchOf, sortOf } from './issue-search.ts';
import { cursorOf, limitOf, linkPages } from './pages.ts';
import { lengthOf, periodOf } from './period.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SLOTS = 24;

/** What Sentry looks for where nobody says. */
const DEFAULT_QUERY = 'is:unresolved';

export const LISTS = ['/organizations/:organization/issues/', '/projects/:organization/:slug/issues/'];

/** Issues that match, in Sentry's shape; `count` is of the time that is asked for, or of all time. */
export const issueListRoutes: SentryRoutes = (app, deps) => {
  route(app, 'GET', LISTS, async (asked) => {
    const { query, reply } = asked;
    const { errors } = deps;
    const now = Date.now();
    const setting = await settingOf(asked, deps);
    const direct = query.get('shortIdLookup') === '1' ? await namedIssue(errors, query.get('query') ?? '') : undefined;
    if (direct) {
      reply.header('x-sentry-direct-hit', '1');
      linkPages(asked, undefined);
      return [issueJson(direct, setting, await statsOf(errors, direct, now, '24h'))];
    }
    const period = periodOf(query, now);
    const page = await errors.issues({
      ...(await searchOf(asked, deps, query.has('status') ? '' : DEFAULT_QUERY)),
      sort: sortOf(query),
      ...(period ?? { from: now - DAY, until: now }),
      slots: SLOTS,
      limit: limitOf(query),
      cursor: cursorOf(query),
    });
    linkPages(asked, page.next);
    reply.header('x-hits', String(page.total));
    reply.header('x-max-hits', '10000');
    const counted = statsWanted(query);
    return Promise.all(
      page.issues.map(async (issue) => {
        const stats = counted === '' ? {} : await statsOf(errors, issue, now, counted, period);
        return issueJson(issue, setting, stats, period && { events: issue.eventsInWindow, users: issue.usersInWindow });
      }),
    );
  });
};

/** What is needed of projects and addresses to write issues. */
export async function settingOf({ request }: Pick<Asked, 'request'>, { catalog }: SentryDeps): Promise<IssueSetting> {
  return { projects: new Map((await catalog.projects()).map((project) => [Number(project.id), project])), base: baseOf(request) };
}

async function namedIssue(errors: ErrorsStore, text: string): Promise<Issue | undefined> {
  const name = text.trim();
  return isShortId(name) ? errors.issueByShortId(name) : undefined;
}

/** Which counts over time a list has: `24h` unless it says otherwise; empty for none. @throws HeedError `bad_parameter` */
function statsWanted(query: URLSearchParams): '' | '24h' | '14d' | 'auto' {
  if (query.getAll('collapse').includes('stats')) return '';
  const given = query.get('groupStatsPeriod') ?? '24h';
  if (given === '' || given === '24h' || given === '14d' || given === 'auto') return given;
  throw new HeedError('bad_parameter', 'Invalid groupStatsPeriod: write 24h, 14d or auto');
}

/** Events of an issue over time under the name of the period; `auto` is that of the list. */
export async function statsOf(
  errors: Pick<ErrorsStore, 'counts'>,
  issue: Issue,
  now: number,
  name: '24h' | '14d' | '30d' | 'auto',
  period = { from: now - DAY, until: now },
): Promise<IssueStats> {
  const window = name === 'auto' ? period : { from: now - lengthOf(name, 'groupStatsPeriod'), until: now };
  const length = window.until - window.from;
  const step = name === '24h' ? HOUR : name === 'auto' ? HOUR * Math.max(1, Math.ceil(length / HOUR / SLOTS)) : DAY;
  const { start, rows } = await errors.counts({ project: issue.project, issue: issue.id, ...window, step });
  return { [name]: (rows[0]?.events ?? []).map((count, i) => [(start + i * step) / 1000, count]) };
}
