import { kind, milliseconds, readMember, readRate, readType, weight } from './groups';
import { finish, hashBytes, hashStart } from './hash';
import { LONGEST_SPELLING, SET } from './layout';
import { BAR, COLON, HASH_SIGN, NEWLINE, number, numberSigned, readNumber, seek2, seekNewline } from './scan';
import { find, hasRoom, NONE } from './series';
import { applyMember, applyNumber } from './values';

// The common line, `name:value|type[|@rate][|#tags]` or several values behind one name. Whatever else comes stops the parser at
// that line: JavaScript reads it by the full rules (line.ts) and lets the parser go on behind it.

export const DONE: u32 = 0;
/** The line is not a common one. */
export const UNUSUAL: u32 = 1;
/** The line's name, tags and type were never seen together: `pending…` tell which. */
export const UNKNOWN: u32 = 2;

export let cursor: usize = 0;
export let limit: usize = 0;
export let pendingName: usize = 0;
export let pendingNameBytes: usize = 0;
export let pendingTags: usize = 0;
export let pendingTagBytes: usize = 0;
export let pendingKind: u32 = 0;

/** Lines that were read here, and values of new series that found no room. */
export let lines: u32 = 0;
export let refused: u32 = 0;

export function clearParsed(): void {
  lines = 0;
  refused = 0;
}

export function setInput(from: usize, to: usize): void {
  cursor = from;
  limit = to;
  store<u8>(to, NEWLINE);
}

export function skipLine(): void {
  cursor = seekNewline(cursor) + 1;
}

function unknown(name: usize, nameBytes: usize, tags: usize, tagBytes: usize, kind: u32): u32 {
  pendingName = name;
  pendingNameBytes = nameBytes;
  pendingTags = tags;
  pendingTagBytes = tagBytes;
  pendingKind = kind;
  return UNKNOWN;
}

/** Reads lines from `cursor` to `limit`; anything but DONE leaves `cursor` at the line that stopped it. */
export function parse(): u32 {
  while (cursor < limit) {
    const line = cursor;
    if (load<u8>(line) == NEWLINE) {
      cursor++;
      continue;
    }
    const colon = seek2(line, COLON, NEWLINE);
    const nameBytes = colon - line;
    if (load<u8>(colon) != COLON || nameBytes - 1 >= LONGEST_SPELLING) return UNUSUAL;
    const value = colon + 1;
    let valueEnd = readNumber(value);
    const numeric = valueEnd != 0 && load<u8>(valueEnd) == BAR;
    if (!numeric) {
      if (valueEnd != 0 && load<u8>(valueEnd) == COLON) {
        const stop = several(line, nameBytes);
        if (stop != DONE) return stop;
        continue;
      }
      valueEnd = readMember(value);
      if (valueEnd == 0) return UNUSUAL;
    }
    const amount = number;
    const signed = numberSigned;
    let p = readType(valueEnd + 1);
    if (p == 0 || (milliseconds && amount < 0)) return UNUSUAL;
    const type = kind;
    p = readRate(p);
    if (p == 0) return UNUSUAL;
    let c = <u32>load<u8>(p);
    if (c == COLON) {
      const stop = several(line, nameBytes);
      if (stop != DONE) return stop;
      continue;
    }
    let tags: usize = 0;
    let tagBytes: usize = 0;
    let hash = hashBytes(hashStart(), line, nameBytes);
    if (c == BAR) {
      if (load<u8>(p + 1) != HASH_SIGN) return UNUSUAL;
      tags = p + 2;
      p = seek2(tags, BAR, NEWLINE);
      tagBytes = p - tags;
      if (load<u8>(p) == BAR || tagBytes > LONGEST_SPELLING) return UNUSUAL;
      hash = hashBytes(hash, tags, tagBytes);
    }
    const index = find(finish(hash, type), line, nameBytes, tags, tagBytes, type);
    if (index == NONE) {
      if (hasRoom()) return unknown(line, nameBytes, tags, tagBytes, type);
      refused++;
    } else if (type == SET) applyMember(index, value, valueEnd - value);
    else applyNumber(index, type, amount, weight, signed);
    lines++;
    cursor = p + 1;
  }
  return DONE;
}

/** `name:1|c:2|ms|@0.1:3:4|g|#tags`: looked through once, so that nothing counts twice, then applied. */
function several(line: usize, nameBytes: usize): u32 {
  const end = seekNewline(line);
  const first = line + nameBytes + 1;
  let tags: usize = 0;
  let tagBytes: usize = 0;
  let valuesEnd = end;
  for (let p = seek2(first, HASH_SIGN, NEWLINE); p < end; p = seek2(p + 1, HASH_SIGN, NEWLINE)) {
    if (load<u8>(p - 1) != BAR) continue;
    valuesEnd = p - 1;
    tags = p + 1;
    tagBytes = end - tags;
    if (tagBytes > LONGEST_SPELLING || seek2(tags, BAR, NEWLINE) != end) return UNUSUAL;
    break;
  }
  const hash = hashBytes(hashBytes(hashStart(), line, nameBytes), tags, tagBytes);
  let missing: u32 = 0;
  for (let pass = 0; pass < 2; pass++) {
    let p = first;
    while (true) {
      const values = p;
      const member = readMember(p);
      let bar = member;
      if (member == 0) {
        do {
          bar = readNumber(p);
          if (bar == 0) return UNUSUAL;
          p = bar + 1;
        } while (load<u8>(bar) == COLON);
        if (load<u8>(bar) != BAR) return UNUSUAL;
      }
      p = readType(bar + 1);
      if (p == 0) return UNUSUAL;
      const type = kind;
      const checked = milliseconds;
      p = readRate(p);
      if (p == 0 || p > valuesEnd || (type == SET) != (member != 0)) return UNUSUAL;
      const scale = weight;
      const index = find(finish(hash, type), line, nameBytes, tags, tagBytes, type);
      if (index == NONE) missing = type;
      if (type != SET) {
        for (let at = values; at < bar;) {
          at = readNumber(at) + 1;
          if (pass == 0) {
            if (checked && number < 0) return UNUSUAL;
          } else if (index == NONE) refused++;
          else applyNumber(index, type, number, scale, numberSigned);
        }
      } else if (pass == 1) {
        if (index == NONE) refused++;
        else applyMember(index, values, member - values);
      }
      if (p == valuesEnd) break;
      if (load<u8>(p) != COLON) return UNUSUAL;
      p++;
    }
    if (missing != 0 && pass == 0 && hasRoom()) return unknown(line, nameBytes, tags, tagBytes, missing);
  }
  lines++;
  cursor = end + 1;
  return DONE;
}
