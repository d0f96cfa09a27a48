import { HeedError } from '../../core/errors.ts';
import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import { projectOf } from '../issues/find.ts';
import { route, type SentryRoutes } from './context.ts';
import { iso, lengthOf, momentOf, periodOf } from './period.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOST_SLOTS = 10_000;

export interface Slots {
  from: number;
  until: number;
  step: number;
}

/** Events that came, in `resolution` of hours or days: the oldest of Sentry's numbers, and what scripts draw graphs of. */
export const statsRoutes: SentryRoutes = (app, { errors, catalog }) => {
  route(app, 'GET', '/projects/:organization/:slug/stats/', async ({ parts, query }) => {
    const project = Number((await projectOf(catalog, parts.slug)).id);
    const stat = query.get('stat') ?? 'received';
    if (stat !== 'received') throw new HeedError('bad_parameter', `Invalid stat: Heed counts what is received, not '${stat.slice(0, 40)}'`);
    const now = Date.now();
    const until = query.get('until');
    const since = query.get('since');
    const end = until ? momentOf(until, 'until') : now;
    const slots = { from: since ? momentOf(since, 'since') : end - DAY, until: end, step: stepOf(query.get('resolution') || '1h', 'resolution') };
    return seriesOf(errors, project, slots).then(({ times, events }) => times.map((time, i) => [time / 1000, events[i]]));
  });

  route(app, 'GET', '/organizations/:organization/stats_v2/', async ({ query }) => {
    const now = Date.now();
    const period = periodOf(query, now) ?? { from: now - 90 * DAY, until: now };
    const slots = { ...period, step: stepOf(query.get('interval') || (period.until - period.from > 2 * DAY ? '1d' : '1h'), 'interval') };
    const fields = query.getAll('field');
    if (fields.length === 0 || !fields.every((field) => FIELDS.includes(field)))
      throw new HeedError('bad_parameter', `Invalid field: write ${FIELDS.join(' or ')}`);
    const ways = query.getAll('groupBy');
    for (const way of ways) if (!WAYS.includes(way)) throw new HeedError('bad_parameter', `Invalid groupBy: write ${WAYS.join(', ')}`);
    const projects = await Promise.all(
      query
        .getAll('project')
        .filter((name) => name !== '' && name !== '-1')
        .map(async (name) => projectOf(catalog, name)),
    );
    const all = projects.length > 0 ? projects : await catalog.projects();
    const counted = await Promise.all(all.map(async ({ id }) => ({ id: Number(id), ...(await seriesOf(errors, Number(id), slots)) })));
    const [{ times }] = counted;
    const kept = isCounted(query) ? counted : [];
    const groups = ways.includes('project') ? kept.map((one) => [one]) : kept.length > 0 ? [kept] : [];
    return {
      start: iso(times[0] ?? slots.from),
      end: iso(slots.until),
      intervals: times.map(iso),
      groups: groups.map((group) => {
        const events = times.map((_, i) => group.reduce((sum, one) => sum + one.events[i], 0));
        const total = events.reduce((sum, count) => sum + count, 0);
        const by = { project: group[0].id, outcome: 'accepted', category: 'error', reason: 'none' };
        return {
          by: Object.fromEntries(ways.map((way) => [way, by[way as 'project']])),
          totals: Object.fromEntries(fields.map((field) => [field, total])),
          series: Object.fromEntries(fields.map((field) => [field, events])),
        };
      }),
    };
  });
};

const FIELDS = ['sum(quantity)', 'sum(times_seen)'];
const WAYS = ['outcome', 'category', 'reason', 'project'];

/** Heed keeps counts of errors that it took; other outcomes and categories are none. */
function isCounted(query: URLSearchParams): boolean {
  const has = (name: string, value: string): boolean => query.getAll(name).filter(Boolean).length === 0 || query.getAll(name).includes(value);
  return has('outcome', 'accepted') && has('category', 'error');
}

/** Whole hours. @throws HeedError `bad_parameter` */
export function stepOf(text: string, name: string): number {
  const step = lengthOf(text, name);
  if (step % HOUR === 0) return step;
  throw new HeedError('bad_parameter', `Invalid ${name}: counts are kept by the hour, so write 1h, 6h, 1d`);
}

/** Events and new issues of a project, or of all. @throws HeedError `bad_parameter` for more slots than are answered */
export async function seriesOf(
  errors: Pick<ErrorsStore, 'counts'>,
  project: number | null,
  slots: Slots,
): Promise<{ times: number[]; events: number[]; newIssues: number[] }> {
  checkSlots(slots);
  const { start, rows, newIssues } = await errors.counts({ project, ...slots });
  return { times: newIssues.map((_, i) => start + i * slots.step), events: newIssues.map((_, i) => rows[0]?.events[i] ?? 0), newIssues };
}

export function checkSlots({ from, until, step }: Slots): void {
  if (from >= until) throw new HeedError('bad_parameter', 'the time begins after it ends');
  if ((until - from) / step > MOST_SLOTS)
    throw new HeedError('bad_parameter', `this would be more than ${MOST_SLOTS} intervals: choose longer ones, or less time`);
}
