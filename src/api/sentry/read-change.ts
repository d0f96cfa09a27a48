import { HeedError } from '../../core/errors.ts';
import type { IssueChange } from '../../store/errors/errors-store.ts';
import { assignedTo } from './issue-json.ts';

/** What a PUT asks for. */
export interface ReadChange {
  changes: IssueChange[];
  merge: boolean;
  /** Sentry answers what was changed. */
  answer: Record<string, unknown>;
}

type Said = Readonly<Record<string, unknown>>;

const MINUTE = 60_000;
const MOST_MINUTES = 10 * 365 * 24 * 60;

/**
 * Reads the body of a PUT on issues. What Heed has not (subscriptions, marks of having been seen) is passed over, as Sentry
 * passes over what it does not know.
 * @throws HeedError `bad_change`
 */
export function readSentryChange(body: unknown, now: number): ReadChange {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw bad('a JSON object is needed');
  const said = body as Said;
  const read: ReadChange = { changes: [], merge: said.merge === 1 || said.merge === true || said.merge === '1', answer: {} };
  if (said.discard === true) return { ...read, changes: [{ do: 'discard' }] };
  const details = said.statusDetails ?? {};
  if (typeof details !== 'object' || Array.isArray(details)) throw bad('statusDetails must be an object');
  if (said.status !== undefined && said.status !== null) {
    const change = readStatus(said.status, details as Said, said.substatus, now);
    read.changes.push(change);
    const status = { resolve: 'resolved', unresolve: 'unresolved', archive: 'ignored' }[change.do as 'resolve'];
    read.answer = { status, statusDetails: said.status === 'resolvedInNextRelease' ? { inNextRelease: true } : details, isPublic: false };
  }
  if (said.assignedTo !== undefined) {
    const to = said.assignedTo ?? '';
    if (typeof to !== 'string' || to.length > 250) throw bad('assignedTo must be a text');
    read.changes.push({ do: 'assign', to });
    read.answer.assignedTo = assignedTo(to);
  }
  if (said.isBookmarked !== undefined) {
    if (typeof said.isBookmarked !== 'boolean') throw bad('isBookmarked must be true or false');
    read.changes.push({ do: 'bookmark', on: said.isBookmarked });
    read.answer.isBookmarked = said.isBookmarked;
  }
  return read;
}

function readStatus(status: unknown, details: Said, substatus: unknown, now: number): IssueChange {
  switch (status) {
    case 'unresolved':
    case 'reopened':
      return { do: 'unresolve' };
    case 'resolvedInNextRelease':
      return { do: 'resolve', until: { inNextRelease: true } };
    case 'resolved':
      return readResolved(details);
    case 'ignored':
    case 'muted':
    case 'archived':
      return readArchived(details, substatus, now);
    default:
      throw bad(`status ${JSON.stringify(status)?.slice(0, 60)} is none of resolved, resolvedInNextRelease, unresolved, ignored`);
  }
}

function readResolved({ inNextRelease, inRelease, inCommit }: Said): IssueChange {
  if (inNextRelease) return { do: 'resolve', until: { inNextRelease: true } };
  if (inRelease === 'latest') throw bad("inRelease must name a release; of 'latest' Heed does not know which one is meant");
  if (inRelease !== undefined && inRelease !== null) return { do: 'resolve', until: { inRelease: text(inRelease, 'inRelease') } };
  if (inCommit === undefined || inCommit === null) return { do: 'resolve' };
  const commit = typeof inCommit === 'object' ? (inCommit as Said).commit : inCommit;
  return { do: 'resolve', until: { inCommit: text(commit, 'inCommit') } };
}

function readArchived(details: Said, substatus: unknown, now: number): IssueChange {
  for (const window of ['ignoreWindow', 'ignoreUserWindow']) if (details[window]) throw bad(`Heed counts from now on without an end; leave ${window} out`);
  const minutes = count(details, 'ignoreDuration', MOST_MINUTES);
  const until = {
    ...(minutes === undefined ? {} : { time: now + minutes * MINUTE }),
    ...given('moreEvents', count(details, 'ignoreCount', 1e9)),
    ...given('moreUsers', count(details, 'ignoreUserCount', 1e9)),
    ...(details.untilEscalating === true || substatus === 'archived_until_escalating' ? { escalating: true } : {}),
  };
  return Object.keys(until).length === 0 ? { do: 'archive' } : { do: 'archive', until };
}

const given = (name: string, value: number | undefined): Record<string, number> => (value === undefined ? {} : { [name]: value });

function count(details: Said, name: string, most: number): number | undefined {
  const value = details[name] ?? undefined;
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw bad(`${name} must be a whole number from 1 to ${most}`);
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= 250) return value;
  throw bad(`${name} must be a text of at most 250 characters`);
}

function bad(cause: string): HeedError {
  return new HeedError('bad_change', `cannot change issues: ${cause}`);
}
