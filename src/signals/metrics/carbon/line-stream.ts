import type { CounterLane } from '../../../core/counters.ts';
import { type LineParser, MAX_LINE_BYTES } from './line.ts';
import type { Stream } from './tcp.ts';

const NEWLINE = 10;
const NOTHING = Buffer.alloc(0);

/** Lines from a stream of chunks: whole lines are read where they lie, the piece of a line at a chunk's end is carried over. */
export class LineStream implements Stream {
  readonly #parser: LineParser;
  readonly #counters: CounterLane;
  #carry = NOTHING;
  #carried = 0;
  // Inside a line that was too long, until its newline.
  #skipping = false;

  constructor(parser: LineParser, counters: CounterLane) {
    this.#parser = parser;
    this.#counters = counters;
  }

  feed(bytes: Buffer, at: number, now: number): number {
    let start = at;
    if (this.#carried > 0 || this.#skipping) {
      const newline = bytes.indexOf(NEWLINE, start);
      if (newline < 0) return this.#keep(bytes, start);
      if (this.#skipping) this.#skipping = false;
      else if (!this.#join(bytes, start, newline + 1, now)) return start;
      start = newline + 1;
    }
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end > start) {
      const reached = this.#parser.parse(bytes, start, end, now);
      if (reached < end) return reached;
      start = end;
    }
    return start < bytes.length ? this.#keep(bytes, start) : start;
  }

  beginning(bytes: Buffer): number {
    // A chunk without the end of any line says nothing yet.
    const newline = bytes.indexOf(NEWLINE);
    if (newline < 0) return bytes.length;
    return this.#carried > 0 || this.#skipping ? newline + 1 : 0;
  }

  /** What is left without a newline may be cut anywhere, in a number too: it is not taken, as carbon does not. */
  end(): void {
    if (this.#carried > 0) this.#counters.add('carbon.dropped.bad_line');
    this.#carried = 0;
  }

  /** Carries `bytes[start..]` over, all of it a piece of one line. */
  #keep(bytes: Buffer, start: number): number {
    if (this.#skipping) return bytes.length;
    const length = this.#carried + bytes.length - start;
    if (length > MAX_LINE_BYTES) {
      this.#counters.add('carbon.dropped.too_long');
      this.#carry = NOTHING;
      this.#carried = 0;
      this.#skipping = true;
      return bytes.length;
    }
    this.#append(bytes, start, bytes.length);
    return bytes.length;
  }

  #append(bytes: Buffer, start: number, end: number): void {
    const length = this.#carried + end - start;
    if (length > this.#carry.length) {
      const wider = Buffer.alloc(Math.max(256, 2 ** Math.ceil(Math.log2(length))));
      this.#carry.copy(wider, 0, 0, this.#carried);
      this.#carry = wider;
    }
    bytes.copy(this.#carry, this.#carried, start, end);
    this.#carried = length;
  }

  /** Ends the carried line with `bytes[start..end)` and reads it; false when the store's queue is full. */
  #join(bytes: Buffer, start: number, end: number, now: number): boolean {
    const before = this.#carried;
    if (before + end - start > MAX_LINE_BYTES) {
      this.#counters.add('carbon.dropped.too_long');
    } else {
      this.#append(bytes, start, end);
      const length = this.#carried;
      if (this.#parser.parse(this.#carry, 0, length, now) < length) {
        this.#carried = before;
        return false;
      }
    }
    this.#carried = 0;
    return true;
  }
}
