import type { Sections } from './columns.ts';

const CHUNK_BITS = 20;
const CHUNK = 1 << CHUNK_BITS;
const MASK = CHUNK - 1;

/**
 * Bytes that only grow, in chunks of 1 MiB; what is added never straddles two. An offset is good for the arena's life: offsets are
 * 32 bits, thus at most 4 GiB.
 */
export class Arena {
  readonly #chunks: Buffer[] = [];
  #used = 0;

  /** Bytes in use, gaps at chunks' ends included. */
  get used(): number {
    return this.#used;
  }

  /** Copies bytes in and gives their offset. At most 1 MiB at once. */
  append(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if ((this.#used & MASK) + length > CHUNK || this.#used === this.#chunks.length * CHUNK) {
      this.#used = this.#chunks.length * CHUNK;
      this.#chunks.push(Buffer.alloc(CHUNK));
    }
    const offset = this.#used;
    const chunk = this.#chunks[offset >>> CHUNK_BITS];
    const at = offset & MASK;
    for (let i = 0; i < length; i++) chunk[at + i] = bytes[start + i];
    this.#used += length;
    return offset;
  }

  /** The chunk that holds `offset`; the place in it is `positionOf(offset)`. For loops that look at bytes themselves. */
  chunkOf(offset: number): Buffer {
    return this.#chunks[offset >>> CHUNK_BITS];
  }

  equals(offset: number, bytes: Uint8Array, start: number, length: number): boolean {
    const chunk = this.#chunks[offset >>> CHUNK_BITS];
    const at = offset & MASK;
    for (let i = 0; i < length; i++) if (chunk[at + i] !== bytes[start + i]) return false;
    return true;
  }

  /** Bytes that are no UTF-8 read as U+FFFD. */
  text(offset: number, length: number): string {
    const at = offset & MASK;
    return length === 0 ? '' : this.#chunks[offset >>> CHUNK_BITS].toString('utf8', at, at + length);
  }

  /** Below 0, 0 or above, by byte, which for UTF-8 is by code point. */
  compare(a: number, aLength: number, b: number, bLength: number): number {
    const left = this.#chunks[a >>> CHUNK_BITS];
    const right = this.#chunks[b >>> CHUNK_BITS];
    const length = Math.min(aLength, bLength);
    for (let i = 0, l = a & MASK, r = b & MASK; i < length; i++, l++, r++) if (left[l] !== right[r]) return left[l] - right[r];
    return aLength - bLength;
  }

  save(sections: Sections): void {
    for (const [i, chunk] of this.#chunks.entries()) {
      sections.set(`arena.${i}`, i === this.#chunks.length - 1 ? chunk.subarray(0, this.#used - i * CHUNK) : chunk);
    }
  }

  load(sections: Sections): void {
    for (let i = 0; ; i++) {
      const section = sections.get(`arena.${i}`);
      if (!section) return;
      this.#used = i * CHUNK + section.length;
      const whole = section.length === CHUNK;
      const chunk = whole ? Buffer.from(section.buffer, section.byteOffset, CHUNK) : Buffer.alloc(CHUNK);
      if (!whole) chunk.set(section);
      this.#chunks.push(chunk);
    }
  }
}

/** Where an offset lies in its chunk. */
export function positionOf(offset: number): number {
  return offset & MASK;
}
