import type { ErrorEvent, Level } from '../../core/error-event.ts';
import type { JobClue, JobOfEvent } from '../../core/job-clue.ts';
import type { RunErrors, RunErrorsQuestion } from './jobs.ts';
import type {
  ChangedHour,
  NewSessions,
  ReleaseIssues,
  ReleaseIssuesQuestion,
  ReleasesQuestion,
  SeenRelease,
  SessionsAnswer,
  SessionsQuestion,
} from './sessions.ts';

/**
 * Where error events live, the issues that they are grouped into, and what people did with those. The embedded engine keeps them
 * in one SQLite file behind a worker; a distributed one will keep events in ClickHouse and issues in PostgreSQL.
 * `contract.suite.ts` runs against every implementation. All times are milliseconds since 1970.
 */
export interface ErrorsStore extends AsyncDisposable {
  /**
   * Keeps events, in order. Resolves when they are written: a kill of the process loses nothing of what was resolved.
   * An event that is there already (same project and event_id) is not kept again.
   * @throws HeedError `too_many_events` (429) when more than its bound wait, `disk_full` (507)
   */
  add(events: readonly NewEvent[]): Promise<AddedEvent[]>;
  /** Issues that match, in an order. */
  issues(question: IssuesQuestion): Promise<IssuesPage>;
  issue(id: number): Promise<Issue | undefined>;
  /** By `SHOP-1A`, whatever its case. */
  issueByShortId(shortId: string): Promise<Issue | undefined>;
  /** Events of an issue, newest first. */
  events(question: EventsOfIssue): Promise<EventsPage>;
  /** One event with its neighbours in its issue. `which` is an event_id, or `latest`, `oldest`. */
  event(issue: number, which: string): Promise<FoundEvent | undefined>;
  /** One event of a project by its event_id. */
  eventById(project: number, eventId: string): Promise<FoundEvent | undefined>;
  /** Events of a trace, in whatever projects, those nearest to a time; in order of time. */
  eventsOfTrace(question: TraceQuestion): Promise<TracedEvent[]>;
  /** Numbers of the issues of events of a project by their event_ids, 0 where there is no such event; at most 1,000. */
  issuesOfEvents(project: number, eventIds: readonly string[]): Promise<number[]>;
  /** Changes issues, by whom; answers what they were, for undoing. */
  change(ids: readonly number[], change: IssueChange, by: string): Promise<UndoneIssue[]>;
  /** Puts back what `change` answered, unless the issue was changed since. */
  undo(before: readonly UndoneIssue[], by: string): Promise<number>;
  /** All hashes of `from` point to `into` from now on, and its events are counted there. */
  merge(into: number, from: readonly number[], by: string): Promise<void>;
  /** Hashes leave their issue, with the events that they brought, into a new one. @throws HeedError `conflict` (409) for all or none of the hashes */
  unmerge(issue: number, hashes: readonly string[], by: string): Promise<Issue>;
  hashes(issue: number): Promise<IssueHash[]>;
  comment(issue: number, text: string, by: string): Promise<Activity>;
  /** Addresses that belong to it, oldest first. */
  links(issue: number): Promise<IssueLink[]>;
  /** Adds one; the same address once more changes its title. @throws HeedError `not_found` (404), `too_many_links` (507) above 50 */
  link(issue: number, link: Pick<IssueLink, 'url' | 'title'>, by: string): Promise<IssueLink>;
  /** Resolves to whether it was there. */
  unlink(issue: number, id: number, by: string): Promise<boolean>;
  /** What people and Heed did with it, newest first. */
  activity(issue: number, limit: number): Promise<Activity[]>;
  /** Values of each tag with how many events had them, most first. */
  tags(issue: number, most: number): Promise<TagCounts[]>;
  tagValues(issue: number, key: string, limit: number): Promise<TagCounts>;
  /** Events (and new issues) over time; a project's or an issue's, from hourly counts. */
  counts(question: CountsQuestion): Promise<Counts>;
  /** How many issues there are by state, for the tabs of a list. */
  totals(project: number | null): Promise<IssueTotals>;
  /** Values that complete a search: of a key of it, beginning with a text. */
  complete(project: number | null, key: string, prefix: string, limit: number): Promise<string[]>;
  /**
   * Counts sessions, and changes how those went that are known; what is told twice, or late, counts once, in the hour in which it began.
   * Resolves when they are written, to the hours that changed: a kill of the process loses nothing of what was resolved.
   * @throws HeedError `too_many_events` (429) when more than its bound wait, `disk_full` (507)
   */
  addSessions(sessions: readonly NewSessions[]): Promise<ChangedHour[]>;
  /** @throws HeedError `bad_step` */
  sessions(question: SessionsQuestion): Promise<SessionsAnswer>;
  /** Releases that events or sessions named, those first that were seen first last; at most 1,000. */
  releases(question: ReleasesQuestion): Promise<SeenRelease[]>;
  issuesOfRelease(question: ReleaseIssuesQuestion): Promise<ReleaseIssues>;
  /** What failed in a run of a job. */
  runErrors(question: RunErrorsQuestion): Promise<RunErrors>;
  /** Forgets the releases of a project that is gone, with their sessions. */
  removeReleases(project: number): Promise<void>;
  removeIssues(ids: readonly number[]): Promise<number>;
  /** Forgets events older than a time, and the oldest beyond a number; issues and their counts stay. Resolves to how many. */
  prune(before: number, mostEvents: number): Promise<number>;
  sizes(): Promise<{ events: number; issues: number; bytes: number }>;
  readonly damage: { file: string; what: string; time: number }[];
  /** Not empty: why nothing can be written at the moment. */
  readonly writeProblem: string;
}

