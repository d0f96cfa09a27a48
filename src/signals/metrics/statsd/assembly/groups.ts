import { COUNTER, GAUGE, SET, TIMER } from './layout';
import { AT, BAR, COLON, NEWLINE, number, readNumber, seek3 } from './scan';

// What stands behind a value: its type and its rate.

/** How `h` and `d` are read: TIMER, or COUNTER as upstream does. */
let histograms: u32 = TIMER;

export function setHistograms(kind: u32): void {
  histograms = kind;
}

export let kind: u32 = 0;
export let milliseconds: bool = false;
export let weight: f64 = 1;

// @ts-ignore: decorator
@inline
function ends(c: u32): bool {
  return c == NEWLINE || c == BAR || c == COLON;
}

/** Reads the type at `p` (behind its bar) into `kind`; returns where it ends, or 0 when it is none of the common ones. */
// @ts-ignore: decorator
@inline
export function readType(p: usize): usize {
  const c = <u32>load<u8>(p++);
  milliseconds = false;
  if (c == 99) kind = COUNTER;
  else if (c == 103) kind = GAUGE;
  else if (c == 115) kind = SET;
  else if (c == 104 || c == 100) kind = histograms;
  else if (c == 109 && load<u8>(p++) == 115) {
    kind = TIMER;
    milliseconds = true;
  } else return 0;
  return ends(load<u8>(p)) ? p : 0;
}

/** Reads `|@rate` at `p`, if there is one, into `weight` (1/rate); returns where it ends, or 0 when it is an odd one. */
// @ts-ignore: decorator
@inline
export function readRate(p: usize): usize {
  weight = 1;
  if (load<u8>(p) != BAR || load<u8>(p + 1) != AT) return p;
  const c = <u32>load<u8>(p + 2);
  if (c - 48 > 9 && c != 46) return 0;
  p = readNumber(p + 2);
  if (p == 0 || number == 0 || !ends(load<u8>(p))) return 0;
  weight = 1 / number;
  return p;
}

/** The end of a set's member at `p`, or 0 when it is empty or not followed by the type s. */
// @ts-ignore: decorator
@inline
export function readMember(p: usize): usize {
  const end = seek3(p, BAR, COLON, NEWLINE);
  if (end == p || load<u8>(end) != BAR || load<u8>(end + 1) != 115 || !ends(load<u8>(end + 2))) return 0;
  return end;
}
