import type { IssueTerm } from '../../store/errors/errors-store.ts';
import { type ReadText, SearchCursor, searchError } from './cursor.ts';
import { type KeyKind, keyNamed } from './keys.ts';
import { valueOf } from './value.ts';

const MOST_CHARACTERS = 4096;
const MOST_TERMS = 40;
/** Of all lists together. */
const MOST_VALUES = 100;

const OPERATORS = ['>=', '<=', '>', '<'] as const;
/** `key:`, but not `http://` and not `Module::method`, which are text. */
const KEY = /(?:tags\[([^\]\s]{1,200})\]|([a-z][\w.-]{0,199})):(?!\/\/|:)/iy;

/**
 * Reads a search in Sentry's words: `is:unresolved release:1.4* !level:error timesSeen:>10 firstSeen:-24h "text"`. All conditions must hold;
 * `key:[a,b]` holds for any of its values. Times stay as they are written: the store reads them.
 * @throws HeedError `bad_search` that says where and why
 */
export function parseSearch(text: string): IssueTerm[] {
  if (text.length > MOST_CHARACTERS) throw searchError(`it is longer than ${MOST_CHARACTERS} characters`);
  const cursor = new SearchCursor(text);
  const terms: IssueTerm[] = [];
  let values = 0;
  for (cursor.skipBlanks(); !cursor.done; cursor.skipBlanks()) {
    if (cursor.match(/AND(?=\s|$)/y)) continue;
    const at = cursor.at;
    if (cursor.match(/OR(?=\s|$)/y))
      throw searchError(`OR (at ${at + 1}): all conditions must hold; for any of several values write key:[one,two], for the word "OR"`);
    if (terms.length === MOST_TERMS) throw searchError(`it has more than ${MOST_TERMS} conditions`);
    const term = readTerm(cursor);
    values += term.any?.length ?? 0;
    if (values > MOST_VALUES) throw searchError(`its lists have more than ${MOST_VALUES} values`);
    terms.push(term);
  }
  return terms;
}

function readTerm(cursor: SearchCursor): IssueTerm {
  const begin = cursor.at;
  const not = cursor.take('!') && !cursor.atBlank;
  if (cursor.at > begin && !not) return textTerm({ plain: '!', star: false }, false);
  if (cursor.here === '"') {
    const quoted = cursor.readQuoted();
    if (cursor.take(':')) return readValue(cursor, quoted.plain, not, begin);
    if (quoted.plain === '') throw searchError(`nothing is between the quotes at ${begin + 1}`);
    return textTerm(quoted, not);
  }
  const keyAt = cursor.at;
  const found = cursor.match(KEY);
  if (!found) return textTerm(cursor.readPlain(/\s/), not);
  const name = found[1] ?? found[2];
  // A title that was copied: `TypeError: x is not a function`.
  if (cursor.atBlank && !keyNamed(name)) {
    cursor.at = keyAt;
    return textTerm(cursor.readPlain(/\s/), not);
  }
  return readValue(cursor, name, not, begin);
}

function textTerm({ plain, star }: ReadText, not: boolean): IssueTerm {
  return { key: 'text', operator: star ? 'glob' : '=', value: plain, not };
}

function readValue(cursor: SearchCursor, name: string, not: boolean, begin: number): IssueTerm {
  const known = keyNamed(name);
  const key = known?.key ?? name;
  const kind = known?.kind ?? 'text';
  if (name === '') throw searchError(`a key is missing at ${begin + 1}`);
  if (cursor.atBlank) throw searchError(`${key}: (at ${begin + 1}) says no value`);
  if (cursor.here === '[' && key !== 'has') return readList(cursor, key, kind, not);
  const compared = kind === 'number' || kind === 'time' ? OPERATORS.find((operator) => cursor.take(operator)) : undefined;
  const at = cursor.at;
  const read = readWord(cursor, /\s/);
  if (!cursor.atBlank) throw searchError(`a blank is missing after the quote at ${at + 1}`);
  if (read.plain === '' && (key === 'has' || key === 'text')) throw searchError(`${key}: (at ${begin + 1}) says no value`);
  if (read.plain === '' && kind === 'text') return { key: 'has', operator: '=', value: key, not: !not };
  if (key === 'has') return { key, operator: '=', value: keyNamed(read.plain)?.key ?? read.plain, not };
  const value = valueOf(key, kind, read.plain, begin);
  return { key, operator: compared ?? (read.star ? 'glob' : '='), value, not };
}

const readWord = (cursor: SearchCursor, ends: RegExp): ReadText => (cursor.here === '"' ? cursor.readQuoted() : cursor.readPlain(ends));

function readList(cursor: SearchCursor, key: string, kind: KeyKind, not: boolean): IssueTerm {
  const begin = cursor.at++;
  if (kind === 'time') throw searchError(`a time (at ${begin + 1}) is no list; write ${key}:-24h`);
  const read: ReadText[] = [];
  do {
    cursor.skipBlanks();
    const at = cursor.at;
    read.push(readWord(cursor, /[\s,\]]/));
    if (read.at(-1)?.plain === '') throw searchError(`a value is missing at ${at + 1}`);
    cursor.skipBlanks();
  } while (cursor.take(','));
  if (!cursor.take(']')) throw searchError(`the list at ${begin + 1} has no end; write ${key}:[one,two], with quotes around what has blanks`);
  if (!cursor.atBlank) throw searchError(`a blank is missing after the list at ${begin + 1}`);
  // Where one is a pattern all are.
  const star = kind === 'text' && read.some((one) => one.star);
  const [value, ...any] = new Set(read.map((one) => valueOf(key, kind, one.plain, begin)));
  return { key, operator: star ? 'glob' : '=', value, not, ...(any.length > 0 ? { any } : {}) };
}
