import { readEventId } from '../event/event-id.ts';
import { readEnvironment, readRelease } from '../event/names.ts';
import { Notes } from '../event/notes.ts';
import { integerOf, isRecord, lineOf, numberOf, type Raw } from '../event/shapes.ts';
import { readTime } from '../event/time.ts';
import { badItem, recordOfItem } from './item-error.ts';

/** What sessions of one client have in common. */
export interface SessionAttributes {
  release: string;
  environment?: string;
  userAgent?: string;
  /** May be `{{auto}}`. */
  address?: string;
}

/** The state of one session, which the next one with a higher `sequence` replaces. */
export interface SessionUpdate extends SessionAttributes {
  /** 32 lower-case hex digits. */
  id: string;
  /** Whose session it is, by the client's name for a user or an installation. */
  user?: string;
  /** The first of its session: the one to count. */
  isFirst: boolean;
  sequence: number;
  /** Milliseconds since 1970. */
  started: number;
  timestamp: number;
  durationMs?: number;
  /** `ok`, `exited`, `crashed`, `abnormal`, `unhandled`, or what clients come up with. */
  status: string;
  errors: number;
  abnormalMechanism?: string;
}

/** Sessions that a server counted itself, by the minute in which they began. */
export interface SessionCounts extends SessionAttributes {
  counts: { started: number; user?: string; exited: number; errored: number; abnormal: number; crashed: number; unhandled: number }[];
}

const MOST_COUNTS = 100;
const MOST_COUNT = 1e9;
const MOST_NAME = 200;
const MOST_WORD = 64;
const OLDEST_MS = 5 * 86_400_000;
const MOST_AHEAD_MS = 60_000;

/**
 * The item `session`. A session that began more than five days ago is refused.
 * @throws HeedError `bad_item`
 */
export function readSession(value: unknown, received: number): SessionUpdate {
  const raw = recordOfItem('session', value);
  const id = readEventId(raw.sid);
  if (id === undefined) throw badItem('session', `'sid' must be an id of 32 hex digits`);
  const started = readTime(raw.started);
  if (started === undefined) throw badItem('session', `'started' must be a time`);
  if (started < received - OLDEST_MS || started > received + MOST_AHEAD_MS) throw badItem('session', 'it did not begin within the last five days');
  const timestamp = Math.round(readTime(raw.timestamp) ?? received);
  const seconds = numberOf(raw.duration);
  const status = lineOf(raw.status, MOST_WORD)?.toLowerCase() ?? 'ok';
  const errors = integerOf(raw.errors, 0, MOST_COUNT) ?? 0;
  return {
    ...readAttributes('session', raw),
    id,
    user: lineOf(raw.did, MOST_NAME),
    isFirst: raw.init === true,
    sequence: integerOf(raw.seq) ?? timestamp,
    started: Math.round(started),
    timestamp,
    durationMs: seconds === undefined || seconds < 0 ? undefined : Math.round(seconds * 1e6) / 1e3,
    status,
    // A session cannot have crashed without an error.
    errors: errors === 0 && (status === 'crashed' || status === 'unhandled') ? 1 : errors,
    abnormalMechanism: lineOf(raw.abnormal_mechanism, MOST_WORD),
  };
}

/**
 * The item `sessions`. Minutes that are too old, or not to be read, are left out.
 * @throws HeedError `bad_item`
 */
export function readSessions(value: unknown, received: number): SessionCounts {
  const raw = recordOfItem('sessions', value);
  const attributes = readAttributes('sessions', raw);
  const said: unknown[] = Array.isArray(raw.aggregates) ? raw.aggregates.slice(0, MOST_COUNTS) : [];
  const counts: SessionCounts['counts'] = [];
  for (const entry of said.filter(isRecord)) {
    const started = readTime(entry.started);
    if (started === undefined || started < received - OLDEST_MS || started > received + MOST_AHEAD_MS) continue;
    const count = (name: string): number => integerOf(entry[name], 0, MOST_COUNT) ?? 0;
    counts.push({
      started: Math.round(started),
      user: lineOf(entry.did, MOST_NAME),
      exited: count('exited'),
      errored: count('errored'),
      abnormal: count('abnormal'),
      crashed: count('crashed'),
      unhandled: count('unhandled'),
    });
  }
  if (counts.length === 0) throw badItem('sessions', `'aggregates' must have a minute of the last five days`);
  return { ...attributes, counts };
}

function readAttributes(type: string, raw: Raw): SessionAttributes {
  const attrs = isRecord(raw.attrs) ? raw.attrs : {};
  const notes = new Notes(undefined);
  const release = readRelease(attrs.release, notes);
  if (release === undefined) throw badItem(type, `'attrs' must name a release; set one in the SDK`);
  return {
    release,
    environment: readEnvironment(attrs.environment, notes),
    userAgent: lineOf(attrs.user_agent, 1024),
    address: lineOf(attrs.ip_address, MOST_WORD),
  };
}
