import { isDigit, isHex, WORD_ENDS, type ValueText } from './text.ts';

const TRACEPARENT = new RegExp(`(?:00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]|1-[0-9a-f]{8}-[0-9a-f]{24})${WORD_ENDS}`, 'yu');
const UUID = new RegExp(`[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}${WORD_ENDS}`, 'yu');
const MAC = /[0-9a-fA-F]{2}(?:(?::[0-9a-fA-F]{2}){5}|(?:-[0-9a-fA-F]{2}){5})(?![\p{L}\p{N}_:-])/uy;
const SWIFT = /tx[0-9a-f]{21}-[0-9a-f]{10}\S{0,200}/y;
const MIN_HEX = 4;
const LONG_HEX = 8;
const MAX_HEX = 128;
const MAX_INT = 7;

/** The `traceparent` of W3C, and the trace ids of Amazon's balancers. */
export function traceparentEnd(t: ValueText, at: number): number {
  const code = t.code(at);
  return (code === 48 || code === 49) && t.edge(at) ? t.match(TRACEPARENT, at) : at;
}

export function uuidEnd(t: ValueText, at: number): number {
  return isHex(t.code(at)) && t.edge(at) && t.hexEnd(at) - at === 8 ? t.match(UUID, at) : at;
}

export function macEnd(t: ValueText, at: number): number {
  return isHex(t.code(at)) && t.edge(at) && t.hexEnd(at) - at === 2 ? t.match(MAC, at) : at;
}

/** A run of hex digits of just this length, as hashes are. */
export function hashEnd(length: number): (t: ValueText, at: number) => number {
  return (t, at) => {
    if (!isHex(t.code(at)) || !t.edge(at)) return at;
    const end = t.hexEnd(at);
    return end - at === length && !t.word(end) ? end : at;
  };
}

/** `12ms`, `1.5s` */
export function durationEnd(t: ValueText, at: number): number {
  if (!isDigit(t.code(at))) return at;
  const digits = t.digitsEnd(at);
  if (t.text.startsWith('ms', digits) && t.edge(at)) return digits + 2;
  if (t.code(digits) === 115 && !t.word(digits + 1)) return digits + 1;
  if (t.code(digits) !== 46 || !isDigit(t.code(digits + 1))) return at;
  const fraction = t.fractionEnd(digits + 1);
  return t.code(fraction) === 115 && !t.word(fraction + 1) ? fraction + 1 : at;
}

/** Ids of OpenStack's object store. */
export function swiftEnd(t: ValueText, at: number): number {
  return t.code(at) === 116 && t.code(at + 1) === 120 && t.edge(at) ? t.match(SWIFT, at) : at;
}

/** `0x` and hex digits, or a longer run of one case; a short one must have letters and digits. */
export function hexEnd(t: ValueText, at: number): number {
  const prefixed = t.code(at) === 48 && (t.code(at + 1) | 32) === 120 && t.edge(at);
  if (prefixed && isHex(t.code(at + 2))) {
    const end = t.hexEnd(at + 2);
    if (!t.word(end)) return end;
  }
  const from = t.code(at) === 45 && !t.word(at - 1) ? at + 1 : at;
  if (!isHex(t.code(from)) || (from === at && !t.edge(at))) return at;
  const end = t.hexEnd(from);
  const length = end - from;
  if (length < MIN_HEX || length > MAX_HEX || length === MAX_INT || t.word(end)) return at;
  const { digits, lower, upper } = kindsIn(t, from, end);
  if (lower && upper) return at;
  return length >= LONG_HEX || (digits && (lower || upper)) ? end : at;
}

/** The short form of a commit: seven hex digits, letters and digits among them. */
export function commitEnd(t: ValueText, at: number): number {
  if (!isHex(t.code(at)) || !t.edge(at)) return at;
  const end = t.hexEnd(at);
  if (end - at !== MAX_INT || t.word(end)) return at;
  const { digits, lower, upper } = kindsIn(t, at, end);
  return digits && lower && !upper ? end : at;
}

export function floatEnd(t: ValueText, at: number): number {
  const from = t.code(at) === 45 ? at + 1 : at;
  if (!isDigit(t.code(from)) || (from === at && !t.edge(at))) return at;
  const digits = t.digitsEnd(from);
  if (t.code(digits) !== 46 || !isDigit(t.code(digits + 1))) return at;
  const end = t.fractionEnd(digits + 1);
  return t.word(end) ? at : end;
}

/** Up to seven digits; more are hex. A dash is a sign unless it joins words. */
export function intEnd(t: ValueText, at: number): number {
  const from = t.code(at) === 45 && !t.word(at - 1) ? at + 1 : at;
  if (!isDigit(t.code(from)) || (from === at && !t.edge(at))) return at;
  const end = t.digitsEnd(from);
  return end - from <= MAX_INT && !t.word(end) ? end : at;
}

function kindsIn(t: ValueText, from: number, end: number): { digits: boolean; lower: boolean; upper: boolean } {
  const kinds = { digits: false, lower: false, upper: false };
  for (let i = from; i < end; i++) {
    const code = t.code(i);
    if (isDigit(code)) kinds.digits = true;
    else if (code < 97) kinds.upper = true;
    else kinds.lower = true;
  }
  return kinds;
}
