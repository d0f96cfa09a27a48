import { readEventId } from '../event/event-id.ts';
import { flagOf, lineOf, type Raw } from '../event/shapes.ts';
import { readTime } from '../event/time.ts';
import { type Attributes, readAttributes } from './attributes.ts';
import { type Container, readContainer } from './container.ts';
import { readSpanId } from './ids.ts';

/** A span that comes by itself, not in a transaction. */
export interface SpanRecord {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  /** Milliseconds since 1970, with microseconds. */
  start: number;
  end: number;
  /** The root of what happened in one service: what a transaction was. */
  isSegment: boolean;
  /** `ok` or `error`. */
  status?: string;
  /** With `sentry.op`, `sentry.release`, `sentry.environment` and so on. */
  attributes: Attributes;
}

const MOST_NAME = 512;
const MOST_WORD = 64;

/**
 * The item `span`: a container of the second version, or one span as older clients send it.
 * @throws HeedError `bad_item`
 */
export function readSpans(payload: unknown, itemCount: unknown): Container<SpanRecord> {
  return readContainer('span', payload, itemCount, readSpan);
}

function readSpan(raw: Raw): SpanRecord | undefined {
  const [traceId, spanId] = [readEventId(raw.trace_id), readSpanId(raw.span_id)];
  const [start, end] = [readTime(raw.start_timestamp), readTime(raw.end_timestamp ?? raw.timestamp)];
  if (traceId === undefined || spanId === undefined || start === undefined || end === undefined || end < start) return undefined;
  const attributes = readAttributes(raw.attributes ?? raw.data);
  const operation = lineOf(raw.op, MOST_WORD);
  if (operation !== undefined) attributes['sentry.op'] ??= operation;
  return {
    name: lineOf(raw.name ?? raw.description, MOST_NAME) ?? operation ?? '',
    traceId,
    spanId,
    parentSpanId: readSpanId(raw.parent_span_id),
    start,
    end,
    isSegment: flagOf(raw.is_segment) ?? false,
    status: lineOf(raw.status, MOST_WORD),
    attributes,
  };
}
