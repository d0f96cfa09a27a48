import { isDigit, isHex, isLetter, WORD_ENDS, type ValueText } from './text.ts';

const MAX_LABEL = 63;
const TOP_LEVEL = new Set(
  (
    'com net org jp de uk fr br it ru es me gov pl ca au cn co in nl edu info eu ch id at kr cz mx be tv se tr tw al ua ir vn cl sk ly cc to no fi us pt dk ' +
    'ar hu tk gr il news ro my biz ie za nz sg ee th io xyz pe bg hk rs lt link ph club si site mobi by cat wiki la ga xxx cf hr ng jobs online kz ug gq ae is ' +
    'lv pro fm tips ms sa app'
  ).split(' '),
);
const BEFORE_AT = new Set(Array.from(".!#$%&'*+/=?^_`{|}~-", (char) => char.charCodeAt(0)));
const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const IPV4 = new RegExp(String.raw`(?:${OCTET}\.){3}${OCTET}${WORD_ENDS}`, 'yu');
const SCHEME = /(?:wss?|https?|ftp):\/\/[^\s/$.?#][^\n]/y;

/** `name@host` */
export function emailEnd(t: ValueText, at: number): number {
  if (at < t.noEmailBefore) return at;
  let end = at;
  while (isLocalPart(t.code(end))) end++;
  if (end === at) return at;
  if (t.code(end) === 64 && isLabel(t.code(end + 1))) return domainEnd(t, end + 1);
  t.noEmailBefore = end;
  return at;
}

function domainEnd(t: ValueText, at: number): number {
  let end = at;
  while (isLabel(t.code(end))) end++;
  while (t.code(end) === 46 && isLabel(t.code(end + 1))) {
    end++;
    while (isLabel(t.code(end))) end++;
  }
  return end;
}

function isLocalPart(code: number): boolean {
  return isDigit(code) || isLetter(code) || BEFORE_AT.has(code);
}

function isLabel(code: number): boolean {
  return isDigit(code) || isLetter(code) || code === 45;
}

/** `scheme://` and all up to a space. */
export function urlEnd(t: ValueText, at: number): number {
  const code = t.code(at);
  if ((code !== 104 && code !== 119 && code !== 102) || !t.edge(at)) return at;
  let end = t.match(SCHEME, at);
  if (end === at) return at;
  while (end < t.text.length && !/\s/.test(t.text[end])) end++;
  return end;
}

/** Labels with dots between them up to the first that is a well-known top-level domain. */
export function hostnameEnd(t: ValueText, at: number): number {
  if (at < t.noHostBefore || !isLabel(t.code(at)) || !t.edge(at)) return at;
  let label = at;
  for (;;) {
    let end = label;
    while (isLabel(t.code(end)) && end - label <= MAX_LABEL) end++;
    const length = end - label;
    if (length === 0 || length > MAX_LABEL || t.code(end) !== 46) {
      // A later start within the same labels ends here too; only within a first label that is too long it may do better.
      if (length <= MAX_LABEL) t.noHostBefore = end;
      else if (label > at) t.noHostBefore = label + 1;
      return at;
    }
    const next = topLevelEnd(t, end + 1);
    if (next > 0) return next;
    label = end + 1;
  }
}

function topLevelEnd(t: ValueText, at: number): number {
  let end = at;
  while (isLetter(t.code(end)) && end - at < 8) end++;
  // `de-1` ends a word at the dash, so the country counts there too.
  if (end === at || !t.edge(end)) return -1;
  const word = t.text.slice(at, end);
  const lower = word.toLowerCase();
  return TOP_LEVEL.has(lower) && (word === lower || word === word.toUpperCase()) ? end : -1;
}

/** IPv4 and IPv6, the latter not as part of a name such as `Cart::total`. */
export function ipEnd(t: ValueText, at: number): number {
  const code = t.code(at);
  if (code !== 58 && !isHex(code)) return at;
  const before = t.code(at - 1);
  if (!isDigit(before) && !isLetter(before) && before !== 95) {
    const end = ipv6End(t, at);
    if (end > at) return zoneEnd(t, at, end);
  }
  return isDigit(code) && t.edge(at) ? t.match(IPV4, at) : at;
}

/** Up to eight groups of hex digits; one gap `::` may stand for some of them, and an IPv4 address for the last two. */
function ipv6End(t: ValueText, at: number): number {
  let groups = 0;
  let gap = t.code(at) === 58;
  if (gap && t.code(at + 1) !== 58) return at;
  let i = gap ? at + 2 : at;
  let best = gap && !isAlphanumeric(t.code(i)) ? i : at;
  for (;;) {
    let end = i;
    while (end - i < 5 && isHex(t.code(end))) end++;
    if (end === i || end - i > 4) return best;
    if (t.code(end) === 46 && (gap ? groups < 6 : groups === 6)) {
      const dotted = t.match(IPV4, i);
      if (dotted > i) return dotted;
    }
    groups++;
    i = end;
    if ((gap ? groups < 8 : groups === 8) && !isAlphanumeric(t.code(i))) best = i;
    if (groups === (gap ? 7 : 8) || t.code(i) !== 58) return best;
    i++;
    if (t.code(i) !== 58) continue;
    if (gap) return best;
    gap = true;
    i++;
    if (!isAlphanumeric(t.code(i))) best = i;
  }
}

function isAlphanumeric(code: number): boolean {
  return isDigit(code) || isLetter(code);
}

/** `%eth0` behind a link-local address. */
function zoneEnd(t: ValueText, at: number, end: number): number {
  if (t.code(end) !== 37 || !t.text.startsWith('fe80:', at)) return end;
  return t.match(/%[0-9a-zA-Z]{1,32}(?![0-9a-zA-Z])/y, end);
}
