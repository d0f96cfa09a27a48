import type { Level } from '../../core/error-event.ts';

/** What values a key takes. */
export type KeyKind = 'state' | 'level' | 'time' | 'number' | 'flag' | 'text';

export interface SearchKey {
  key: string;
  kind: KeyKind;
  /** One sentence for people who look for a key. */
  about: string;
  /** Other ways to write it; case never counts. */
  also?: readonly string[];
}

/** Keys that mean something of their own; every other one is a tag. */
export const SEARCH_KEYS: readonly SearchKey[] = [
  { key: 'is', kind: 'state', about: 'What became of the issue, e.g. is:unresolved.' },
  { key: 'level', kind: 'level', about: 'How grave it is, e.g. level:error.' },
  { key: 'release', kind: 'text', about: 'Release of an event, e.g. release:shop@1.4*.' },
  { key: 'environment', kind: 'text', about: 'Environment of an event, e.g. environment:production.', also: ['env'] },
  { key: 'firstSeen', kind: 'time', about: 'When it was new: -24h is within the last day, +7d is longer ago.' },
  { key: 'age', kind: 'time', about: 'How long ago it was new, e.g. age:>7d; age:-24h is the same as firstSeen:-24h.' },
  { key: 'lastSeen', kind: 'time', about: 'When it last came: -1h is within the last hour.' },
  { key: 'timesSeen', kind: 'number', about: 'How many events it has, e.g. timesSeen:>100.' },
  { key: 'users', kind: 'number', about: 'How many users met it, e.g. users:>10.', also: ['usersSeen', 'userCount'] },
  { key: 'assigned', kind: 'text', about: 'Who works on it; assigned:me, assigned:none.', also: ['assigned_to', 'assignee', 'assigned_or_suggested'] },
  { key: 'bookmarks', kind: 'text', about: 'Bookmarked ones: bookmarks:me.' },
  { key: 'has', kind: 'text', about: 'Issues with a tag at all, e.g. has:user.' },
  { key: 'title', kind: 'text', about: 'The title, e.g. title:*Timeout*.' },
  { key: 'text', kind: 'text', about: 'Words of title or place; free text is the same.', also: ['message'] },
  { key: 'issue', kind: 'text', about: 'One issue, by its short id, e.g. issue:SHOP-1A.' },
  { key: 'project', kind: 'text', about: 'A project, by its short name.', also: ['project.name'] },
  { key: 'user.id', kind: 'text', about: 'A user, by id.' },
  { key: 'user.email', kind: 'text', about: 'A user, by e-mail address.' },
  { key: 'user.username', kind: 'text', about: 'A user, by name.' },
  { key: 'user.ip', kind: 'text', about: 'A user, by IP address.' },
  { key: 'url', kind: 'text', about: 'Address of the page or the request, e.g. url:*/checkout*.' },
  { key: 'transaction', kind: 'text', about: 'Route or job that it happened in.' },
  { key: 'trace', kind: 'text', about: 'What happened in one trace: its whole id, 32 hex digits.', also: ['trace.id', 'trace_id'] },
  { key: 'platform', kind: 'text', about: 'Platform of the client, e.g. platform:node.', also: ['platform.name'] },
  { key: 'error.type', kind: 'text', about: 'Type of the error, e.g. error.type:TypeError.' },
  { key: 'error.handled', kind: 'flag', about: 'Whether something caught it: error.handled:false.' },
  { key: 'error.unhandled', kind: 'flag', about: 'Whether nothing caught it: error.unhandled:true.' },
];

/** What `is:` may say; the right side is how it is kept. */
export const STATES: Readonly<Record<string, string>> = {
  unresolved: 'unresolved',
  resolved: 'resolved',
  archived: 'archived',
  ignored: 'archived',
  muted: 'archived',
  new: 'new',
  ongoing: 'ongoing',
  regressed: 'regressed',
  escalating: 'escalating',
  for_review: 'for_review',
  assigned: 'assigned',
  unassigned: 'unassigned',
};

export const STATE_WORDS: Readonly<Record<string, string>> = {
  unresolved: 'To be looked at.',
  resolved: 'Done.',
  archived: 'Set aside.',
  new: 'Unresolved and first seen a short time ago.',
  ongoing: 'Unresolved and known.',
  regressed: 'Came back after it was resolved.',
  escalating: 'Comes much more often than it did.',
  for_review: 'New, regressed or escalating, and nobody works on it.',
  assigned: 'Somebody works on it.',
  unassigned: 'Nobody works on it.',
};

export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  fatal: 'The program ended.',
  error: 'Something failed.',
  warning: 'Something is odd.',
  info: 'Something happened.',
  debug: 'For who looks closely.',
};

const byName = new Map(SEARCH_KEYS.flatMap((known) => [known.key, ...(known.also ?? [])].map((name) => [name.toLowerCase(), known])));

/** The key of a name; undefined for a tag. */
export function keyNamed(name: string): SearchKey | undefined {
  return byName.get(name.toLowerCase());
}
