import type { AttachmentItem } from './contract-errors.ts';

/** Types of what the HTTP API answers of feedback; the screens and the terminal read these. Times are milliseconds. */

export type FeedbackState = 'open' | 'resolved' | 'spam';

/** `GET /api/v1/feedback`: the newest first. */
export interface FeedbackAnswer {
  feedback: FeedbackItem[];
  /** `before` of the next page; null when that was all. */
  next: number | null;
  /** Of the project, or of all, whatever is searched for. */
  totals: Record<FeedbackState, number>;
  now: number;
}

export interface FeedbackItem {
  id: number;
  /** Short name. */
  project: string;
  time: number;
  message: string;
  /** Empty where it is not said, as all that follows. */
  name: string;
  email: string;
  /** The page it was written on, as its client said it: not to be trusted. */
  url: string;
  environment: string;
  release: string;
  browser: string;
  /** By what it was written: `widget`, `dialog`, `api`. */
  source: string;
  state: FeedbackState;
  /** When the state was changed and by whom; null and empty when never. */
  changed: number | null;
  changedBy: string;
  /** The event it is about; empty for none. */
  eventId: string;
  /** What went wrong for who wrote it; null where that is not known. */
  issue: { id: number; shortId: string; title: string; state: string } | null;
}

/** `GET /api/v1/feedback/<id>` */
export interface FeedbackDetail {
  feedback: FeedbackItem;
  /** The event that it came as, to which its files belong. */
  ownId: string;
  attachments: AttachmentItem[];
}

/** `PATCH /api/v1/feedback` */
export interface FeedbackChanged {
  changed: number;
  /** What they were, to take it back. */
  before: { id: number; state: FeedbackState }[];
}
