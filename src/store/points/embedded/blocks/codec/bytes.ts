import { HeedError } from '../../../../../core/errors.ts';

/** Readable bytes that must follow the end of whatever a ByteSource reads: words are loaded whole. */
export const PAD = 8;

const MAX_VARINT_BYTES = 8;

/** The error of bytes that cannot be what the codec wrote. */
export function damaged(what: string): HeedError {
  return new HeedError('damaged', what, { status: 500 });
}

/** What `damaged` said, of an error caught around a decoder; any other error is thrown on. */
export function damageOf(error: unknown): string {
  if (error instanceof HeedError && error.code === 'damaged') return error.message;
  throw error;
}

/** Bytes being written; grows by doubling. */
export class ByteSink {
  bytes: Uint8Array;
  view: DataView;
  /** Where the next byte goes. */
  at = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity + PAD);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Makes room for `more` bytes and a pad after them. */
  reserve(more: number): void {
    const needed = this.at + more + PAD;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes);
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  u8(value: number): void {
    this.reserve(1);
    this.bytes[this.at++] = value;
  }

  u32(value: number): void {
    this.reserve(4);
    this.view.setUint32(this.at, value, true);
    this.at += 4;
  }

  /** A whole number 0..2^53, seven bits a byte, low ones first. */
  varint(value: number): void {
    this.reserve(MAX_VARINT_BYTES);
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.at++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.at++] = rest;
  }

  /** A whole number -2^52..2^52; small ones of either sign are short. */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }
}

/** Bytes being read, with every bound checked. `bytes` must go on for PAD bytes after any `end`. */
export class ByteSource {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at = 0;
  end = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Sets the range to read. */
  open(start: number, end: number): void {
    if (start < 0 || end < start || end + PAD > this.bytes.length) throw new RangeError(`bug: bytes ${start} to ${end} of ${this.bytes.length}`);
    this.at = start;
    this.end = end;
  }

  /** Passes over `count` bytes and answers where they start. */
  take(count: number): number {
    const start = this.at;
    if (count > this.end - start) throw damaged('it ends early');
    this.at = start + count;
    return start;
  }

  u8(): number {
    return this.bytes[this.take(1)];
  }

  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw damaged('a number is too long');
  }

  signed(): number {
    const coded = this.varint();
    return coded % 2 === 1 ? -(coded + 1) / 2 : coded / 2;
  }
}
