import type { ErrorEvent } from '../core/error-event.ts';

/** Types of what the HTTP API answers of errors; the screens and the terminal read these. Times are milliseconds. */

/** `GET /api/v1/issues?project=&query=&sort=date|new|freq|user|trends&from=&until=&limit=&cursor=`; `query` in Sentry's syntax, times as in /render. */
export interface IssuesAnswer {
  issues: IssueItem[];
  /** For the next page; null on the last one. */
  next: string | null;
  /** How many match, at most 10,000 are counted. */
  total: number;
  totals: { unresolved: number; new: number; regressed: number; escalating: number; archived: number; resolved: number };
  from: number;
  until: number;
  ms: number;
}

export interface IssueItem {
  id: number;
  /** `SHOP-1A` */
  shortId: string;
  /** The project's slug. */
  project: string;
  title: string;
  /** The title's parts: its type, e.g. `TypeError`, and what it says. */
  type: string;
  value: string;
  culprit: string;
  level: 'fatal' | 'error' | 'warning' | 'info' | 'debug';
  platform: string;
  handled: boolean | null;
  state: 'unresolved' | 'resolved' | 'archived';
  substate: 'new' | 'ongoing' | 'regressed' | 'escalating' | '';
  /** In words: `in the next release`, `until 100 more events`; empty for plainly. */
  until: string;
  firstSeen: number;
  lastSeen: number;
  firstRelease: string;
  lastRelease: string;
  /** Within the window, and ever. */
  events: number;
  users: number;
  allEvents: number;
  allUsers: number;
  /** Events over the window, in equal slots. */
  trend: number[];
  assignee: string;
  bookmarked: boolean;
  comments: number;
}

/** `GET /api/v1/issues/:id`, `:id` a number or a short id. */
export interface IssueAnswer {
  issue: IssueItem;
  /** The most frequent values of each tag; clients' own tags first. */
  tags: { key: string; total: number; values: { value: string; count: number }[] }[];
  hashes: { hash: string; title: string; lastSeen: number; events: number; mergedFrom: string }[];
  activity: { id: number; time: number; by: string; kind: string; text: string }[];
  /** Tickets and the like that belong to it, oldest first. */
  links: { id: number; url: string; title: string; by: string; time: number }[];
}

/** `GET /api/v1/issues/:id/events?query=&limit=&cursor=`: newest first. */
export interface IssueEventsAnswer {
  events: { eventId: string; time: number; title: string; level: string; release: string; environment: string; user: string; url: string }[];
  next: string | null;
}

/** `GET /api/v1/issues/:id/events/:event`, `:event` an event_id, `latest` or `oldest`. */
export interface EventAnswer {
  issue: IssueItem;
  event: ErrorEvent;
  previous: string;
  next: string;
  /** The run of a job that it is of; null for none. */
  job: { slug: string; run: string; file: string; record: string } | null;
  /** Its place from the oldest on, from 1, and how many are kept. */
  place: number;
  kept: number;
  /** Files that came with it; fetched from `/api/v1/projects/PROJECT/events/EVENT/attachments/ID`. */
  attachments: AttachmentItem[];
  /** Why it is in this issue, in sentences; `rule` is a fingerprint rule for all that say the same, empty where it says nothing. */
  grouping: { hash: string; recipe: string; sentences: string[]; rule: string };
  /**
   * Of frames in minified files, as they were sent, oldest call first: whether a source map told where they come from (the event has that then, and what was sent in
   * the frame's `data`), and what had to be right for it. Absent where no frame is of such a file.
   */
  maps?: { frame: string; ok: boolean; why: { ok: boolean; text: string }[] }[];
}

/** `GET /api/v1/issues/:id/events/:event/trace`: what else happened in the trace of an event. */
export interface TraceAnswer {
  /** Its id, 32 hex digits; null where the client sent none. */
  trace: string | null;
  /** The event itself is one of them. In order of time; of many the 50 before the event and the 50 after it that are nearest. */
  rows: TraceRow[];
  more: boolean;
}

export interface TraceRow {
  /** `error`, or the kind of the fact: `transaction`, `log`. */
  kind: string;
  /** When it happened, or began. */
  time: number;
  /** Null for what took no time. */
  durationMs: number | null;
  /** The project's slug. */
  project: string;
  /** Empty for none. */
  level: string;
  title: string;
  /** Where an error happened; what a transaction was, and how it ended unless well. */
  about: string;
  /** Short id of an error's issue. */
  issue: string;
  eventId: string;
}

/** `GET /api/v1/projects/:project/events/:event/attachments`: a list of these. */
export interface AttachmentItem {
  id: number;
  /** As its sender called it; no path. */
  name: string;
  contentType: string;
  /** `event.attachment`, `event.minidump`, `event.view_hierarchy` … */
  kind: string;
  bytes: number;
  time: number;
  /** As what `?preview=true` gives it: an image, the beginning of a text, or nothing. */
  preview: 'image' | 'text' | '';
}

/**
 * `PATCH /api/v1/issues { ids, change }`, or `{ query, project, change }` for all that match (at most 1,000). `change` is one of
 * `{do:'resolve', inRelease?, inNextRelease?, inCommit?}`, `{do:'unresolve'}`, `{do:'archive', time?, moreEvents?, moreUsers?, escalating?}`,
 * `{do:'assign', to}`, `{do:'bookmark', on}`, `{do:'discard'}`.
 */
export interface IssuesChanged {
  changed: number;
  /** For `POST /api/v1/issues/undo { undo }`, ten minutes long; empty when there is nothing to undo. */
  undo: string;
}

/** `POST /api/v1/issues/:id/merge { ids }`, `POST /api/v1/issues/:id/unmerge { hashes }`, `POST /api/v1/issues/:id/comments { text }` answer IssueAnswer. */

/** `GET /api/v1/issues/:id/similar` */
export interface SimilarIssues {
  /** How much alike, up to 1; most first, five at most. */
  similar: { issue: IssueItem; likeness: number }[];
}

/** `GET /api/v1/issues/complete?project=&text=`: what may stand at the end of a search. */
export interface IssuesCompletion {
  /** From this character on it is replaced. */
  start: number;
  offers: { text: string; about: string }[];
}

/** `GET /api/v1/errors/counts?project=&issue=&from=&until=&by=level|environment|release`: events over time, from hourly counts. */
export interface ErrorCountsAnswer {
  start: number;
  step: number;
  rows: { name: string; events: number[] }[];
  newIssues: number[];
}
