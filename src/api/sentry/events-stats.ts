import type { IssueTerm } from '../../store/errors/errors-store.ts';
import type { ReadSearch } from '../issues/question.ts';
import { type Asked, route, type SentryDeps, type SentryRoutes } from './context.ts';
import { searchOf } from './issue-search.ts';
import { countingOf, countOverTime } from './over-time.ts';
import { periodOf } from './period.ts';
import { type Slots, stepOf } from './stats.ts';

const DAY = 24 * 3_600_000;
const MOST_SERIES = 4;

/** Numbers over time as graphs in Grafana ask for them, by the name that this has had for years and by its newer one. */
export const eventsStatsRoutes: SentryRoutes = (app, deps) => {
  const { errors } = deps;
  route(app, 'GET', '/organizations/:organization/events-stats/', async (asked) => {
    const { search, slots } = await readQuestion(asked, deps);
    const what = countingOf(asked.query.get('yAxis') || 'count()');
    const { times, counts } = await countOverTime(errors, search, slots, what);
    return {
      data: times.map((time, i) => [time / 1000, [{ count: counts[i] }]]),
      start: slots.from / 1000,
      end: slots.until / 1000,
      isMetricsData: false,
      meta: { fields: { [what === 'count()' ? 'count' : 'count_unique_issue']: 'integer' }, units: {}, dataset: 'errors' },
    };
  });

  route(app, 'GET', '/organizations/:organization/events-timeseries/', async (asked) => {
    const { search, slots } = await readQuestion(asked, deps);
    const wanted = asked.query.getAll('yAxis').slice(0, MOST_SERIES).map(countingOf);
    const timeSeries = await Promise.all(
      (wanted.length > 0 ? wanted : (['count()'] as const)).map(async (yAxis) => {
        const { times, counts } = await countOverTime(errors, search, slots, yAxis);
        const values = times.map((timestamp, i) => ({ timestamp, value: counts[i], incomplete: timestamp + slots.step > Date.now() }));
        return { yAxis, groupBy: [], values, meta: { valueType: 'integer', valueUnit: null, interval: slots.step } };
      }),
    );
    return { meta: { dataset: 'errors', start: slots.from, end: slots.until }, timeSeries };
  });
};

async function readQuestion(asked: Asked, deps: SentryDeps): Promise<{ search: ReadSearch; slots: Slots }> {
  const { query } = asked;
  const now = Date.now();
  const period = periodOf(query, now) ?? { from: now - DAY, until: now };
  const slots = { ...period, step: stepOf(query.get('interval') || (period.until - period.from > 14 * DAY ? '1d' : '1h'), 'interval') };
  const found = await searchOf(asked, deps);
  return { search: { ...found, terms: found.terms.filter((term) => !isOfErrors(term)) }, slots };
}

/** Discover says of all errors that they are such events. */
const isOfErrors = ({ key, value, not }: IssueTerm): boolean => key === 'event.type' && (value === 'error') !== not;
