import { LEVELS } from '../../../core/error-event.ts';
import { HeedError } from '../../../core/errors.ts';
import type { EventRow as ListedEvent, EventsOfIssue, EventsPage, FoundEvent, IssueTerm } from '../errors-store.ts';
import { readBody } from './bodies.ts';
import type { Body } from './body.ts';
import { cursorOf, placeOf } from './cursor.ts';
import type { ErrorsFile } from './errors-file.ts';
import { firstIdOf, timeOf } from './event-id.ts';
import { tagsOf } from './event-row.ts';
import { jobOfEvent } from './job-events.ts';
import type { Memory } from './memory.ts';
import { spanOf } from './moment.ts';
import { HOUR } from './tally.ts';
import { matchesWildcard } from './wildcard.ts';

const MOST_LISTED = 1000;
/** Bodies read for one page: where few match, pages are short and the next one goes on. */
const MOST_READ = 3000;
/** Events of an issue that are walked to tell an event's place. */
const MOST_WALKED = 20_000;
/** Groups of an issue whose events are listed together. */
const MOST_GROUPS = 1000;

interface StoredEvent {
  id: number;
  event_id: Uint8Array;
  grp: number;
  level: number;
  release: number;
  environment: number;
}

const COLUMNS = 'id, event_id, grp, level, release, environment';

export function listEvents(file: ErrorsFile, memory: Memory, { issue, terms, limit, cursor }: EventsOfIssue, now: number): EventsPage {
  const most = Math.min(Math.max(1, Math.floor(limit)), MOST_LISTED);
  const conditions = terms.map((term) => matcher(term, now));
  const groups = groupsOf(file, issue);
  const events: ListedEvent[] = [];
  let before = placeOf('events', cursor)?.id ?? Number.MAX_SAFE_INTEGER;
  for (let read = 0; read < MOST_READ;) {
    const some = eventsBefore(file, groups, before, Math.min(most - events.length + 1, 200));
    for (const stored of some) {
      if (events.length === most) return { events, next: cursorOf('events', { key: 0, id: before }) };
      before = stored.id;
      read++;
      const body = readBody(file, memory, stored.id, hexOf(stored));
      const subject = { body, time: timeOf(stored.id), tags: body && new Map(tagsOf(body.event, body.user, body.handled)) };
      if (conditions.every((matches) => matches(subject))) events.push(listed(file, memory, stored, body));
    }
    if (some.length === 0) return { events, next: undefined };
  }
  return { events, next: cursorOf('events', { key: 0, id: before }) };
}

export function findEvent(file: ErrorsFile, memory: Memory, issue: number, which: string): FoundEvent | undefined {
  const groups = groupsOf(file, issue);
  if (which === 'latest') return found(file, memory, issue, groups, eventsBefore(file, groups, Number.MAX_SAFE_INTEGER, 1)[0]);
  if (which === 'oldest') return found(file, memory, issue, groups, eventsAfter(file, groups, -1)[0]);
  if (!/^[0-9a-f]{32}$/i.test(which)) return undefined;
  const stored = file.all<StoredEvent>(`SELECT ${COLUMNS} FROM events WHERE event_id = ?`, Buffer.from(which, 'hex')).find(({ grp }) => groups.includes(grp));
  return found(file, memory, issue, groups, stored);
}

export function findEventOfProject(file: ErrorsFile, memory: Memory, project: number, eventId: string): FoundEvent | undefined {
  if (!/^[0-9a-f]{32}$/i.test(eventId)) return undefined;
  const stored = file.get<StoredEvent & { issue: number }>(
    `SELECT events.${COLUMNS}, issue FROM events JOIN groups ON groups.id = grp WHERE event_id = ? AND events.project = ?`,
    Buffer.from(eventId, 'hex'),
    project,
  );
  return stored && found(file, memory, stored.issue, groupsOf(file, stored.issue), stored);
}

/** Of each event the number of its issue; 0 for one that is not there. */
export function issuesOfEvents(file: ErrorsFile, project: number, eventIds: readonly string[]): number[] {
  const sql = 'SELECT issue FROM events JOIN groups ON groups.id = grp WHERE event_id = ? AND events.project = ?';
  return eventIds.map((id) => (/^[0-9a-f]{32}$/i.test(id) ? (file.get<{ issue: number }>(sql, Buffer.from(id, 'hex'), project)?.issue ?? 0) : 0));
}

/** Those with events, the most used first. */
function groupsOf(file: ErrorsFile, issue: number): number[] {
  return file.all<{ id: number }>('SELECT id FROM groups WHERE issue = ? AND kept > 0 ORDER BY kept DESC LIMIT ?', issue, MOST_GROUPS).map(({ id }) => id);
}

function eventsBefore(file: ErrorsFile, groups: readonly number[], id: number, limit: number): StoredEvent[] {
  const all = groups.flatMap((group) =>
    file.all<StoredEvent>(`SELECT ${COLUMNS} FROM events WHERE grp = ? AND id < ? ORDER BY id DESC LIMIT ?`, group, id, limit),
  );
  return groups.length === 1 ? all : all.toSorted((a, b) => b.id - a.id).slice(0, limit);
}

function eventsAfter(file: ErrorsFile, groups: readonly number[], id: number): StoredEvent[] {
  const all = groups.flatMap((group) => file.all<StoredEvent>(`SELECT ${COLUMNS} FROM events WHERE grp = ? AND id > ? ORDER BY id LIMIT 1`, group, id));
  return all.toSorted((a, b) => a.id - b.id).slice(0, 1);
}

