/**
 * What users wrote. The embedded engine keeps it in SQLite, a distributed one in PostgreSQL. `contract.suite.ts` runs against every
 * implementation. All times are milliseconds since 1970.
 */
export interface FeedbackStore extends AsyncDisposable {
  /**
   * Keeps what was written; the same once more (`key`) is not kept again. Resolves when it is written: a kill of the process loses nothing of it.
   * Of more than 100,000 the oldest that are resolved or spam go, then the oldest.
   * @throws HeedError `cannot_write` (503)
   */
  add(feedback: NewFeedback): Promise<{ id: number; added: boolean }>;
  /** The newest first. */
  list(question: FeedbackQuestion): Promise<Feedback[]>;
  find(id: number): Promise<Feedback | undefined>;
  /** How many there are of each state; of all projects without one. */
  totals(project: number | null): Promise<Record<FeedbackState, number>>;
  /** Those that there are; resolves to what they were. */
  change(ids: readonly number[], state: FeedbackState, by: string, now: number): Promise<Pick<Feedback, 'id' | 'state'>[]>;
  /** What is about an event, the newest first; only that of which no issue is known yet, if asked. */
  ties(question: { project: number; untied?: boolean; limit: number }): Promise<FeedbackTie[]>;
  /** The issues of their events are known; that outlives the events. */
  tie(known: readonly Pick<FeedbackTie, 'id' | 'issue'>[]): Promise<void>;
  /** Resolves to whether it was there. */
  remove(id: number): Promise<boolean>;
  removeProject(project: number): Promise<void>;
  readonly damage: { file: string; what: string; time: number }[];
}

export const FEEDBACK_STATES = ['open', 'resolved', 'spam'] as const;
export type FeedbackState = (typeof FEEDBACK_STATES)[number];

export interface NewFeedback {
  project: number;
  /** By which the same is known: what its client calls it, or a digest of it. */
  key: string;
  time: number;
  message: string;
  /** Empty where it is not said, as all that follows. */
  name: string;
  email: string;
  /** The page it was written on. */
  url: string;
  /** The event it is about, 32 hex digits. */
  eventId: string;
  /** The event that it came as, to which its files belong. */
  ownId: string;
  environment: string;
  release: string;
  /** Browser and system in words. */
  browser: string;
  /** By what it was written: `widget`, `dialog`. */
  source: string;
}

export interface Feedback extends Omit<NewFeedback, 'key'> {
  id: number;
  state: FeedbackState;
  /** When the state was changed and by whom; 0 and empty when never. */
  changed: number;
  changedBy: string;
  /** Number of the issue that its event was of; 0 while unknown. */
  issue: number;
}

/** Which event feedback is about, and whose that was. */
export interface FeedbackTie {
  id: number;
  eventId: string;
  /** 0 while unknown. */
  issue: number;
}

export interface FeedbackQuestion {
  project: number | null;
  state?: FeedbackState;
  /** All of these words must be in message, name, address or page, in any case, with accents or without; a word may go on. */
  words?: readonly string[];
  /** Only of this event. */
  eventId?: string;
  /** Only with a lower number. */
  before?: number;
  limit: number;
}

export const MOST_FEEDBACK = 100_000;
