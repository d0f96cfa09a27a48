import { HeedError } from '../../core/errors.ts';
import type { CountsQuestion, ErrorsStore } from '../../store/errors/errors-store.ts';
import type { ReadSearch } from '../issues/question.ts';
import { checkSlots, seriesOf, type Slots } from './stats.ts';

/** Issues that are looked at for a count of some of them. */
const MOST_ISSUES = 2000;
const PAGE = 100;
const MOST_TREND = 999;

/** Conditions on issues; their events are counted whole. */
const OF_ISSUES = new Set([
  'is',
  'assigned',
  'bookmarks',
  'firstSeen',
  'lastSeen',
  'age',
  'timesSeen',
  'users',
  'title',
  'text',
  'issue',
  'platform',
  'error.handled',
  'error.unhandled',
]);
const ROWS: Readonly<Record<string, CountsQuestion['by']>> = { level: 'level', environment: 'environment', release: 'release' };

/** What can be counted over time: events, and kinds of errors. */
export type Counting = 'count()' | 'count_unique(issue)';

/** @throws HeedError `bad_parameter` */
export function countingOf(text: string): Counting {
  if (text === 'count()' || text === 'count_unique(issue)') return text;
  throw new HeedError('bad_parameter', 'Invalid yAxis: Heed counts count() and count_unique(issue) over time');
}

/** Times of the slots, and what was counted in each. */
export interface Counted {
  times: number[];
  counts: number[];
}

/** @throws HeedError `bad_parameter` for a search by what is not counted over time */
export async function countOverTime(errors: ErrorsStore, search: ReadSearch, slots: Slots, what: Counting): Promise<Counted> {
  return what === 'count()' ? countEvents(errors, search, slots) : countIssues(errors, search, slots);
}

async function countEvents(errors: ErrorsStore, { project, terms }: ReadSearch, slots: Slots): Promise<Counted> {
  if (terms.length === 0) {
    const { times, events } = await seriesOf(errors, project, slots);
    return { times, counts: events };
  }
  const [term, more] = terms;
  if (Object.hasOwn(ROWS, term.key) && !more && term.operator === '=') {
    checkSlots(slots);
    const { start, rows, newIssues } = await errors.counts({ project, ...slots, by: ROWS[term.key] });
    const names = [term.value, ...(term.any ?? [])];
    // Those that are few are counted together.
    if (rows.some(({ name }) => name === 'other') && names.some((value) => !rows.some(({ name }) => name === value)))
      throw new HeedError('bad_parameter', `Invalid query: of ${term.key} Heed counts the most frequent ones over time, and this is none of them`);
    const wanted = rows.filter(({ name }) => names.includes(name) !== term.not);
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
