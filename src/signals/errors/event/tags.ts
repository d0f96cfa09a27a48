import type { Notes } from './notes.ts';
import { isRecord, lineOf } from './shapes.ts';

const MOST_TAGS = 100;
/** That are looked at, good or bad. */
const MOST_SAID = 1000;
const MOST_LENGTH = 200;
const KEY = /^[\w.:-]{1,200}$/;
/** What an event has fields for. */
const RESERVED = new Set(['release', 'dist', 'user', 'filename', 'function']);

/** Tags from an object, pairs, or `{key, value}`s: values as texts on one line, the first of each key. */
export function readTags(said: unknown, notes: Notes): [key: string, value: string][] {
  const tags = new Map<string, string>();
  for (const [rawKey, rawValue] of entriesOf(said)) {
    if (rawValue === null || rawValue === undefined || rawValue === '') continue;
    const key = (lineOf(rawKey, MOST_LENGTH + 1) ?? '').replaceAll(' ', '-');
    const value = lineOf(rawValue, MOST_LENGTH);
    if (!KEY.test(key) || value === undefined) {
      notes.add('invalid_data', `tags.${key}`);
      continue;
    }
    if (RESERVED.has(key) || tags.has(key)) continue;
    if (tags.size >= MOST_TAGS) {
      notes.add('too_many_values', 'tags');
      break;
    }
    if (typeof rawValue === 'string' && rawValue.length > MOST_LENGTH && value.endsWith('…')) notes.add('value_too_long', `tags.${key}`);
    tags.set(key, value);
  }
  return [...tags];
}

function* entriesOf(said: unknown): Generator<[unknown, unknown]> {
  if (Array.isArray(said)) {
    for (const entry of said.slice(0, MOST_SAID)) {
      if (Array.isArray(entry)) yield [entry[0], entry[1]];
      else if (isRecord(entry)) yield [entry.key, entry.value];
    }
  } else if (isRecord(said)) for (const key of Object.keys(said).slice(0, MOST_SAID)) yield [key, said[key]];
}
