import { readEventId } from '../event/event-id.ts';
import { lineOf, numberOf, type Raw } from '../event/shapes.ts';
import { readTime } from '../event/time.ts';
import { type Attributes, readAttributes } from './attributes.ts';
import { type Container, readContainer } from './container.ts';
import { readSpanId } from './ids.ts';

/** A number that a program measured or counted. */
export interface MetricRecord {
  name: string;
  type: 'counter' | 'gauge' | 'distribution';
  value: number;
  /** `millisecond`; undefined for none. */
  unit?: string;
  /** Milliseconds since 1970, with microseconds. */
  timestamp: number;
  traceId?: string;
  spanId?: string;
  attributes: Attributes;
}

const MOST_NAME = 200;
const MOST_UNIT = 64;
const TYPES = ['counter', 'gauge', 'distribution'] as const;

/**
 * The item `trace_metric`.
 * @throws HeedError `bad_item`
 */
export function readTraceMetrics(payload: unknown, itemCount: unknown, received: number): Container<MetricRecord> {
  return readContainer('trace_metric', payload, itemCount, (raw) => readMetric(raw, received));
}

function readMetric(raw: Raw, received: number): MetricRecord | undefined {
  const name = lineOf(raw.name, MOST_NAME);
  const type = TYPES.find((known) => known === raw.type);
  const value = numberOf(raw.value);
  if (name === undefined || type === undefined || value === undefined) return undefined;
  const unit = lineOf(raw.unit, MOST_UNIT);
  return {
    name,
    type,
    value,
    unit: unit === 'none' ? undefined : unit,
    timestamp: readTime(raw.timestamp) ?? received,
    traceId: readEventId(raw.trace_id),
    spanId: readSpanId(raw.span_id),
    attributes: readAttributes(raw.attributes),
  };
}
