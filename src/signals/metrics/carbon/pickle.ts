import { HeedError } from '../../../core/errors.ts';
import { readNumber } from './number.ts';

/** A string of a pickle: bytes in UTF-8, where they lie. */
export interface PickleText {
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** What a pickle may hold; lists and tuples are arrays, booleans 1 and 0, None null. */
export type PickleValue = number | null | PickleText | PickleValue[];

// Far above what 1 MiB of points needs, far below what would hurt.
const MOST_VALUES = 262_144;
/** Python's integers have no end; beyond this they are no double any more. */
const MOST_LONG_BYTES = 128;

// One for all refusals: making an error with its stack for each would be work for whoever sends nonsense.
const refused = new HeedError('bad_pickle', 'cannot read pickle: it is damaged or holds more than lists, tuples, numbers and strings');

/**
 * Reads one pickle of protocol 0 to 5 (https://peps.python.org/pep-0307/, -3154, -0574) as plain data. Its machine knows no
 * opcode that names, builds or calls anything.
 * @throws HeedError `bad_pickle`
 */
export function decodePickle(bytes: Uint8Array): PickleValue {
  return new Machine(bytes).run();
}

class Machine {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  readonly #stack: PickleValue[] = [];
  /** Heights of the stack at which marks were set. */
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #lists = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): PickleValue {
    for (;;) {
      const code = this.#bytes[this.#skip(1)];
      // STOP
      if (code === 0x2e) return this.#pop();
      this.#step(code);
      if (this.#lists > MOST_VALUES || this.#stack.length > MOST_VALUES || this.#memo.size > MOST_VALUES) throw refused;
    }
  }

  #step(code: number): void {
    switch (code) {
      case 0x80: // PROTO
        if (this.#bytes[this.#skip(1)] > 5) throw refused;
        return;
      case 0x95: // FRAME: everything is here already
        this.#skip(8);
        return;
      case 0x28: // MARK
        this.#marks.push(this.#stack.length);
        return;
      case 0x30: // POP
        if (this.#marks.at(-1) === this.#stack.length) this.#marks.pop();
        else this.#pop();
        return;
      case 0x31: // POP_MARK
        this.#takeMarked();
        return;
      case 0x32: // DUP
        this.#stack.push(this.#top());
        return;
      case 0x61: {
        // APPEND
        const value = this.#pop();
        this.#list().push(value);
        return;
      }
      case 0x65: {
        // APPENDS
        const values = this.#takeMarked();
        const list = this.#list();
        for (const value of values) list.push(value);
        return;
      }
      case 0x67: // GET
        this.#stack.push(this.#recall(this.#decimal()));
        return;
      case 0x68: // BINGET
        this.#stack.push(this.#recall(this.#bytes[this.#skip(1)]));
        return;
      case 0x6a: // LONG_BINGET
        this.#stack.push(this.#recall(this.#view.getUint32(this.#skip(4), true)));
        return;
      case 0x70: // PUT
        this.#memo.set(this.#decimal(), this.#top());
        return;
      case 0x71: // BINPUT
        this.#memo.set(this.#bytes[this.#skip(1)], this.#top());
        return;
      case 0x72: // LONG_BINPUT
        this.#memo.set(this.#view.getUint32(this.#skip(4), true), this.#top());
        return;
      case 0x94: // MEMOIZE
        this.#memo.set(this.#memo.size, this.#top());
        return;
      default:
        this.#stack.push(this.#value(code));
    }
  }

  /** The value that an opcode puts on the stack. */
  #value(code: number): PickleValue {
    switch (code) {
      case 0x4e: // NONE
        return null;
      case 0x88: // NEWTRUE
        return 1;
      case 0x89: // NEWFALSE
        return 0;
      case 0x47: // BINFLOAT
        return this.#view.getFloat64(this.#skip(8), false);
      case 0x4a: // BININT
        return this.#view.getInt32(this.#skip(4), true);
      case 0x4b: // BININT1
        return this.#bytes[this.#skip(1)];
      case 0x4d: // BININT2
        return this.#view.getUint16(this.#skip(2), true);
      case 0x46: // FLOAT
      case 0x49: // INT, and booleans as 00 and 01
      case 0x4c: // LONG
        return this.#decimal();
      case 0x8a: // LONG1
        return this.#long(this.#bytes[this.#skip(1)]);
      case 0x8b: // LONG4
        return this.#long(this.#view.getUint32(this.#skip(4), true));
      case 0x53: // STRING
        return unquote(this.#line());
      case 0x56: // UNICODE
        return unescapeUnicode(this.#line());
      case 0x55: // SHORT_BINSTRING
      case 0x43: // SHORT_BINBYTES
      case 0x8c: // SHORT_BINUNICODE
        return this.#text(this.#bytes[this.#skip(1)]);
      case 0x54: // BINSTRING
      case 0x42: // BINBYTES
      case 0x58: // BINUNICODE
        return this.#text(this.#view.getUint32(this.#skip(4), true));
      case 0x8d: // BINUNICODE8
      case 0x8e: // BINBYTES8
        return this.#text(Number(this.#view.getBigUint64(this.#skip(8), true)));
      default:
        this.#lists++;
        return this.#newList(code);
    }
  }

  #newList(code: number): PickleValue[] {
    switch (code) {
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        return [];
      case 0x6c: // LIST
      case 0x74: // TUPLE
        return this.#takeMarked();
      case 0x85: // TUPLE1
        return this.#takeTop(1);
      case 0x86: // TUPLE2
        return this.#takeTop(2);
      case 0x87: // TUPLE3
        return this.#takeTop(3);
      default:
        throw refused;
    }
  }

  /** Steps over `count` bytes and returns where they start. */
  #skip(count: number): number {
    const start = this.#at;
    if (count > this.#bytes.length - start) throw refused;
    this.#at = start + count;
    return start;
  }

  #text(length: number): PickleText {
    const start = this.#skip(length);
    return { bytes: this.#bytes, start, end: start + length };
  }

  /** The rest of the line, as text of one byte a character. */
  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw refused;
    const text = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + this.#at, end - this.#at).toString('latin1');
    this.#at = end + 1;
    return text;
  }

