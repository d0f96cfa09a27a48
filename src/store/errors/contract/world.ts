import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ErrorEvent } from '../../../core/error-event.ts';
import type { ErrorsStore, IssuesPage, IssuesQuestion, IssueTerm, NewEvent } from '../errors-store.ts';

/** A place for errors that survives closing; `open` opens the same data again each time. */
export interface ErrorsPlace extends AsyncDisposable {
  open(): ErrorsStore;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

let made = 0;

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** An event for tests, with what a test says of it; those with one `about` are one issue. */
export function makeEvent(about = 'TypeError: x is undefined', event: Partial<ErrorEvent> = {}, part: Partial<NewEvent> = {}): NewEvent {
  const time = event.timestamp ?? Date.now();
  return {
    project: 1,
    slug: 'shop',
    event: {
      event_id: md5(`event ${++made}`),
      type: 'error',
      timestamp: time,
      received: time,
      level: 'error',
      platform: 'javascript',
      tags: [],
      ...event,
    },
    hashes: [md5(about)],
    recipe: 'heed:1',
    title: about,
    culprit: 'cart in pay',
    metadata: { type: about.split(':')[0], value: about.split(': ')[1] ?? '' },
    handled: undefined,
    user: event.user?.id === undefined ? '' : `id:${event.user.id}`,
    ...part,
  };
}

/** The first page of all of a project's issues. */
export function search(part: Partial<IssuesQuestion> = {}): IssuesQuestion {
  const now = Date.now();
  return { project: 1, terms: [], sort: 'date', from: now - DAY, until: now, slots: 24, limit: 25, ...part };
}

/** A term as a search would say it: `!level:error`, `timesSeen:>3`, `tag:a*`. */
export function term(text: string): IssueTerm {
  const [, not, key, operator, value] = /^(!?)([^:]+):(>=|<=|>|<)?(.*)$/s.exec(text) as unknown as string[];
  return { key, operator: (operator as IssueTerm['operator'] | undefined) ?? (value.includes('*') ? 'glob' : '='), value, not: not === '!' };
}

/** Titles that a search finds, sorted. */
export const titles = async (store: ErrorsStore, ...terms: string[]): Promise<string[]> =>
  (await store.issues(search({ terms: terms.map(term), limit: 100 }))).issues.map(({ title }) => title).toSorted();

/** The only issue that there is. */
export async function only(store: ErrorsStore): Promise<IssuesPage['issues'][number]> {
  const { issues } = await store.issues(search());
  assert.equal(issues.length, 1);
  return issues[0];
}

/** What becomes of events. */
export const outcomes = async (store: ErrorsStore, ...events: NewEvent[]): Promise<string[]> => (await store.add(events)).map(({ outcome }) => outcome);