/** An event ready to be kept: normalised, scrubbed, grouped, described. */
export interface NewEvent {
  project: number;
  /** The project's slug, for short ids. */
  slug: string;
  event: ErrorEvent;
  /** The one that names its issue first, then others that may be known; MD5, 32 hex digits each. */
  hashes: readonly string[];
  /** Recipe of the hashes. */
  recipe: string;
  title: string;
  culprit: string;
  /** What the title is made of: type, value, filename, function. */
  metadata: Readonly<Record<string, string>>;
  /** False for one that nothing caught; undefined where that is not known. */
  handled: boolean | undefined;
  /** `id:42`, `email:…`; empty for nobody. */
  user: string;
  /** The trace that it happened in, 32 hex digits. */
  trace?: string;
  /** The run of a job that it is of. */
  job?: JobOfEvent;
  /** Or what it says of that. */
  clue?: JobClue;
}

export interface AddedEvent {
  issue: number;
  /** `known` for an event that was there already. */
  outcome: 'new' | 'added' | 'regressed' | 'escalated' | 'known' | 'discarded';
}

export type IssueState = 'unresolved' | 'resolved' | 'archived';
/** Of unresolved ones: why they stand where they do. */
export type IssueSubstate = 'new' | 'ongoing' | 'regressed' | 'escalating' | '';

export interface Issue {
  id: number;
  /** `SHOP-1A`: the project's slug in capitals and a number in base 36. */
  shortId: string;
  project: number;
  slug: string;
  title: string;
  culprit: string;
  metadata: Record<string, string>;
  level: Level;
  platform: string;
  type: ErrorEvent['type'];
  handled: boolean | undefined;
  state: IssueState;
  substate: IssueSubstate;
  /** How it was resolved, or until when it is archived; empty for plainly. */
  until: IssueUntil;
  firstSeen: number;
  lastSeen: number;
  firstRelease: string;
  lastRelease: string;
  events: number;
  users: number;
  assignee: string;
  bookmarked: boolean;
  comments: number;
  /** Grows with every change by people. */
  version: number;
}

/** When a resolved issue regresses, or an archived one comes back. */
export interface IssueUntil {
  /** Resolved in this release: one in a later release is a regression. */
  inRelease?: string;
  /** Resolved in the release after the newest that was known then, this one. */
  afterRelease?: string;
  inCommit?: string;
  /** Archived until this time. */
  time?: number;
  /** Archived until so many more events, or users, altogether. */
  events?: number;
  users?: number;
  /** Archived until it comes much more often than it did. */
  escalating?: boolean;
}

export type IssueChange =
  | { do: 'resolve'; until?: Pick<IssueUntil, 'inRelease' | 'inCommit'> & { inNextRelease?: boolean } }
  | { do: 'unresolve' }
  | { do: 'archive'; until?: { time?: number; moreEvents?: number; moreUsers?: number; escalating?: boolean } }
  | { do: 'assign'; to: string }
  | { do: 'bookmark'; on: boolean }
  /** It and its events go, and so do those that come. */
  | { do: 'discard' };

/** An issue as it was before a change. */
export interface UndoneIssue {
  id: number;
  /** The version that the change made. */
  version: number;
  state: IssueState;
  substate: IssueSubstate;
  until: IssueUntil;
  assignee: string;
  bookmarked: boolean;
}

