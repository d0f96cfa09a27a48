import { readEventId } from '../event/event-id.ts';
import { integerOf, lineOf, type Raw, textOf } from '../event/shapes.ts';
import { readTime } from '../event/time.ts';
import { type Attributes, readAttributes } from './attributes.ts';
import { type Container, readContainer } from './container.ts';
import { readSpanId } from './ids.ts';

/** A line of a program's log. */
export interface LogRecord {
  /** Milliseconds since 1970, with microseconds. */
  timestamp: number;
  /** `trace`, `debug`, `info`, `warn`, `error` or `fatal`. */
  level: string;
  /** OpenTelemetry's, 1 to 24. */
  severity: number;
  body: string;
  traceId?: string;
  spanId?: string;
  attributes: Attributes;
}

const MOST_BODY = 16_384;
const SEVERITIES = new Map([
  ['trace', 1],
  ['debug', 5],
  ['info', 9],
  ['warn', 13],
  ['error', 17],
  ['fatal', 21],
]);

/**
 * The item `log`.
 * @throws HeedError `bad_item`
 */
export function readLogs(payload: unknown, itemCount: unknown, received: number): Container<LogRecord> {
  return readContainer('log', payload, itemCount, (raw) => readLog(raw, received));
}

function readLog(raw: Raw, received: number): LogRecord | undefined {
  const body = textOf(raw.body, MOST_BODY);
  if (body === undefined) return undefined;
  const said = lineOf(raw.level ?? raw.severity_text, 16)?.toLowerCase();
  const named = said === 'warning' ? 'warn' : said;
  const severity = integerOf(raw.severity_number, 1, 24) ?? SEVERITIES.get(named ?? '') ?? 9;
  return {
    timestamp: readTime(raw.timestamp) ?? received,
    level: named !== undefined && SEVERITIES.has(named) ? named : levelOf(severity),
    severity,
    body,
    traceId: readEventId(raw.trace_id),
    spanId: readSpanId(raw.span_id),
    attributes: readAttributes(raw.attributes),
  };
}

/** Four numbers share a name. */
const levelOf = (severity: number): string => [...SEVERITIES.keys()][Math.floor((severity - 1) / 4)];
