import type { Fact } from '../../core/fact.ts';
import type { TracedEvent } from '../../store/errors/errors-store.ts';
import type { TraceAnswer, TraceRow } from '../contract-errors.ts';

/** Rows before an event, and after it. */
export const MOST_EACH_SIDE = 50;

/** An error of a trace. */
export function rowOfEvent({ time, level, title, culprit, eventId }: TracedEvent, project: string, issue: string): TraceRow {
  return { kind: 'error', time, durationMs: null, project, level, title, about: culprit, issue, eventId };
}

/** A transaction or a log line of a trace; what took time is told by when it began. */
export function rowOfFact({ kind, time, title, tags, data }: Fact): TraceRow {
  const { durationMs: took, eventId } = data;
  const durationMs = typeof took === 'number' && Number.isFinite(took) && took >= 0 ? took : null;
  return {
    kind,
    time: Math.floor(time - (durationMs ?? 0)),
    durationMs,
    project: tags.project ?? '',
    level: tags.level ?? '',
    title,
    about: [tags.operation, tags.status].filter((part) => part !== undefined && part !== 'ok').join(', '),
    issue: '',
    eventId: typeof eventId === 'string' ? eventId : '',
  };
}

/** In order of time; of many those nearest to a time. */
export function traceRows(rows: readonly TraceRow[], around: number): Pick<TraceAnswer, 'rows' | 'more'> {
  // Of one moment, what something happened within comes first.
  const sorted = rows.toSorted((a, b) => a.time - b.time || Number(b.durationMs !== null) - Number(a.durationMs !== null));
  const before = sorted.filter(({ time }) => time <= around);
  const after = sorted.filter(({ time }) => time > around);
  const kept = [...before.slice(-MOST_EACH_SIDE), ...after.slice(0, MOST_EACH_SIDE)];
  return { rows: kept, more: kept.length < rows.length };
}
