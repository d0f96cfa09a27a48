import { cutText, isRecord, textOf } from './shapes.ts';

const MOST_PAIRS = 100;
const MOST_NAME = 256;
const MOST_VALUE = 4096;

type Pair = [name: string, value: string];

/** Names with values in any shape: an object (a list there means several values), a list of pairs, of objects, or a text. */
export function readPairs(said: unknown, parseText: (text: string) => Pair[]): Pair[] | undefined {
  const pairs: Pair[] = [];
  const add = (name: unknown, value: unknown): void => {
    const key = textOf(name, MOST_NAME);
    if (key === undefined || pairs.length >= MOST_PAIRS) return;
    pairs.push([
      key,
      typeof value === 'object' && value !== null ? cutText(JSON.stringify(value).toWellFormed(), MOST_VALUE) : (textOf(value, MOST_VALUE) ?? ''),
    ]);
  };
  if (typeof said === 'string') for (const [name, value] of parseText(said)) add(name, value);
  else if (Array.isArray(said)) {
    for (const entry of said.slice(0, MOST_PAIRS)) {
      if (Array.isArray(entry)) add(entry[0], entry[1]);
      else if (isRecord(entry)) for (const name of Object.keys(entry).slice(0, MOST_PAIRS)) add(name, entry[name]);
    }
  } else if (isRecord(said)) {
    for (const name of Object.keys(said).slice(0, MOST_PAIRS)) {
      const value = said[name];
      if (Array.isArray(value)) for (const one of value.slice(0, MOST_PAIRS)) add(name, one);
      else add(name, value);
    }
  }
  return pairs.length === 0 ? undefined : pairs;
}

/** `a=1&b=%20` */
export function parseQuery(text: string): Pair[] {
  return split(text.startsWith('?') ? text.slice(1) : text, '&').map(([name, value]) => [decode(name), decode(value)]);
}

/** `a=1; b=2` */
export function parseCookies(text: string): Pair[] {
  return split(text, ';').map(([name, value]) => [name.trim(), value.trim()]);
}

function split(text: string, separator: string): Pair[] {
  return text
    .split(separator, MOST_PAIRS)
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    });
}

function decode(text: string): string {
  const plain = text.replaceAll('+', ' ');
  if (!plain.includes('%')) return plain;
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
