import type { ErrorEvent, Json } from '../../../core/error-event.ts';
import { readEventId } from '../event/event-id.ts';
import { inWords } from '../event/user-agent.ts';
import { lineOf, type Raw, textOf } from '../event/shapes.ts';
import { badItem, recordOfItem } from './item-error.ts';

/** What a user wrote, of any of the three ways there were to send it. */
export interface Feedback {
  message: string;
  name?: string;
  email?: string;
  /** The page it was written on. */
  url?: string;
  /** The event it is about. */
  eventId?: string;
  replayId?: string;
  /** The event that it came as, to which its files belong. */
  ownId?: string;
  environment?: string;
  release?: string;
  /** As `Firefox 143 on Linux`. */
  browser?: string;
  /** By what it was written, e.g. `widget`. */
  source?: string;
}

const MOST_MESSAGE = 4096;
const MOST_LINE = 256;
const MOST_URL = 2048;

/**
 * The item `user_report`; the JSON of the web API's user-feedback; the form of the crash dialog, whose `eventId` stands in its address.
 * @throws HeedError `bad_item`
 */
export function readUserReport(value: unknown): Feedback {
  const raw = recordOfItem('user report', value);
  const eventId = readEventId(raw.event_id ?? raw.eventId);
  if (eventId === undefined) throw badItem('user report', `'event_id' must be the id of an event`);
  return { ...readWords('user report', raw, raw.comments, raw.email), eventId };
}

/**
 * The item `feedback`: an event with a context of that name.
 * @throws HeedError `bad_item`
 */
export function readFeedback(event: ErrorEvent): Feedback {
  const raw: Record<string, Json> = event.contexts?.feedback ?? {};
  return {
    ...readWords('feedback', raw, raw.message, raw.contact_email ?? event.user?.email),
    url: textOf(raw.url, MOST_URL) ?? event.request?.url,
    eventId: readEventId(raw.associated_event_id),
    replayId: readEventId(raw.replay_id ?? event.contexts?.replay?.replay_id),
    ownId: event.event_id,
    environment: event.environment,
    release: event.release,
    browser: lineOf(inWords(event.contexts?.browser, event.contexts?.client_os ?? event.contexts?.os), MOST_LINE),
    source: lineOf(raw.source, MOST_LINE),
  };
}

function readWords(type: string, raw: Raw, said: unknown, email: unknown): Pick<Feedback, 'message' | 'name' | 'email'> {
  const message = textOf(said, MOST_MESSAGE)?.trim() ?? '';
  if (message === '') throw badItem(type, 'it says nothing');
  return { message, name: lineOf(raw.name, MOST_LINE), email: lineOf(email, MOST_LINE) };
}
