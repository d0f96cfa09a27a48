import { HeedError } from '../../core/errors.ts';
import { output, writeNumber } from './numbers.ts';

const FIRST_SIZE = 64 * 1024;
/** An answer is expected to be this long at most; longer ones grow. */
const MAX_EXPECTED = 64 << 20;
/** Bytes after which what was written is handed over, where somebody takes parts. */
const PART_SIZE = 256 * 1024;
/** Longest answer: it is held in memory until the client has taken it. */
const MAX_SIZE = 256 << 20;
const utf8 = new TextEncoder();

/** Memory of its own that nobody has cleared: only what is written into it leaves it. */
const emptyBytes = (size: number): Uint8Array<ArrayBuffer> => Buffer.allocUnsafeSlow(size);

/** Writes an answer's text straight into bytes that grow. The last buffer is given away, not copied. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  /** Bytes that went out in parts. */
  #gone = 0;
  readonly #part: ((bytes: Uint8Array<ArrayBuffer>) => void) | undefined;

  /** `expected` bytes spare copies when the text is going to be long. `part` is given the text so far whenever it is long enough. */
  constructor(expected = 0, part?: (bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#bytes = emptyBytes(Math.min(part ? PART_SIZE : MAX_EXPECTED, Math.max(FIRST_SIZE, expected)));
    this.#part = part;
  }

  text(text: string): void {
    const bytes = this.#reserve(text.length * 3);
    this.#length += utf8.encodeInto(text, bytes.subarray(this.#length)).written;
  }

  /** The first `count` bytes of `bytes`. */
  bytes(bytes: Uint8Array, count: number): void {
    this.#reserve(count).set(bytes.subarray(0, count), this.#length);
    this.#length += count;
  }

  /** A number as JavaScript writes it. */
  number(value: number): void {
    this.bytes(output, writeNumber(value));
  }

  /** What was written and did not go out in parts. The writer must not be used after. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /**
   * Makes room for `count` more bytes.
   * @throws HeedError `answer_too_large`
   */
  #reserve(count: number): Uint8Array {
    if (this.#length + count > this.#bytes.length) {
      if (this.#gone + this.#length + count > MAX_SIZE)
        throw new HeedError('answer_too_large', 'cannot answer: it would be longer than 256 MB; ask for maxDataPoints or fewer series');
      if (this.#part && this.#length + count > PART_SIZE && this.#length > 0) {
        this.#gone += this.#length;
        this.#part(this.take());
        this.#bytes = emptyBytes(Math.max(PART_SIZE, count));
        this.#length = 0;
        return this.#bytes;
      }
      const grown = emptyBytes(Math.max(this.#bytes.length * 2, this.#length + count));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    return this.#bytes;
  }
}
