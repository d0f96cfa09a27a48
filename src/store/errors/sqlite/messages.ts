import type { CountsQuestion, EventsOfIssue, IssueChange, IssuesQuestion, TraceQuestion, UndoneIssue } from '../errors-store.ts';
import type { RunErrorsQuestion } from '../jobs.ts';
import type { NewSessions, ReleaseIssuesQuestion, ReleasesQuestion, SessionsQuestion } from '../sessions.ts';
import type { EventRow } from './event-row.ts';

export interface ErrorsWorkerData {
  folder: string;
  counters: SharedArrayBuffer;
}

/** What the worker is asked besides taking events. */
export type ErrorsQuestion =
  | { do: 'issues'; question: IssuesQuestion }
  | { do: 'issue'; id: number }
  | { do: 'issueByShortId'; shortId: string }
  | { do: 'events'; question: EventsOfIssue }
  | { do: 'event'; issue: number; which: string }
  | { do: 'eventById'; project: number; eventId: string }
  | { do: 'eventsOfTrace'; question: TraceQuestion }
  | { do: 'issuesOfEvents'; project: number; eventIds: readonly string[] }
  | { do: 'change'; ids: readonly number[]; change: IssueChange; by: string }
  | { do: 'undo'; before: readonly UndoneIssue[]; by: string }
  | { do: 'merge'; into: number; from: readonly number[]; by: string }
  | { do: 'unmerge'; issue: number; hashes: readonly string[]; by: string }
  | { do: 'hashes'; issue: number }
  | { do: 'comment'; issue: number; text: string; by: string }
  | { do: 'links'; issue: number }
  | { do: 'link'; issue: number; link: { url: string; title: string }; by: string }
  | { do: 'unlink'; issue: number; id: number; by: string }
  | { do: 'activity'; issue: number; limit: number }
  | { do: 'tags'; issue: number; most: number }
  | { do: 'tagValues'; issue: number; key: string; limit: number }
  | { do: 'counts'; question: CountsQuestion }
  | { do: 'totals'; project: number | null }
  | { do: 'complete'; project: number | null; key: string; prefix: string; limit: number }
  | { do: 'removeIssues'; ids: readonly number[] }
  | { do: 'prune'; before: number; mostEvents: number }
  | { do: 'addSessions'; sessions: readonly NewSessions[] }
  | { do: 'sessions'; question: SessionsQuestion }
  | { do: 'releases'; question: ReleasesQuestion }
  | { do: 'removeReleases'; project: number }
  | { do: 'issuesOfRelease'; question: ReleaseIssuesQuestion }
  | { do: 'runErrors'; question: RunErrorsQuestion }
  | { do: 'sizes' }
  | { do: 'close' };

/** Each is answered by its number; events in the order that they came, and before that perhaps told to be written. */
export type ErrorsRequest = { number: number } & ({ do: 'add'; rows: readonly EventRow[] } | ErrorsQuestion);

export type ErrorsReply =
  | { damage: { file: string; what: string; time: number } }
  | { problem: string }
  | { number: number; result: unknown }
  | { number: number; written: true }
  | { number: number; error: ErrorsFailure };

export interface ErrorsFailure {
  code: string;
  message: string;
  status: number;
}
