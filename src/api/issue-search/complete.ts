import { type KeyKind, keyNamed, LEVEL_WORDS, SEARCH_KEYS, STATE_WORDS } from './keys.ts';
import { writeWord } from './write.ts';

/** What stands unfinished at the end of a search. */
export interface SearchEnd {
  /** From this character on an offer replaces the text. */
  start: number;
  /** Undefined while a key is being written. */
  key?: string;
  /** What there is of the key or the value. */
  prefix: string;
}

export interface Offer {
  text: string;
  about: string;
}

const KEY = /^!?(?:"((?:[^"\\]|\\.)*)"|tags\[([^\]\s]*)\]|([a-z][\w.-]*)):/i;

/** Finds what a search ends with: the begin of a key, of a value, or of one of a list's values. */
export function searchEnd(text: string): SearchEnd {
  const begin = lastToken(text);
  const token = text.slice(begin);
  const found = KEY.exec(token);
  if (!found) {
    const sign = token.startsWith('!') ? 1 : 0;
    return { start: begin + sign, prefix: token.slice(sign).replace(/^"/, '') };
  }
  const name = found[1] ?? found[2] ?? found[3];
  const rest = token.slice(found[0].length);
  const before = rest.startsWith('[') ? (/^\[(?:(?:"(?:[^"\\]|\\.)*"|[^",])*,\s*)*/.exec(rest)?.[0].length ?? 1) : (/^[<>]=?/.exec(rest)?.[0].length ?? 0);
  const prefix = rest
    .slice(before)
    .replace(/^"/, '')
    .replaceAll(/\\([^\p{L}\p{N}])/gu, '$1');
  return { start: begin + found[0].length + before, key: keyNamed(name)?.key ?? name, prefix };
}

/** Where the last condition begins; blanks between quotes or in a list do not end one. */
function lastToken(text: string): number {
  let begin = 0;
  let quoted = false;
  let list = false;
  for (let at = 0; at < text.length; at++) {
    const here = text[at];
    if (here === '\\') at++;
    else if (here === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (here === '[' && text[at - 1] === ':') list = true;
    else if (here === ']') list = false;
    else if (/\s/.test(here) && !list) begin = at + 1;
  }
  return begin;
}

/** Keys, and common conditions, that begin so. */
export function offerKeys(prefix: string): Offer[] {
  const wanted = prefix.toLowerCase();
  const keys = SEARCH_KEYS.filter(({ key, also = [] }) => [key, ...also].some((name) => name.toLowerCase().startsWith(wanted)));
  return keys.map(({ key, about }) => ({ text: `${key}:`, about }));
}

const EXAMPLES: Readonly<Partial<Record<KeyKind, Readonly<Record<string, string>>>>> = {
  state: STATE_WORDS,
  level: LEVEL_WORDS,
  time: { '-1h': 'Within the last hour.', '-24h': 'Within the last day.', '-7d': 'Within the last week.', '+7d': 'Longer than a week ago.' },
  number: { '>10': 'More than ten.', '>100': 'More than a hundred.', '>1000': 'More than a thousand.' },
  flag: { true: 'Yes.', false: 'No.' },
};

/** Values that are known without looking; undefined where the store knows them. */
export function offerValues(key: string, prefix: string): Offer[] | undefined {
  const words = EXAMPLES[keyNamed(key)?.kind ?? 'text'];
  if (!words) return undefined;
  const wanted = prefix.toLowerCase();
  return Object.entries(words)
    .filter(([word]) => word.startsWith(wanted) || word.replace('>', '').startsWith(wanted))
    .map(([text, about]) => ({ text, about }));
}

/** A value that was found, as it stands in a search. */
export const offered = (value: string, about = ''): Offer => ({ text: writeWord(value), about });
