import { FILTERED, type Range } from './range.ts';

const BEARER = /\bbearer[ \t]{1,4}([\w.~+/=-]{8,})/gi;
const BASIC = /\bbasic[ \t]{1,4}([A-Za-z0-9+/]{12,}={0,2})/gi;
/** What follows `user:` in base64 never has a word's look: it mixes cases and digits. */
const MIXED = /[a-z]/;

// Each search below goes on behind what it looked at, so that no text is looked at twice.

/** Adds where JSON web tokens and Authorization's values stand. */
export function findTokens(text: string, found: Range[]): void {
  for (let at = text.indexOf('eyJ'); at >= 0; at = text.indexOf('eyJ', at)) {
    let end = at;
    while (end < text.length && isTokenCode(text.charCodeAt(end))) end++;
    if (end - at >= 16 && text.slice(at, end).includes('.')) found.push({ start: at, end, text: FILTERED });
    at = Math.max(end, at + 3);
  }
  if (text.includes('earer') || text.includes('EARER')) findBearers(text, found);
  if (text.includes('asic') || text.includes('ASIC')) findBasics(text, found);
}

function findBearers(text: string, found: Range[]): void {
  for (const match of text.matchAll(BEARER)) {
    if (/\d/.test(match[1])) found.push({ start: match.index + match[0].length - match[1].length, end: match.index + match[0].length, text: FILTERED });
  }
}

function findBasics(text: string, found: Range[]): void {
  for (const match of text.matchAll(BASIC)) {
    const value = match[1];
    if (MIXED.test(value) && /[A-Z]/.test(value.slice(1)) && Buffer.from(value, 'base64').includes(0x3a)) {
      found.push({ start: match.index + match[0].length - value.length, end: match.index + match[0].length, text: FILTERED });
    }
  }
}

/** Adds where keys in PEM stand, up to their end line or, where they were cut, to the end. */
export function findPem(text: string, found: Range[]): void {
  for (let at = text.indexOf('-----BEGIN '); at >= 0; at = text.indexOf('-----BEGIN ', at)) {
    const end = text.indexOf('-----END ', at);
    const stop = end < 0 ? -1 : text.indexOf('-----', end + 9);
    found.push({ start: at, end: stop < 0 ? text.length : stop + 5, text: FILTERED });
    if (stop < 0) return;
    at = stop + 5;
  }
}

/** Adds where `user:password@` stands in addresses. */
export function findUserInfo(text: string, found: Range[]): void {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at)) {
    const start = at + 3;
    let sign = -1;
    let end = start;
    for (; end < text.length && !isAuthorityEnd(text.charCodeAt(end)); end++) if (text.charCodeAt(end) === 0x40) sign = end;
    if (sign > start && text.slice(start, sign) !== FILTERED) found.push({ start, end: sign, text: FILTERED });
    at = end;
  }
}

/** Letters, digits, `_`, `-`, `.` */
const isTokenCode = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f || code === 0x2d || code === 0x2e;

/** Blanks and control characters, `/`, `?`, `#`, quotes, `<`, `>`, `\` */
const isAuthorityEnd = (code: number): boolean =>
  code <= 0x20 ||
  code === 0x2f ||
  code === 0x3f ||
  code === 0x23 ||
  code === 0x22 ||
  code === 0x27 ||
  code === 0x3c ||
  code === 0x3e ||
  code === 0x5c ||
  code === 0x60;
