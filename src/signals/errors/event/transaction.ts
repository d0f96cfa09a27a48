import type { ErrorEvent, Json } from '../../../core/error-event.ts';
import type { Notes } from './notes.ts';
import { emptyRecord, isRecord, lineOf, numberOf, type Raw } from './shapes.ts';
import { trimRecord } from './trim.ts';

const MOST_SPANS = 1000;
const MOST_SPAN = 16_384;
const MOST_MEASUREMENTS = 100;
const MOST_NAME = 128;

type ReadTime = (value: unknown) => number | undefined;

/** The spans of a transaction as they came, their times in milliseconds; those without a beginning and an end are left out. */
export function readSpans(said: unknown, readTime: ReadTime, notes: Notes): Record<string, Json>[] | undefined {
  if (!Array.isArray(said)) return undefined;
  if (said.length > MOST_SPANS) notes.add('too_many_values', 'spans', said.length);
  const spans = said
    .slice(0, MOST_SPANS)
    .filter(isRecord)
    .map((raw) => readSpan(raw, readTime, notes))
    .filter((span) => span !== undefined);
  return spans.length === 0 ? undefined : spans;
}

function readSpan(raw: Raw, readTime: ReadTime, notes: Notes): Record<string, Json> | undefined {
  const start = readTime(raw.start_timestamp);
  const end = readTime(raw.timestamp);
  if (start === undefined || end === undefined) {
    notes.add('invalid_data', 'spans.timestamp');
    return undefined;
  }
  // Times do not count, as they are written anew here.
  const { start_timestamp: _start, timestamp: _end, ...rest } = raw;
  const { value: span, wasCut } = trimRecord(rest, MOST_SPAN);
  if (wasCut) notes.add('value_too_long', 'spans');
  span.start_timestamp = start;
  span.timestamp = end;
  return span;
}

/** What was measured: `{"lcp": {"value": 2500, "unit": "millisecond"}}`, or numbers alone. */
export function readMeasurements(said: unknown): ErrorEvent['measurements'] {
  if (!isRecord(said)) return undefined;
  const measurements = emptyRecord<{ value: number; unit?: string }>();
  for (const key of Object.keys(said).slice(0, MOST_MEASUREMENTS)) {
    const name = lineOf(key, MOST_NAME);
    const raw = said[key];
    const value = numberOf(isRecord(raw) ? raw.value : raw);
    if (name === undefined || name === '__proto__' || value === undefined) continue;
    const unit = isRecord(raw) ? lineOf(raw.unit, MOST_NAME) : undefined;
    measurements[name] = unit === undefined ? { value } : { value, unit };
  }
  return Object.keys(measurements).length === 0 ? undefined : measurements;
}
