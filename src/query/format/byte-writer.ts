import { HeedError } from '../../core/errors.ts';

const FIRST_SIZE = 64 * 1024;
/** An answer is expected to be this long at most; longer ones grow. */
const MAX_EXPECTED = 64 << 20;
/** Longest answer: it is held in memory until the client has taken it. */
const MAX_SIZE = 256 << 20;
/** Longest text of a number: `-1.2345678901234567e-300`, with room to spare. */
const MAX_NUMBER = 32;
const ZERO = 48;
const utf8 = new TextEncoder();

/** Integers up to here have exact digits by division. */
const MAX_INTEGER = 2 ** 53;
/** Below this a value with up to four decimals has at most 15 digits, which name one double only. */
const MAX_DECIMAL = 1e11;

/** Writes an answer's text straight into bytes that grow. The last buffer is given away, not copied. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** `expected` bytes spare copies when the text is going to be long. */
  constructor(expected = 0) {
    this.#bytes = new Uint8Array(Math.min(MAX_EXPECTED, Math.max(FIRST_SIZE, expected)));
  }

  get length(): number {
    return this.#length;
  }

  /**
   * Makes room for `count` more bytes and gives what to write into, from `length` on; tell `advance` where it ended.
   * @throws HeedError `answer_too_large`
   */
  reserve(count: number): Uint8Array {
    if (this.#length + count > this.#bytes.length) {
      if (this.#length + count > MAX_SIZE)
        throw new HeedError('answer_too_large', 'cannot answer: it would be longer than 256 MB; ask for maxDataPoints or fewer series');
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    return this.#bytes;
  }

  advance(end: number): void {
    this.#length = end;
  }

  text(text: string): void {
    const bytes = this.reserve(text.length * 3);
    this.#length += utf8.encodeInto(text, bytes.subarray(this.#length)).written;
  }

  /** A number as JavaScript writes it. */
  number(value: number): void {
    const bytes = this.reserve(MAX_NUMBER);
    this.#length = writeNumber(bytes, this.#length, value);
  }

  /** What was written. The writer must not be used after. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }
}

/** Writes a finite number in its shortest form, the one that `String` gives, at `at`; answers where it ends. Needs 32 bytes of room. */
export function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  let size = value;
  let position = at;
  if (value < 0) {
    bytes[position++] = 45;
    size = -value;
  }
  if (size < MAX_INTEGER && Math.floor(size) === size) return writeInteger(bytes, position, size);
  if (size < MAX_DECIMAL) {
    const scaled = Math.floor(size * 10_000 + 0.5);
    if (scaled / 10_000 === size) return writeDecimal(bytes, position, scaled);
  }
  return writeText(bytes, at, String(value));
}

/** A value as JSON has it: null for a gap, and for an infinity, which JSON lacks, a number too large for a double. */
export function writeValue(bytes: Uint8Array, at: number, value: number): number {
  if (value - value === 0) return writeNumber(bytes, at, value);
  if (value === value) return writeText(bytes, at, value > 0 ? '1e9999' : '-1e9999');
  bytes[at] = 110;
  bytes[at + 1] = 117;
  bytes[at + 2] = 108;
  bytes[at + 3] = 108;
  return at + 4;
}

/** Digits of a whole number below 2^53. */
function writeInteger(bytes: Uint8Array, at: number, value: number): number {
  if (value < 1e9) return writeSmall(bytes, at, value | 0);
  const high = Math.floor(value / 1e9);
  return writePadded(bytes, writeInteger(bytes, at, high), (value - high * 1e9) | 0, 9);
}

/** Digits of a whole number below 1e9. */
function writeSmall(bytes: Uint8Array, at: number, value: number): number {
  if (value < 1e4) return writePadded(bytes, at, value, value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : 4);
  return writePadded(bytes, at, value, value < 1e5 ? 5 : value < 1e6 ? 6 : value < 1e7 ? 7 : value < 1e8 ? 8 : 9);
}

function writePadded(bytes: Uint8Array, at: number, value: number, digits: number): number {
  let rest = value;
  for (let i = at + digits - 1; i >= at; i--) {
    const next = (rest / 10) | 0;
    bytes[i] = ZERO + (rest - next * 10);
    rest = next;
  }
  return at + digits;
}

/** `scaled` is the number times 10,000 and not whole. Its shortest form has no zeros at the end. */
function writeDecimal(bytes: Uint8Array, at: number, scaled: number): number {
  const whole = Math.floor(scaled / 10_000);
  let rest = (scaled - whole * 10_000) | 0;
  let decimals = 4;
  for (let next = (rest / 10) | 0; next * 10 === rest; next = (rest / 10) | 0) {
    rest = next;
    decimals--;
  }
  const point = writeInteger(bytes, at, whole);
  bytes[point] = 46;
  return writePadded(bytes, point + 1, rest, decimals);
}

function writeText(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
}
