import { hash } from 'node:crypto';
import type { ErrorEvent, Level } from '../../../core/error-event.ts';
import type { JobClue, JobOfEvent } from '../../../core/job-clue.ts';
import type { NewEvent } from '../errors-store.ts';
import { type Body, MOST_BODY } from './body.ts';

/** Longest text of a tag, and most tags of an event, that are counted and searched. */
const LONGEST_KEY = 200;
const LONGEST_VALUE = 200;
const MOST_TAGS = 100;
const LONGEST_TITLE = 1000;
const LAST_TIME = 4e12;

/** An event on its way to the worker: what is kept in columns, and the rest as JSON. */
export interface EventRow {
  project: number;
  slug: string;
  eventId: string;
  time: number;
  type: ErrorEvent['type'];
  level: Level;
  platform: string;
  release: string;
  environment: string;
  hashes: string[];
  recipe: string;
  title: string;
  culprit: string;
  /** JSON. */
  metadata: string;
  handled: boolean | undefined;
  /** Of the user's text; 0 for nobody. */
  user: number;
  /** Of the trace's id; 0 for none. */
  trace: number;
  person: { id: string; email: string; username: string; ip: string };
  tags: [key: string, value: string][];
  /** The run of a job that it is of, or what it says of that: who has the runs finds it. */
  job?: JobOfEvent;
  clue?: JobClue;
  /** JSON of a `Body`. */
  body: string;
}

/** The event as it travels; undefined when it is too large or is none. */
export function rowOf(given: NewEvent): EventRow | undefined {
  const { event, hashes, title, culprit, metadata, handled, user } = given;
  const body = JSON.stringify({ title, culprit, metadata, handled, user, hashes, event } satisfies Body);
  if (body.length > MOST_BODY || hashes.length === 0 || !/^[0-9a-f]{32}$/.test(event.event_id) || !Number.isFinite(event.timestamp)) return undefined;
  const person = event.user ?? {};
  return {
    project: given.project,
    slug: given.slug,
    eventId: event.event_id,
    time: Math.min(LAST_TIME, Math.max(0, Math.floor(event.timestamp))),
    type: event.type,
    level: event.level,
    platform: event.platform,
    release: (event.release ?? '').slice(0, LONGEST_VALUE),
    environment: (event.environment ?? '').slice(0, LONGEST_VALUE),
    hashes: [...new Set(hashes)],
    recipe: given.recipe,
    title: title.slice(0, LONGEST_TITLE),
    culprit: culprit.slice(0, LONGEST_TITLE),
    metadata: JSON.stringify(metadata),
    handled,
    user: user === '' ? 0 : numberOfUser(user),
    trace: numberOfTrace(given.trace),
    person: { id: person.id ?? '', email: person.email ?? '', username: person.username ?? '', ip: person.ip_address ?? '' },
    tags: tagsOf(event, user, handled),
    ...(given.job && { job: given.job }),
    ...(given.clue && { clue: given.clue }),
    body,
  };
}

/** 52 bits of a hash, never 0: of a million users no two will share one. */
function numberOfUser(user: string): number {
  return Number.parseInt(hash('md5', user).slice(0, 13), 16) || 1;
}

/** 52 bits of its end, which is random in all formats; 0 for none. */
export const numberOfTrace = (trace: unknown): number => (typeof trace === 'string' ? Number.parseInt(trace.slice(-13), 16) || 0 : 0);

/**
 * What an event can be found and counted by: its own tags and what Sentry makes tags of. Of one key the first value stands.
 */
export function tagsOf(event: ErrorEvent, user: string, handled: boolean | undefined): [key: string, value: string][] {
  const tags = new Map<string, string>();
  const put = (key: string, value: string | undefined): void => {
    if (value && key !== '' && tags.size < MOST_TAGS && !tags.has(key.slice(0, LONGEST_KEY)))
      tags.set(key.slice(0, LONGEST_KEY), value.slice(0, LONGEST_VALUE));
  };
  put('level', event.level);
  put('environment', event.environment);
  put('release', event.release);
  put('dist', event.dist);
  put('user', user);
  put('transaction', event.transaction);
  put('url', event.request?.url);
  put('server_name', event.server_name);
  put('logger', event.logger);
  if (handled !== undefined) put('handled', handled ? 'yes' : 'no');
  const thrown = event.exception?.at(-1);
  put('error.type', thrown?.type ?? undefined);
  put('mechanism', thrown?.mechanism?.type);
  for (const [key, value] of event.tags) put(key, value);
  return [...tags];
}