/** One condition of a search; all must hold. Sentry's words: `is:unresolved release:1.4* !level:error timesSeen:>10 has:user "text"`. */
export interface IssueTerm {
  /** `is`, `release`, `firstRelease`, `lastRelease`, `level`, `assigned`, `bookmarks`, `firstSeen`, `lastSeen`, `age`, `timesSeen`, `users`, `title`, `has`, or a tag; `text` is free text. */
  key: string;
  /** What it is compared by; a glob holds `*`. */
  operator: '=' | '>' | '>=' | '<' | '<=' | 'glob';
  value: string;
  /** More values, any of which will do as well: `level:[error,fatal]`. */
  any?: readonly string[];
  not: boolean;
}

export interface IssuesQuestion {
  /** Null for all projects. */
  project: number | null;
  terms: readonly IssueTerm[];
  /** `date` is last seen, `new` first seen, `freq` events, `user` users, all within `from`…`until`, greatest first. */
  sort: 'date' | 'new' | 'freq' | 'user' | 'trends';
  /** The window that events, users and trends are of. */
  from: number;
  until: number;
  /** Counts of the trend. */
  slots: number;
  limit: number;
  /** Of the page before; undefined for the first. */
  cursor?: string;
}

export interface IssuesPage {
  issues: (Issue & {
    /** Events and users within the window. */
    eventsInWindow: number;
    usersInWindow: number;
    trend: number[];
  })[];
  /** Undefined on the last page. */
  next: string | undefined;
  /** How many match, at most 10,000 are counted. */
  total: number;
}

export interface EventsOfIssue {
  issue: number;
  terms: readonly IssueTerm[];
  limit: number;
  cursor?: string;
}

export interface EventRow {
  eventId: string;
  time: number;
  title: string;
  level: Level;
  release: string;
  environment: string;
  user: string;
  url: string;
}

export interface EventsPage {
  events: EventRow[];
  next: string | undefined;
}

export interface FoundEvent {
  issue: number;
  event: ErrorEvent;
  /** The run of a job that it is of. */
  job?: JobOfEvent;
  hashes: string[];
  /** event_ids; empty at the ends. */
  previous: string;
  next: string;
  /** Its place from the oldest on, from 1, and how many are kept. */
  place: number;
  kept: number;
}

/** Which events of a trace. */
export interface TraceQuestion {
  /** 32 hex digits. */
  trace: string;
  /** Those before and after this time, milliseconds. */
  around: number;
  /** Of each side; 100 at most. */
  limit: number;
}

/** An event as one of its trace. */
export interface TracedEvent {
  project: number;
  issue: number;
  eventId: string;
  time: number;
  level: Level;
  title: string;
  culprit: string;
}

export interface IssueHash {
  hash: string;
  recipe: string;
  /** Title of the newest event that had it, and when that was. */
  title: string;
  lastSeen: number;
  events: number;
  /** Short id of the issue that it came from by a merge; empty when it was always here. */
  mergedFrom: string;
}

export interface Activity {
  id: number;
  time: number;
  by: string;
  kind:
    | 'first_seen'
    | 'resolved'
    | 'unresolved'
    | 'archived'
    | 'regressed'
    | 'escalated'
    | 'assigned'
    | 'bookmarked'
    | 'comment'
    | 'linked'
    | 'unlinked'
    | 'merged'
    | 'unmerged';
  text: string;
}

/** A ticket, a merge request: what belongs to an issue elsewhere. */
export interface IssueLink {
  id: number;
  url: string;
  /** Empty for the address itself. */
  title: string;
  by: string;
  time: number;
}

export const MOST_LINKS = 50;

export interface TagCounts {
  key: string;
  /** Events that have the tag at all. */
  total: number;
  values: { value: string; count: number; firstSeen: number; lastSeen: number }[];
}

export interface CountsQuestion {
  project: number | null;
  issue?: number;
  from: number;
  until: number;
  /** Length of a slot, whole hours, milliseconds. */
  step: number;
  by?: 'level' | 'environment' | 'release';
}

export interface Counts {
  /** Begin of the first slot. */
  start: number;
  step: number;
  rows: { name: string; events: number[] }[];
  newIssues: number[];
}

export interface IssueTotals {
  unresolved: number;
  new: number;
  regressed: number;
  escalating: number;
  archived: number;
  resolved: number;
}