  #decimal(): number {
    const value = readNumber(this.#line().replace(/L$/, ''));
    if (value === undefined) throw refused;
    return value;
  }

  /** A two's complement integer of any length, little-endian. */
  #long(length: number): number {
    if (length > MOST_LONG_BYTES) throw refused;
    const start = this.#skip(length);
    if (length === 0) return 0;
    if (length <= 6) return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + start, length).readIntLE(0, length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.#bytes[start + i]);
    return Number(BigInt.asIntN(length * 8, value));
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined || this.#marks.at(-1) === this.#stack.length) throw refused;
    return value;
  }

  #pop(): PickleValue {
    const value = this.#top();
    this.#stack.pop();
    return value;
  }

  #list(): PickleValue[] {
    const value = this.#top();
    if (!Array.isArray(value)) throw refused;
    return value;
  }

  #takeTop(count: number): PickleValue[] {
    if (this.#stack.length - (this.#marks.at(-1) ?? 0) < count) throw refused;
    return this.#stack.splice(-count);
  }

  #takeMarked(): PickleValue[] {
    const height = this.#marks.pop();
    if (height === undefined || height > this.#stack.length) throw refused;
    return this.#stack.splice(height);
  }

  #recall(index: number): PickleValue {
    const value = this.#memo.get(index);
    if (value === undefined) throw refused;
    return value;
  }
}

function textOf(bytes: Buffer): PickleText {
  return { bytes, start: 0, end: bytes.length };
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', a: '\u0007', '0': '\0' };

/** The bytes of a Python 2 string literal. */
function unquote(literal: string): PickleText {
  const found = /^(['"])(.*)\1$/s.exec(literal.trim());
  if (!found) throw refused;
  const text = found[2].replace(/\\(?:x([0-9a-fA-F]{2})|([^]))/g, (_, hex?: string, plain?: string) =>
    hex === undefined ? (ESCAPES[plain as string] ?? (plain as string)) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return textOf(Buffer.from(text, 'latin1'));
}

/** Python's raw-unicode-escape. */
function unescapeUnicode(text: string): PickleText {
  const plain = text.replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g, (_, short?: string, long?: string) => {
    const code = Number.parseInt(short ?? (long as string), 16);
    if (code > 0x10_ffff) throw refused;
    return String.fromCodePoint(code);
  });
  return textOf(Buffer.from(plain));
}
