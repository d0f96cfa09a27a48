import { FILTERED, type Range } from './range.ts';

/** Longest name that is looked at before a sign of assignment. */
const MOST_NAME = 64;

/** Which names mean a secret, and where. */
export interface Names {
  /** In source code only a value in quotes is one: `token = next()` is none. */
  onlyQuoted: boolean;
  /** Before `=`, or in quotes before a colon. */
  isSensitive(name: string): boolean;
  /** Before a colon in prose. */
  isStrong(name: string): boolean;
}

/**
 * Adds where the values of secrets stand in a text: `password=…`, `"token": "…"`, `&api_key=…`, `token%3D…`, `Authorization: …`.
 * Only the places of signs are looked at, each a bounded way back.
 */
export function findAssignments(text: string, names: Names, found: Range[]): void {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== EQUALS && code !== COLON && !(code === PERCENT && isEncodedEquals(text, at))) continue;
    if (names.onlyQuoted && !hasQuoteAfter(text, at)) continue;
    const { name, isQuoted } = nameBefore(text, at);
    if (name.length < 2 || !(code !== COLON || isQuoted ? names.isSensitive(name) : names.isStrong(name))) continue;
    const value = valueAfter(text, code === PERCENT ? at + 3 : at + 1, name, names.onlyQuoted);
    if (value === undefined) continue;
    found.push(value);
    at = value.end - 1;
  }
}

const EQUALS = 0x3d;
const COLON = 0x3a;
const PERCENT = 0x25;
const BACKSLASH = 0x5c;

/** `%3D` */
const isEncodedEquals = (text: string, at: number): boolean => text.charCodeAt(at + 1) === 0x33 && (text.charCodeAt(at + 2) | 0x20) === 0x64;

/** True where a quote comes next but for blanks and signs, as most of source can be passed over so. */
function hasQuoteAfter(text: string, sign: number): boolean {
  for (let at = sign + 1; at <= sign + 6; at++) {
    const code = text.charCodeAt(at);
    if (isQuote(code)) return true;
    if (code !== 0x20 && !isSign(code)) return false;
  }
  return false;
}

function nameBefore(text: string, sign: number): { name: string; isQuoted: boolean } {
  let end = sign;
  // Blanks, the quotes of a key, and the backslashes where JSON stands in JSON.
  while (end > 0 && sign - end < 4 && isPadding(text.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > 0 && end - start < MOST_NAME && isNameCode(text.charCodeAt(start - 1))) start--;
  const name = text.slice(start, end);
  return { name: name.includes('%') ? encodedName(name) : name, isQuoted: end < sign && isQuote(text.charCodeAt(end)) };
}

/** In an address within an address, what stands behind the last `%3F` or `%26`; brackets of forms are a part of it. */
function encodedName(text: string): string {
  const name = text.replace(/%5[BbDd]/g, '_');
  const percent = name.lastIndexOf('%');
  return percent < 0 ? name : name.slice(percent + 3);
}

function valueAfter(text: string, from: number, name: string, onlyQuoted: boolean): Range | undefined {
  let start = from;
  // `==`, `:=` and `=>` go on here.
  while (start - from < 6 && (isPadding(text.charCodeAt(start)) || isSign(text.charCodeAt(start)))) start++;
  const quote = start > from ? text.charCodeAt(start - 1) : NaN;
  if (onlyQuoted && !isQuote(quote)) return undefined;
  if (text.startsWith(FILTERED, start)) return undefined;
  const end = isQuote(quote) ? quotedEnd(text, start, quote) : bareEnd(text, start, name);
  return end === start ? undefined : { start, end, text: FILTERED };
}

/** Where the same quote comes again and is not escaped; where the first one is, as in JSON within JSON, the first backslash. */
function quotedEnd(text: string, start: number, quote: number): number {
  const isEscaped = quote === BACKSLASH || text.charCodeAt(start - 2) === BACKSLASH;
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote || (isEscaped && code === BACKSLASH)) return at;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}

function bareEnd(text: string, start: number, name: string): number {
  const opening = text.charCodeAt(start);
  if (opening === 0x5b || opening === 0x7b) return closingOf(text, start, opening);
  // A header's value goes to the end of its line.
  const isHeader = /authorization$|cookie$/i.test(name);
  let at = start;
  while (at < text.length && !endsValue(text.charCodeAt(at), isHeader) && !text.startsWith('%26', at)) at++;
  return at;
}

/** Behind the bracket that closes the one at `start`, or the end of the text. */
function closingOf(text: string, start: number, opening: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === opening) depth++;
    // `]` and `}` stand two behind `[` and `{`.
    else if (code === opening + 2 && --depth === 0) return at + 1;
  }
  return text.length;
}

function endsValue(code: number, isHeader: boolean): boolean {
  if (code === 0x0a || code === 0x0d) return true;
  // Blank & ; , " ' < > ) ] }
  return !isHeader && (code <= 0x20 || '&;,"\'<>)]}'.includes(String.fromCharCode(code)));
}

const isSign = (code: number): boolean => code === EQUALS || code === 0x3e;
const isQuote = (code: number): boolean => code === 0x22 || code === 0x27 || code === BACKSLASH;
const isPadding = (code: number): boolean => code === 0x20 || isQuote(code);

/** Letters, digits, `_`, `-`, `.`, and what stands around keys in forms: `[`, `]`, `%`. */
const isNameCode = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x30 && code <= 0x39) ||
  code === 0x5f ||
  code === 0x2d ||
  code === 0x2e ||
  code === 0x5b ||
  code === 0x5d ||
  code === 0x25;
