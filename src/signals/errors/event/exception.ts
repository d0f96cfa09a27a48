import type { EventException } from '../../../core/error-event.ts';
import { MOST_MESSAGE } from './message.ts';
import type { Notes } from './notes.ts';
import { cleanText, compact, flagOf, integerOf, isRecord, lineOf, listOf, type Raw, textOf } from './shapes.ts';
import { readStacktrace } from './stacktrace.ts';
import { recordOf, trimJson } from './trim.ts';

const MOST_EXCEPTIONS = 50;
const MOST_TYPE = 256;
const MOST_WORD = 128;
const MOST_DATA = 4096;

/** The chain of exceptions in any of its shapes; undefined when there is none. Of a long chain the last ones are kept. */
export function readExceptions(event: Raw, notes: Notes): EventException[] | undefined {
  const said = listOf(event.exception ?? event['sentry.interfaces.Exception']);
  if (said.length > MOST_EXCEPTIONS) notes.add('too_many_values', 'exception', said.length);
  const exceptions = said
    .slice(-MOST_EXCEPTIONS)
    .map((raw) => readException(raw, notes))
    .filter((exception) => exception !== undefined);
  return exceptions.length === 0 ? undefined : exceptions;
}

function readException(raw: unknown, notes: Notes): EventException | undefined {
  if (!isRecord(raw)) return undefined;
  const exception: EventException = compact({
    type: lineOf(raw.type, MOST_TYPE) ?? null,
    value: notes.cut(valueText(raw.value), MOST_MESSAGE, 'exception.value'),
    module: textOf(raw.module, MOST_TYPE),
    mechanism: readMechanism(raw.mechanism),
    stacktrace: readStacktrace(raw.stacktrace, 'exception.stacktrace', notes),
    raw_stacktrace: readStacktrace(raw.raw_stacktrace, 'exception.raw_stacktrace', notes),
    thread_id: threadId(raw.thread_id),
  });
  return exception.type === null && exception.value === undefined && exception.stacktrace === undefined ? undefined : exception;
}

/** What was thrown may be any JSON. */
function valueText(value: unknown): string | undefined {
  if (typeof value === 'string') return cleanText(value) || undefined;
  return typeof value === 'object' && value !== null ? JSON.stringify(trimJson(value, MOST_MESSAGE).value) : textOf(value, MOST_MESSAGE);
}

function readMechanism(raw: unknown): EventException['mechanism'] {
  if (typeof raw === 'string') return { type: lineOf(raw, MOST_WORD) ?? 'generic' };
  if (!isRecord(raw)) return undefined;
  return compact({
    type: lineOf(raw.type, MOST_WORD) ?? 'generic',
    handled: flagOf(raw.handled),
    synthetic: flagOf(raw.synthetic),
    exception_id: integerOf(raw.exception_id),
    parent_id: integerOf(raw.parent_id),
    source: textOf(raw.source, MOST_WORD),
    is_exception_group: flagOf(raw.is_exception_group),
    data: recordOf(raw.data, MOST_DATA),
    meta: recordOf(raw.meta, MOST_DATA),
  });
}

export const threadId = (value: unknown): string | number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value + 0 : textOf(value, MOST_WORD);