function found(file: ErrorsFile, memory: Memory, issue: number, groups: readonly number[], stored: StoredEvent | undefined): FoundEvent | undefined {
  if (!stored) return undefined;
  const body = readBody(file, memory, stored.id, hexOf(stored));
  if (!body) throw new HeedError('damaged', `cannot read event ${hexOf(stored)}: its body is damaged on disk; a backup may have it`, { status: 500 });
  const { id } = stored;
  const kept = groups.reduce((sum, group) => sum + (file.get<{ kept: number }>('SELECT kept FROM groups WHERE id = ?', group)?.kept ?? 0), 0);
  const newer = groups.reduce((sum, group) => sum + newerThan(file, group, id, kept <= MOST_WALKED), 0);
  const [previous, next] = [eventsBefore(file, groups, id, 1)[0], eventsAfter(file, groups, id)[0]];
  return {
    issue,
    event: body.event,
    job: jobOfEvent(file, id),
    hashes: [...body.hashes],
    previous: previous ? hexOf(previous) : '',
    next: next ? hexOf(next) : '',
    place: Math.max(1, kept - newer),
    kept,
  };
}

/**
 * Events of a group after one. Of very many only those of its hour are walked, the others taken from the hourly counts: events go
 * oldest first, so none of those is gone, but for one that came when later ones had gone already.
 */
function newerThan(file: ErrorsFile, group: number, id: number, walk: boolean): number {
  if (walk) return file.get<{ newer: number }>('SELECT count(*) AS newer FROM events WHERE grp = ? AND id > ?', group, id)?.newer ?? 0;
  const hour = Math.floor(timeOf(id) / HOUR);
  const day = Math.floor(hour / 24);
  const { newer } = file.get<{ newer: number }>(
    `SELECT (SELECT count(*) FROM events WHERE grp = ?1 AND id > ?2 AND id < ?3)
      + (SELECT coalesce(sum(events), 0) FROM hours WHERE grp = ?1 AND hour > ?4 AND hour < ?5)
      + (SELECT coalesce(sum(events), 0) FROM days WHERE grp = ?1 AND day > ?6) AS newer`,
    group,
    id,
    firstIdOf((hour + 1) * HOUR),
    hour,
    (day + 1) * 24,
    day,
  ) as { newer: number };
  return newer;
}

const hexOf = ({ event_id: bytes }: StoredEvent): string => Buffer.from(bytes).toString('hex');

function listed(file: ErrorsFile, memory: Memory, stored: StoredEvent, body: Body | undefined): ListedEvent {
  return {
    eventId: hexOf(stored),
    time: body?.event.timestamp ?? timeOf(stored.id),
    title: body?.title ?? '(This event is damaged on disk and cannot be read.)',
    level: LEVELS[stored.level] ?? 'error',
    release: memory.textOf(file, stored.release),
    environment: memory.textOf(file, stored.environment),
    user: body?.user ?? '',
    url: body?.event.request?.url ?? '',
  };
}

interface Subject {
  body: Body | undefined;
  time: number;
  tags: Map<string, string> | undefined;
}

/** A condition on one event. Those on issues (`is`, `timesSeen` …) hold for all of its events. */
function matcher(term: IssueTerm, now: number): (subject: Subject) => boolean {
  const { key, value, not } = term;
  const any = [value, ...(term.any ?? [])].map((one) => positive({ ...term, value: one }, now));
  if (any.includes(undefined)) return () => true;
  if (key !== 'text' && value === '') return ({ tags }) => !tags?.has(key) !== not;
  return ({ body, ...subject }) => body !== undefined && any.some((holds) => holds?.({ body, ...subject }, body)) !== not;
}

function positive({ key, operator, value }: IssueTerm, now: number): ((subject: Subject, body: Body) => boolean) | undefined {
  const matches = (text: string | undefined): boolean => matchesWildcard(value, text ?? '');
  const inside = (text: string): boolean => matchesWildcard(operator === 'glob' ? value : `*${value}*`, text);
  switch (key) {
    case 'is':
    case 'issue':
    case 'assigned':
    case 'bookmarks':
    case 'timesSeen':
    case 'users':
    case 'firstSeen':
    case 'lastSeen':
    case 'age':
      return undefined;
    case 'timestamp': {
      const { from, until } = spanOf(key, operator, value, now);
      return ({ time }) => time >= from && time <= until;
    }
    case 'id':
      return (_, { event }) => matches(event.event_id);
    case 'text':
    case 'message':
      return (_, { title, culprit, metadata, event }) =>
        [title, key === 'text' ? culprit : '', metadata.value ?? '', event.logentry?.formatted ?? ''].some((text) => inside(text));
    case 'title':
      return (_, { title }) => matches(title);
    case 'platform':
      return (_, { event }) => matches(event.platform);
    case 'trace': {
      const trace = value.trim().replaceAll('-', '').toLowerCase();
      return (_, { event }) => event.contexts?.trace?.trace_id === trace;
    }
    case 'has':
      return ({ tags }) => tags?.has(value) ?? false;
    case 'error.handled':
    case 'error.unhandled': {
      const wanted = ['1', 'true', 'yes'].includes(value.toLowerCase()) === (key === 'error.handled');
      return (_, { handled }) => handled === wanted;
    }
    case 'user.id':
      return (_, { event }) => matches(event.user?.id);
    case 'user.email':
      return (_, { event }) => matches(event.user?.email);
    case 'user.username':
      return (_, { event }) => matches(event.user?.username);
    case 'user.ip':
      return (_, { event }) => matches(event.user?.ip_address);
    default:
      return ({ tags }) => matches(tags?.get(key));
  }
}
