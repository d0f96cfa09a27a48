import { HeedError } from '../../core/errors.ts';
import type { CountsQuestion, ErrorsStore, IssueTerm } from '../../store/errors/errors-store.ts';
import type { ReadSearch } from '../issues/question.ts';
import { route, type SentryRoutes } from './context.ts';
import { searchOf } from './issue-search.ts';
import { periodOf } from './period.ts';
import { checkSlots, seriesOf, type Slots, stepOf } from './stats.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Issues that are looked at for a count of some of them. */
const MOST_ISSUES = 2000;
const PAGE = 100;
const MOST_TREND = 999;

/** Conditions on issues; their events are counted whole. */
const OF_ISSUES = new Set(['is', 'assigned', 'bookmarks', 'firstSeen', 'lastSeen', 'age', 'timesSeen', 'users', 'title', 'text', 'error.handled']);
const ROWS: Readonly<Record<string, CountsQuestion['by']>> = { level: 'level', environment: 'environment', release: 'release' };

/** Numbers over time as graphs in Grafana ask for them: events, or kinds of errors. */
export const eventsStatsRoutes: SentryRoutes = (app, deps) => {
  route(app, 'GET', '/organizations/:org/events-stats/', async (asked) => {
    const { query } = asked;
    const now = Date.now();
    const period = periodOf(query, now) ?? { from: now - DAY, until: now };
    const slots = { ...period, step: stepOf(query.get('interval') || (period.until - period.from > 14 * DAY ? '1d' : '1h'), 'interval') };
    const found = await searchOf(asked, deps);
    const search = { ...found, terms: found.terms.filter((term) => !isOfErrors(term)) };
    const what = query.get('yAxis') || 'count()';
    if (what !== 'count()' && what !== 'count_unique(issue)')
      throw new HeedError('bad_parameter', 'Invalid yAxis: Heed counts count() and count_unique(issue) over time');
    const { times, counts } = what === 'count()' ? await countEvents(deps.errors, search, slots) : await countIssues(deps.errors, search, slots);
    return {
      data: times.map((time, i) => [time / 1000, [{ count: counts[i] }]]),
      start: slots.from / 1000,
      end: slots.until / 1000,
      isMetricsData: false,
      meta: { fields: { [what.replaceAll(/\W+$|\W/g, '_').replace(/_$/, '')]: 'integer' }, units: {}, dataset: 'errors' },
    };
  });
};

interface Counted {
  times: number[];
  counts: number[];
}

/** Discover says of all errors that they are such events. */
const isOfErrors = ({ key, value, not }: IssueTerm): boolean => key === 'event.type' && (value === 'error') !== not;

async function countEvents(errors: ErrorsStore, { project, terms }: ReadSearch, slots: Slots): Promise<Counted> {
  if (terms.length === 0) {
    const { times, events } = await seriesOf(errors, project, slots);
    return { times, counts: events };
  }
  const [term, more] = terms;
  if (Object.hasOwn(ROWS, term.key) && !more && term.operator === '=') {
    checkSlots(slots);
    const { start, rows, newIssues } = await errors.counts({ project, ...slots, by: ROWS[term.key] });
    const wanted = rows.filter(({ name }) => [term.value, ...(term.any ?? [])].includes(name) !== term.not);
    return { times: newIssues.map((_, i) => start + i * slots.step), counts: newIssues.map((_, i) => wanted.reduce((sum, { events }) => sum + events[i], 0)) };
  }
  const { times, trends } = await trendsOf(errors, { project, terms }, slots);
  return { times, counts: times.map((_, i) => trends.reduce((sum, trend) => sum + trend[i], 0)) };
}

async function countIssues(errors: ErrorsStore, search: ReadSearch, slots: Slots): Promise<Counted> {
  const { times, trends } = await trendsOf(errors, search, slots);
  return { times, counts: times.map((_, i) => trends.filter((trend) => trend[i] > 0).length) };
}

/** Events over time of each issue that matches and has any. */
async function trendsOf(errors: ErrorsStore, search: ReadSearch, { from, until, step }: Slots): Promise<{ times: number[]; trends: number[][] }> {
  if ((until - from) / step > MOST_TREND)
    throw new HeedError('bad_parameter', `this would be more than ${MOST_TREND} intervals: choose longer ones, or less time`);
  checkSlots({ from, until, step });
  const other = search.terms.find(({ key }) => !OF_ISSUES.has(key));
  if (other)
    throw new HeedError(
      'bad_parameter',
      `Invalid query: Heed cannot count over time by ${other.key}; one of level, environment or release alone can be counted`,
    );
  const start = Math.floor(from / step) * step;
  const slots = Math.ceil((until - start) / step);
  const trends: number[][] = [];
  for (let cursor: string | undefined, seen = 0; seen < MOST_ISSUES; seen += PAGE) {
    const page = await errors.issues({ ...search, sort: 'freq', from: start, until: start + slots * step - 1, slots, limit: PAGE, cursor });
    if (page.total > MOST_ISSUES) throw new HeedError('bad_parameter', `Invalid query: it matches more than ${MOST_ISSUES} issues; narrow it`);
    trends.push(...page.issues.map(({ trend }) => trend));
    cursor = page.next;
    if (cursor === undefined) break;
  }
  return { times: Array.from({ length: slots }, (_, i) => start + i * step), trends };
}
