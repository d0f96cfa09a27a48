import { counterIndex, type CounterLane } from '../../../core/counters.ts';
import { MAX_NAME_BYTES } from '../../../core/series.ts';
import type { CarbonDoor } from './door.ts';
import { UNKNOWN } from './name-table.ts';
import { readNumber } from './number.ts';

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const DOT = 46;
const MINUS = 45;

/** Longest line; more is no line of Graphite's. */
export const MAX_LINE_BYTES = 65_536;

// Digits before 2^53 and a power of ten up to 10^22 are exact in a double, so one division rounds once: the result is that of
// any correct reader (Clinger's fast path).
const EXACT = 2 ** 53;
const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

const LINES = counterIndex('carbon.lines');
const BAD_LINE = counterIndex('carbon.dropped.bad_line');
const NOT_A_NUMBER = counterIndex('carbon.dropped.not_a_number');
const BAD_NAME = counterIndex('carbon.dropped.bad_name');

/**
 * Reads lines `name value timestamp` from bytes and hands their points to the door. Fields are separated by runs of blanks
 * and tabs; lines end in \n or \r\n. A line that is not right is counted by its fault and ends nothing.
 */
export class LineParser {
  readonly #door: CarbonDoor;
  readonly #counts: Float64Array;
  // Where the field that was read last ends.
  #at = 0;
  // The record of the line before.
  #previous = UNKNOWN;

  constructor(door: CarbonDoor, counters: CounterLane) {
    this.#door = door;
    this.#counts = counters.values;
  }

  /**
   * Reads `bytes[at..end)`, whose last byte must be a newline.
   * @param now milliseconds, for points sent with timestamp -1
   * @returns `end`, or the start of a line for which the store's queue had no room
   */
  parse(bytes: Uint8Array, at: number, end: number, now: number): number {
    const door = this.#door;
    const names = door.names;
    let previous = this.#previous;
    let taken = 0;
    let p = at;
    while (p < end) {
      const line = p;
      let c = bytes[p];
      while (c === SPACE || c === TAB) c = bytes[++p];
      const start = p;
      let record = names.follow(previous, bytes, start);
      if (record !== UNKNOWN) p += names.length(record);
      else {
        while (c > SPACE) c = bytes[++p];
        if (c !== SPACE && c !== TAB) {
          // An empty line is nothing; a name alone is half a line.
          if (p > start || (c === RETURN ? bytes[p + 1] : c) !== NEWLINE) this.#counts[BAD_LINE]++;
          p = after(bytes, p);
          continue;
        }
      }
      const nameEnd = p;
      const value = this.#number(bytes, p);
      p = this.#at;
      const time = bytes[p] === SPACE || bytes[p] === TAB ? this.#number(bytes, p) : undefined;
      p = this.#at;
      c = bytes[p];
      while (c === SPACE || c === TAB) c = bytes[++p];
      if (c === RETURN) c = bytes[++p];
      if (c !== NEWLINE || time === undefined || time !== time || time === Infinity || time === -Infinity) {
        this.#counts[BAD_LINE]++;
        p = after(bytes, p);
        continue;
      }
      p++;
      if (value === undefined || value !== value) {
        this.#counts[NOT_A_NUMBER]++;
        continue;
      }
      if (record === UNKNOWN) {
        if (nameEnd - start > MAX_NAME_BYTES) {
          this.#counts[BAD_NAME]++;
          continue;
        }
        record = door.record(bytes, start, nameEnd);
        names.link(previous, record);
      }
      const target = door.target(record);
      if (!door.take(target, Math.trunc(time) === -1 ? now : time * 1000, value)) {
        p = line;
        break;
      }
      previous = record;
      if (door.takes(target)) taken++;
    }
    this.#previous = previous;
    this.#counts[LINES] += taken;
    return p;
  }

  /** The number after the blanks at `at`; undefined when the field is empty or no number. Leaves its end in `#at`. */
  #number(bytes: Uint8Array, at: number): number | undefined {
    let p = at;
    let c = bytes[p];
    while (c === SPACE || c === TAB) c = bytes[++p];
    const start = p;
    const negative = c === MINUS;
    if (negative) c = bytes[++p];
    const digits = p;
    let whole = 0;
    while (c >= 48 && c <= 57) {
      whole = whole * 10 + (c - 48);
      c = bytes[++p];
    }
    let decimals = 0;
    let length = p - digits;
    if (c === DOT) {
      const first = ++p;
      c = bytes[p];
      while (c >= 48 && c <= 57) {
        whole = whole * 10 + (c - 48);
        c = bytes[++p];
      }
      decimals = p - first;
      length += decimals;
    }
    if (c <= SPACE && length > 0 && whole < EXACT && decimals <= 22) {
      this.#at = p;
      const value = decimals === 0 ? whole : whole / POWERS[decimals];
      return negative ? -value : value;
    }
    while (bytes[p] > SPACE) p++;
    this.#at = p;
    return p === start ? undefined : readNumber(Buffer.from(bytes.buffer, bytes.byteOffset + start, p - start).toString('latin1'));
  }
}

/** The start of the next line. */
function after(bytes: Uint8Array, at: number): number {
  return bytes.indexOf(NEWLINE, at) + 1;
}
