import type { Level } from '../../../core/error-event.ts';
import type { Issue, IssueState, IssueSubstate, IssueUntil } from '../errors-store.ts';
import { substateNow } from './states.ts';

/** A row of `issues`. */
export interface IssueRow {
  id: number;
  project: number;
  short_id: string;
  slug: string;
  state: IssueState;
  substate: IssueSubstate;
  since: number;
  until: string;
  first_seen: number;
  last_seen: number;
  events: number;
  users: number;
  level: Level;
  handled: number | null;
  assignee: string;
  bookmarked: number;
  comments: number;
  version: number;
  platform: string;
  type: Issue['type'];
  title: string;
  culprit: string;
  first_release: string;
  last_release: string;
  metadata: string;
}

export function issueOf(row: IssueRow, now: number): Issue {
  const until = jsonOf(row.until) as IssueUntil;
  return {
    id: row.id,
    shortId: row.short_id,
    project: row.project,
    slug: row.slug,
    title: row.title,
    culprit: row.culprit,
    metadata: jsonOf(row.metadata) as Issue['metadata'],
    level: row.level,
    platform: row.platform,
    type: row.type,
    handled: row.handled === null ? undefined : row.handled === 1,
    state: row.state,
    substate: substateNow({ state: row.state, substate: row.substate, since: row.since, until }, now),
    until,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    firstRelease: row.first_release,
    lastRelease: row.last_release,
    events: row.events,
    users: row.users,
    assignee: row.assignee,
    bookmarked: row.bookmarked === 1,
    comments: row.comments,
    version: row.version,
  };
}

/** An object's JSON of our own writing; a flipped bit makes it empty. */
export function jsonOf(json: string): object {
  try {
    return JSON.parse(json) as object;
  } catch {
    return {};
  }
}
