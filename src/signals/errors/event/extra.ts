import type { Json } from '../../../core/error-event.ts';
import type { Notes } from './notes.ts';
import { cleanText, cutText, emptyRecord, isRecord, lineOf } from './shapes.ts';
import { trimJson } from './trim.ts';

const MOST_KEYS = 256;
const MOST_NAME = 200;
const MOST_ONE = 16_384;
const MOST_ALL = 262_144;
const MOST_MODULES = 1000;

/** What a client adds of its own; each value and all together are cut to size. */
export function readExtra(said: unknown, notes: Notes): Record<string, Json> | undefined {
  if (!isRecord(said)) return undefined;
  const extra = emptyRecord<Json>();
  const keys = Object.keys(said);
  if (keys.length > MOST_KEYS) notes.add('too_many_values', 'extra', keys.length);
  let left = MOST_ALL;
  for (const key of keys.slice(0, MOST_KEYS)) {
    const name = cutText(cleanText(key), MOST_NAME);
    if (name === '__proto__') continue;
    if (left === 0) {
      notes.add('value_too_long', 'extra');
      break;
    }
    const { value, wasCut } = trimJson(said[key], Math.min(MOST_ONE, left));
    if (wasCut) notes.add('value_too_long', `extra.${name}`);
    extra[name] = value;
    left -= Math.min(left, sizeOf(value));
  }
  return Object.keys(extra).length === 0 ? undefined : extra;
}

/** What `trimJson` reckons, or more. */
function sizeOf(value: Json): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (Array.isArray(value)) return value.reduce<number>((size, entry) => size + sizeOf(entry), 2);
  let size = 2;
  for (const key in value) size += key.length + sizeOf(value[key]);
  return size;
}

/** Names and versions of what is installed; Go's client says one without a name. */
export function readModules(said: unknown): Record<string, string> | undefined {
  if (!isRecord(said)) return undefined;
  const modules = emptyRecord<string>();
  for (const key of Object.keys(said).slice(0, MOST_MODULES)) {
    const name = lineOf(key, MOST_NAME);
    if (name !== undefined && name !== '__proto__') modules[name] = lineOf(said[key], MOST_NAME) ?? '';
  }
  return Object.keys(modules).length === 0 ? undefined : modules;
}
