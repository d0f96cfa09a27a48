import { MAX_NAME_BYTES, type Kind, type Method } from '../../../core/series.ts';

const HEADER = 4;

/** Collects declared names for the next message: u16 byte length (0 for a name that cannot be), kind, method, bytes. */
export class NameList {
  #bytes = new Uint8Array(0);
  #length = 0;
  readonly #encoder = new TextEncoder();

  /** Bytes that wait to be taken. */
  get length(): number {
    return this.#length;
  }

  add(name: string, kind: Kind, method: Method): void {
    // A UTF-16 unit is at most three bytes; anything longer cannot fit anyway.
    const room = this.#length + HEADER + Math.min(name.length, MAX_NAME_BYTES + 1) * 3;
    if (room > this.#bytes.length) this.#grow(room);
    const at = this.#length + HEADER;
    const { read, written } = this.#encoder.encodeInto(name, this.#bytes.subarray(at, at + MAX_NAME_BYTES));
    const fits = read === name.length;
    const length = fits ? written : 0;
    this.#bytes[this.#length] = length & 0xff;
    this.#bytes[this.#length + 1] = length >>> 8;
    this.#bytes[this.#length + 2] = kind;
    this.#bytes[this.#length + 3] = method;
    this.#length = at + length;
  }

  /** Gives what was collected and starts anew; undefined when there is nothing. */
  take(): Uint8Array | undefined {
    if (this.#length === 0) return undefined;
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    if (this.#bytes.length > 1 << 20) this.#bytes = new Uint8Array(0);
    return taken;
  }

  #grow(room: number): void {
    const bytes = new Uint8Array(Math.max(4096, room, this.#bytes.length * 2));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
  }
}

/** Walks a list made by NameList; `start` and `length` point into `bytes`, length 0 for a name that cannot be. */
export function eachName(bytes: Uint8Array, take: (start: number, length: number, kind: Kind, method: Method) => void): void {
  for (let at = 0; at + HEADER <= bytes.length;) {
    const length = bytes[at] | (bytes[at + 1] << 8);
    take(at + HEADER, length, bytes[at + 2] as Kind, bytes[at + 3] as Method);
    at += HEADER + length;
  }
}
