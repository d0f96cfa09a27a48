import type { ErrorEvent } from '../../../core/error-event.ts';
import { type Arrival, normaliseEvent } from '../event/normalise.ts';
import type { EnvelopeHeader, Item } from '../wire/envelope.ts';
import { parseJson } from '../wire/json.ts';
import { type Attachment, readAttachment } from './attachment.ts';
import { type CheckIn, readCheckIn } from './check-in.ts';
import { type ClientReport, readClientReport } from './client-report.ts';
import type { Container } from './container.ts';
import { type Feedback, readFeedback, readUserReport } from './feedback.ts';
import { type LogRecord, readLogs } from './log.ts';
import { readSession, readSessions, type SessionCounts, type SessionUpdate } from './session.ts';
import { readSpans, type SpanRecord } from './span.ts';
import { type MetricRecord, readTraceMetrics } from './trace-metric.ts';

/** What an item of an envelope is, for those who keep it. */
export type ReadItem =
  | { kind: 'event' | 'transaction'; event: ErrorEvent }
  | { kind: 'feedback'; feedback: Feedback; event?: ErrorEvent }
  | { kind: 'attachment'; attachment: Attachment }
  | { kind: 'session'; session: SessionUpdate }
  | { kind: 'sessions'; sessions: SessionCounts }
  | { kind: 'check_in'; checkIn: CheckIn }
  | { kind: 'client_report'; report: ClientReport }
  | { kind: 'log'; logs: Container<LogRecord> }
  | { kind: 'span'; spans: Container<SpanRecord> }
  | { kind: 'trace_metric'; metrics: Container<MetricRecord> }
  /** Replays, profiles, and what nobody knows yet: taken without a word, and not kept. */
  | { kind: 'not_kept'; type: string };

/**
 * Reads an item by its type.
 * @throws HeedError `bad_json`, `bad_event`, `bad_item`; the other items of the envelope are none the worse
 */
export function readItem(item: Item, envelope: EnvelopeHeader, arrival: Arrival): ReadItem {
  const { type, header, payload } = item;
  const json = (): unknown => parseJson(payload);
  switch (type) {
    case 'event':
    case 'transaction':
    case 'feedback':
      return readEventItem(type, json(), {
        ...arrival,
        sdk: envelope.sdk ?? arrival.sdk,
        itemType: type,
        eventId: envelope.event_id,
        sentAt: envelope.sent_at,
      });
    case 'user_report':
      return { kind: 'feedback', feedback: readUserReport(json()) };
    case 'attachment':
      return { kind: 'attachment', attachment: readAttachment(header, payload) };
    case 'session':
      return { kind: 'session', session: readSession(json(), arrival.received) };
    case 'sessions':
      return { kind: 'sessions', sessions: readSessions(json(), arrival.received) };
    case 'check_in':
      return { kind: 'check_in', checkIn: readCheckIn(json()) };
    case 'client_report':
      return { kind: 'client_report', report: readClientReport(json(), arrival.received) };
    case 'log':
      return { kind: 'log', logs: readLogs(json(), header.item_count, arrival.received) };
    case 'span':
      return { kind: 'span', spans: readSpans(json(), header.item_count) };
    case 'trace_metric':
      return { kind: 'trace_metric', metrics: readTraceMetrics(json(), header.item_count, arrival.received) };
    default:
      return { kind: 'not_kept', type };
  }
}

function readEventItem(type: 'event' | 'transaction' | 'feedback', raw: unknown, arrival: Arrival): ReadItem {
  const event = normaliseEvent(raw, arrival);
  if (event.type === 'feedback') return { kind: 'feedback', feedback: readFeedback(event), event };
  return { kind: type === 'transaction' ? type : 'event', event };
}
