import type { ErrorEvent } from '../../../core/error-event.ts';
import type { Fact } from '../../../core/fact.ts';
import { readEventId } from '../event/event-id.ts';
import type { CheckIn } from '../items/check-in.ts';
import type { ClientReport } from '../items/client-report.ts';
import type { LogRecord } from '../items/log.ts';
import type { SpanRecord } from '../items/span.ts';
import type { Scrubber } from '../scrub/scrubber.ts';

/** Tags that are known; one that is empty or missing is left out. */
function tagsOf(tags: Record<string, unknown>): Record<string, string> {
  const known: Record<string, string> = {};
  for (const [key, value] of Object.entries(tags)) if (typeof value === 'string' && value !== '') known[key] = value.slice(0, 200);
  return known;
}

/** JSON without what is undefined. */
const dataOf = (data: object): Record<string, unknown> => JSON.parse(JSON.stringify(data)) as Record<string, unknown>;

export function checkInFact(project: string, { slug, status, environment, job, ...rest }: CheckIn, time: number): Fact {
  // Its output is long, and kept with the run.
  const { output: _, ...told } = job ?? {};
  return {
    kind: 'check_in',
    time,
    title: `${slug}: ${status}`,
    text: '',
    tags: { project, monitor: slug, status, environment },
    data: dataOf({ ...rest, ...(job && { job: told }) }),
  };
}

export function clientReportFact(project: string, { timestamp, discarded }: ClientReport): Fact {
  const count = discarded.reduce((sum, { quantity }) => sum + quantity, 0);
  return { kind: 'client_report', time: timestamp, title: `${count} discarded by a client`, text: '', tags: { project }, data: { discarded } };
}

export function logFact(project: string, log: LogRecord, scrubber: Scrubber): Fact {
  const text = scrubber.prose(log.body);
  const attributes = scrubber.record(log.attributes);
  const { level, traceId, spanId } = log;
  return {
    kind: 'log',
    time: log.timestamp,
    title: text.split('\n', 1)[0].slice(0, 200),
    text,
    tags: tagsOf({ project, level, environment: attributes['sentry.environment'], release: attributes['sentry.release'], trace: traceId }),
    data: dataOf({ severity: log.severity, spanId, attributes }),
  };
}

/** A transaction without its spans: what took how long. */
export function transactionFact(project: string, event: ErrorEvent): Fact {
  const trace = event.contexts?.trace ?? {};
  const durationMs = Math.max(0, event.timestamp - (event.start_timestamp ?? event.timestamp));
  return {
    kind: 'transaction',
    time: Math.floor(event.timestamp),
    title: event.transaction ?? '<unlabelled transaction>',
    text: '',
    tags: tagsOf({
      project,
      operation: trace.op,
      status: trace.status,
      environment: event.environment,
      release: event.release,
      trace: readEventId(trace.trace_id),
    }),
    data: dataOf({
      eventId: event.event_id,
      durationMs,
      spanId: trace.span_id,
      measurements: event.measurements,
      spans: event.spans?.length ?? 0,
    }),
  };
}

/** A span that is the root of what happened in one service. */
export function segmentFact(project: string, span: SpanRecord, scrubber: Scrubber): Fact {
  const attributes = scrubber.record(span.attributes);
  const { start, end, traceId, spanId, parentSpanId } = span;
  return {
    kind: 'transaction',
    time: Math.floor(end),
    title: scrubber.prose(span.name),
    text: '',
    tags: tagsOf({
      project,
      operation: attributes['sentry.op'],
      status: span.status,
      environment: attributes['sentry.environment'],
      release: attributes['sentry.release'],
      trace: traceId,
    }),
    data: dataOf({ durationMs: end - start, spanId, parentSpanId, attributes }),
  };
}
