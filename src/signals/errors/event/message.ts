import type { ErrorEvent } from '../../../core/error-event.ts';
import { formatMessage } from './message-format.ts';
import type { Notes } from './notes.ts';
import { cleanText, isRecord, type Raw, textOf } from './shapes.ts';
import { trimJson } from './trim.ts';

export const MOST_MESSAGE = 8192;
const MOST_PARAMS = 8192;

/**
 * The message of an event, from `logentry`, its older name, or `message`. A template whose values stand apart is filled in,
 * as Python's client leaves that to the server.
 */
export function readMessage(event: Raw, notes: Notes): ErrorEvent['logentry'] {
  const said = event.logentry ?? event['sentry.interfaces.Message'] ?? event.message;
  if (!isRecord(said)) {
    const text = messageText(said ?? event.message);
    return text === undefined ? undefined : { formatted: cut(text, notes) };
  }
  const template = messageText(said.message);
  const params = Array.isArray(said.params) || isRecord(said.params) ? trimJson(said.params, MOST_PARAMS).value : undefined;
  const hasParams = params !== undefined && Object.keys(params as object).length > 0;
  const plain = messageText(event.message);
  const formatted =
    messageText(said.formatted) ??
    (hasParams && template !== undefined ? formatMessage(template, params as Raw | unknown[], MOST_MESSAGE) : undefined) ??
    plain ??
    template;
  if (formatted === undefined) return undefined;
  const entry: NonNullable<ErrorEvent['logentry']> = { formatted: cut(formatted, notes) };
  const cutTemplate = template === undefined ? undefined : cut(template, notes);
  if (cutTemplate !== undefined && cutTemplate !== entry.formatted) entry.message = cutTemplate;
  if (hasParams) entry.params = params;
  return entry;
}

function messageText(value: unknown): string | undefined {
  if (typeof value !== 'string') return textOf(value, MOST_MESSAGE);
  const text = cleanText(value);
  return text.trim() === '' ? undefined : text;
}

const cut = (text: string, notes: Notes): string => notes.cut(text, MOST_MESSAGE, 'logentry') as string;
