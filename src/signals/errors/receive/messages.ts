import type { HeedConfig } from '../../../core/config/config.ts';
import type { CounterName } from '../../../core/counters.ts';
import type { Fact } from '../../../core/fact.ts';
import type { ProjectSettings } from '../../../core/project.ts';
import type { NewAttachment } from '../../../store/attachments/attachments-store.ts';
import type { NewSessions } from '../../../store/errors/sessions.ts';
import type { NewFeedback } from '../../../store/feedback/feedback-store.ts';
import type { NewCheckIn } from '../../../store/jobs/jobs-store.ts';
import type { EventRow } from '../../../store/errors/sqlite/event-row.ts';

/** Most bytes of a body as it comes. */
export const MOST_SENT = 20_000_000;

/** By whose grammar a body is read; the address decides, whatever the Content-Type says. */
export type Door = 'envelope' | 'store' | 'store_query' | 'security' | 'minidump' | 'check_in' | 'user_report' | 'attachments';

/** A request as it came: its body is as it was on the wire. */
export interface Received {
  door: Door;
  project: { id: number; slug: string };
  /** Of a key with a limit of its own. */
  key?: { id: number; mostPerMinute: number };
  body: Uint8Array;
  /** The header Content-Encoding. */
  encoding?: string;
  contentType?: string;
  /** What follows the `?` of the address. */
  query: string;
  /** Of a check-in's address. */
  monitor?: string;
  /** Of the address to which files of an event are sent. */
  event?: string;
  /** Milliseconds since 1970. */
  received: number;
  /** Of the client, for `{{auto}}`. */
  address?: string;
  userAgent?: string;
  /** `sentry.python/1.9.10`. */
  client: string;
}

/** What Sentry's clients call the kinds of what they send, as far as they are limited apart. */
export type Category = 'error' | 'transaction' | 'log_item' | 'trace_metric' | 'session' | 'monitor' | 'attachment' | 'internal' | 'default';

/** Of what no more should be sent for so many seconds, with this key or any of the project. */
export interface Limit {
  category: Category;
  seconds: number;
  scope: 'key' | 'project';
}

/** A number to be added to a series. */
export interface Sample {
  name: string;
  value: number;
  as: 'sum' | 'last' | 'mean';
}

/** A reason for which something was dropped, as the counters have it: `rate_limited`. */
export type Dropped = Extract<CounterName, `sentry.dropped.${string}`> extends `sentry.dropped.${infer Why}` ? Why : never;

/** A kind of what is taken and not kept: `replay`. */
export type NotKept = Extract<CounterName, `sentry.not_kept.${string}`> extends `sentry.not_kept.${infer What}` ? What : never;

/** What a request brought, ready to be kept. */
export interface Digest {
  /** To be answered: of the envelope, or of the first event. */
  id?: string;
  events: EventRow[];
  facts: Fact[];
  samples: Sample[];
  sessions: NewSessions[];
  checkIns: NewCheckIn[];
  feedback: NewFeedback[];
  attachments: NewAttachment[];
  /** Attachments that say of no event that they belong to it. */
  withoutEvent: number;
  dropped: Partial<Record<Dropped, number>>;
  notKept: Partial<Record<NotKept, number>>;
  /** Of which too many came, or for which the day's share is used up. */
  limited: Limit[];
  /** Items that were read, or are not kept on purpose. */
  taken: number;
  /** Nothing of it could be used, and why. */
  fault?: { code: string; message: string; status: number };
}

export interface IngestWorkerData {
  limits: HeedConfig['errorsOptions'];
  /** Bytes free on the disk; see `room`. */
  diskFree: number;
}

export type ToIngest =
  | { do: 'settings'; project: number; settings: ProjectSettings }
  | { do: 'digest'; number: number; request: Received }
  | { do: 'room'; diskFree: number };
export type FromIngest = { number: number; digest: Digest };
