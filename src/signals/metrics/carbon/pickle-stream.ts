import type { CounterLane } from '../../../core/counters.ts';
import type { CarbonDoor } from './door.ts';
import { readNumber } from './number.ts';
import { decodePickle, type PickleText, type PickleValue } from './pickle.ts';
import type { Stream } from './tcp.ts';

const PREFIX_BYTES = 4;
/** Longest pickle, as in carbon; whoever announces more is cut off. */
export const MAX_PICKLE_BYTES = 1024 * 1024;

/** Memory for pickles that are not complete yet, for all connections of a listener together. */
export class PickleBudget {
  left: number;

  constructor(bytes = 64 * 1024 * 1024) {
    this.left = bytes;
  }
}

/**
 * Pickles `[(name, (timestamp, value)), …]` from a stream, each behind its length. A pickle that cannot be read is counted and
 * passed over, and so is an item of one.
 */
export class PickleStream implements Stream {
  readonly #door: CarbonDoor;
  readonly #counters: CounterLane;
  readonly #budget: PickleBudget;
  /** The beginning of a frame whose end is not here yet: prefix and pickle. */
  #held: Buffer = Buffer.alloc(0);
  #heldBytes = 0;
  /** What is left of a pickle for whose points there was no room, and where in the chunk it ended. */
  #rest: { items: PickleValue[]; index: number; next: number } | undefined;

  constructor(door: CarbonDoor, counters: CounterLane, budget: PickleBudget) {
    this.#door = door;
    this.#counters = counters;
    this.#budget = budget;
  }

  feed(bytes: Buffer, at: number, now: number): number {
    let start = at;
    if (this.#rest) {
      if (!this.#takeRest(now)) return start;
      start = this.#rest.next;
      this.#rest = undefined;
    }
    while (start < bytes.length) {
      const next = this.#frame(bytes, start);
      if (next < 0) return -1;
      if (this.#rest) {
        if (!this.#takeRest(now)) return start;
        this.#rest = undefined;
      }
      start = next;
    }
    return start;
  }

  beginning(bytes: Buffer): number {
    return this.#heldBytes > 0 ? bytes.length : 0;
  }

  end(): void {
    if (this.#heldBytes > 0) this.#counters.add('carbon.dropped.bad_pickle');
    this.#release();
  }

  /** Reads or holds the frame that goes on at `start`; returns where it ends in `bytes`, or -1 when the connection must end. */
  #frame(bytes: Buffer, start: number): number {
    if (this.#heldBytes < PREFIX_BYTES) {
      const missing = PREFIX_BYTES - this.#heldBytes;
      const ready = bytes.length - start;
      if (ready < missing) return this.#hold(bytes, start, bytes.length);
      if (this.#heldBytes === 0) {
        const end = start + PREFIX_BYTES + bytes.readUInt32BE(start);
        if (end - start - PREFIX_BYTES > MAX_PICKLE_BYTES) return this.#tooLong();
        // The usual case: all of it lies in this chunk and is read in place.
        if (end <= bytes.length) return this.#decode(bytes.subarray(start + PREFIX_BYTES, end), end);
        return this.#hold(bytes, start, bytes.length);
      }
      if (this.#hold(bytes, start, start + missing) < 0) return -1;
      if (this.#held.readUInt32BE(0) > MAX_PICKLE_BYTES) return this.#tooLong();
      start += missing;
    }
    const size = PREFIX_BYTES + this.#held.readUInt32BE(0);
    const end = Math.min(bytes.length, start + size - this.#heldBytes);
    if (this.#hold(bytes, start, end) < 0) return -1;
    if (this.#heldBytes < size) return end;
    const pickle = this.#held.subarray(PREFIX_BYTES, size);
    this.#release();
    return this.#decode(pickle, end);
  }

  #tooLong(): number {
    this.#counters.add('carbon.dropped.too_long');
    this.#release();
    return -1;
  }

  #hold(bytes: Buffer, start: number, end: number): number {
    const length = this.#heldBytes + end - start;
    if (length > this.#held.length) {
      const size = Math.max(4096, 2 ** Math.ceil(Math.log2(length)));
      if (size - this.#held.length > this.#budget.left) {
        this.#counters.add('carbon.dropped.connections');
        this.#release();
        return -1;
      }
      this.#budget.left -= size - this.#held.length;
      const wider = Buffer.allocUnsafeSlow(size);
      this.#held.copy(wider, 0, 0, this.#heldBytes);
      this.#held = wider;
    }
    bytes.copy(this.#held, this.#heldBytes, start, end);
    this.#heldBytes = length;
    return end;
  }

  #release(): void {
    this.#budget.left += this.#held.length;
    this.#held = Buffer.alloc(0);
    this.#heldBytes = 0;
  }

  #decode(pickle: Uint8Array, next: number): number {
    this.#counters.add('carbon.pickle.messages');
    let items: PickleValue | undefined;
    try {
      items = decodePickle(pickle);
    } catch {
      items = undefined;
    }
    if (Array.isArray(items)) this.#rest = { items, index: 0, next };
    else this.#counters.add('carbon.dropped.bad_pickle');
    return next;
  }

  /** Hands on the points that are left; false when the store's queue is full. */
  #takeRest(now: number): boolean {
    const rest = this.#rest;
    if (!rest) return true;
    for (; rest.index < rest.items.length; rest.index++) if (!this.#take(rest.items[rest.index], now)) return false;
    return true;
  }

  #take(item: PickleValue, now: number): boolean {
    const [name, point] = pair(item);
    const [time, value] = pair(point);
    if (!isText(name) || time === undefined || value === undefined) {
      this.#counters.add('carbon.dropped.bad_line');
      return true;
    }
    const seconds = toNumber(time);
    const number = toNumber(value);
    if (!Number.isFinite(seconds)) {
      this.#counters.add('carbon.dropped.bad_line');
      return true;
    }
    if (Number.isNaN(number)) {
      this.#counters.add('carbon.dropped.not_a_number');
      return true;
    }
    const { bytes, start, end } = name;
    const target = this.#door.target(this.#door.record(bytes, start, end));
    if (!this.#door.take(target, Math.trunc(seconds) === -1 ? now : seconds * 1000, number)) return false;
    if (this.#door.takes(target)) this.#counters.add('carbon.pickle.points');
    return true;
  }
}

const NO_PAIR: [undefined, undefined] = [undefined, undefined];

function pair(value: PickleValue | undefined): [PickleValue, PickleValue] | [undefined, undefined] {
  return Array.isArray(value) && value.length === 2 ? (value as [PickleValue, PickleValue]) : NO_PAIR;
}

function isText(value: PickleValue | undefined): value is PickleText {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As Python's float(): numbers, and strings that hold one, as StatsD sends them; NaN for all else. */
function toNumber(value: PickleValue): number {
  if (typeof value === 'number') return value;
  if (!isText(value) || value.end - value.start > 512) return NaN;
  return (
    readNumber(
      Buffer.from(value.bytes.buffer, value.bytes.byteOffset + value.start, value.end - value.start)
        .toString('latin1')
        .trim(),
    ) ?? NaN
  );
}
