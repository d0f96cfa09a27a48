import type { Json } from '../../../src/core/error-event.ts';

/** How much of a value stands on its line; the rest is behind a button. */
export const SHOWN = 400;
const DEEP = 6;

/** Joins until there are enough letters: a value of any size costs no more than is shown of it. */
function joined(parts: Iterable<string>, most: number): string {
  let text = '';
  for (const part of parts) {
    if (text.length > most) return `${text.slice(0, most)}…`;
    text += text === '' ? part : `, ${part}`;
  }
  return text;
}

function* items(value: Json[], most: number, depth: number): Iterable<string> {
  for (const item of value) yield shown(item, most, depth);
}

function* fields(value: Record<string, Json>, most: number, depth: number): Iterable<string> {
  for (const [key, item] of Object.entries(value)) yield `${key}: ${shown(item, most, depth)}`;
}

/** A value on one line, as a console shows it; cut after `most` letters. Strings of a client's own stand as they are. */
export function shown(value: Json, most: number, depth = 0): string {
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(value.slice(0, most));
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : depth >= DEEP ? `[… ${value.length}]` : `[${joined(items(value, most, depth + 1), most)}]`;
  const keys = Object.keys(value);
  return keys.length === 0 ? '{}' : depth >= DEEP ? '{…}' : `{ ${joined(fields(value, most, depth + 1), most)} }`;
}

/** Nothing where something was likely expected: it is marked. */
export function isVoid(value: Json): boolean {
  return value === null || value === '' || (typeof value === 'string' && /^(?:undefined|null|None|nil|NaN|\[\]|\{\})$/.test(value)) || isEmpty(value);
}

const isEmpty = (value: Json): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** An address that may become a link: http, https or mailto; undefined for all others, such as `javascript:`. */
export function safeLink(text: string): string | undefined {
  if (text.length > 2000 || !/^(?:https?:\/\/|mailto:)/i.test(text) || !URL.canParse(text)) return undefined;
  return /^(?:https?|mailto):$/.test(new URL(text).protocol) ? text : undefined;
}
