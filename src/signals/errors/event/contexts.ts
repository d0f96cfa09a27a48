import type { Json } from '../../../core/error-event.ts';
import type { Notes } from './notes.ts';
import { cleanText, cutText, emptyRecord, isRecord, lineOf, type Raw } from './shapes.ts';
import { trimRecord } from './trim.ts';

const MOST_CONTEXTS = 64;
const MOST_NAME = 128;
const MOST_SIZE = 16_384;

/** What is known of device, runtime, trace and the rest; one that does not say its type has that of its name. */
export function readContexts(event: Raw, notes: Notes): Record<string, Record<string, Json>> | undefined {
  const said = event.contexts ?? event['sentry.interfaces.Contexts'];
  if (!isRecord(said)) return undefined;
  const contexts = emptyRecord<Record<string, Json>>();
  const names = Object.keys(said).filter((name) => said[name] !== null && said[name] !== undefined && cleanText(name) !== '__proto__');
  if (names.length > MOST_CONTEXTS) notes.add('too_many_values', 'contexts', names.length);
  for (const name of names.slice(0, MOST_CONTEXTS)) {
    const key = cutText(cleanText(name), MOST_NAME);
    const value = said[name];
    // Its type does not count, as it may be added here.
    const { type, ...rest } = isRecord(value) ? value : { type: undefined, value };
    const { value: context, wasCut } = trimRecord(rest, MOST_SIZE);
    if (wasCut) notes.add('value_too_long', `contexts.${key}`);
    context.type = lineOf(type, MOST_NAME) ?? lineOf(key, MOST_NAME) ?? 'default';
    contexts[key] = context;
  }
  return Object.keys(contexts).length === 0 ? undefined : contexts;
}
