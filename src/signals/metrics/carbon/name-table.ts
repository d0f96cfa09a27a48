import { randomInt } from 'node:crypto';

/** What `find` answers for a name that is not in the table. */
export const UNKNOWN = -0x8000_0000;

/** Names that can be held; far more than live at a time, and few enough that a flood of names stays small. */
const MOST_NAMES = 1 << 20;
const ARENA_BYTES = 96 * 1024 * 1024;
/** Longer than any honest chain at half load: somebody has found names that collide, so the table starts over with a new seed. */
const LONGEST_CHAIN = 192;

// One slot is four words, so that a look-up touches one cache line: hash, offset in the arena, length, target.
const WORDS = 4;

/**
 * Names as they came, by bytes, each with the number that stands for what is done with it. Bounded: when it is full it
 * forgets everything and learns again, which costs time but never correctness.
 */
export class NameTable {
  /** Odd multiplier and start of the hash, both random; `line.ts` hashes while it scans. */
  multiplier = 0;
  seed = 0;
  #slots = new Int32Array(0);
  #mask = 0;
  #count = 0;
  // The kernel hands out its pages as they are written, so an idle table costs next to nothing.
  readonly #arena: Uint8Array;
  #arenaUsed = 0;
  readonly #mostNames: number;

  constructor(mostNames = MOST_NAMES, arenaBytes = ARENA_BYTES) {
    this.#mostNames = mostNames;
    this.#arena = new Uint8Array(arenaBytes);
    this.clear();
  }

  get count(): number {
    return this.#count;
  }

  /** Forgets all names and takes a new seed: hashes taken before are void. */
  clear(): void {
    this.multiplier = randomInt(0x7fff_ffff) | 1;
    this.seed = randomInt(0x7fff_ffff);
    this.#resize(1024);
    this.#count = 0;
    this.#arenaUsed = 0;
  }

  hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = this.seed;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], this.multiplier);
    return hash;
  }

  /** The target of `bytes[start..end)`, whose hash is given, or UNKNOWN. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const arena = this.#arena;
    const length = end - start;
    for (let i = this.#entrance(hash); slots[i + 2] !== 0; i = (i + WORDS) & this.#mask) {
      if (slots[i] !== hash || slots[i + 2] !== length) continue;
      const offset = slots[i + 1];
      let same = 0;
      while (same < length && arena[offset + same] === bytes[start + same]) same++;
      if (same === length) return slots[i + 3];
    }
    return UNKNOWN;
  }

  /** Adds a name that `find` does not know; false when the table was full and must be cleared first. */
  add(bytes: Uint8Array, start: number, end: number, hash: number, target: number): boolean {
    const length = end - start;
    if (this.#count === this.#mostNames || this.#arenaUsed + length > this.#arena.length) return false;
    let chain = 0;
    let i = this.#entrance(hash);
    for (; this.#slots[i + 2] !== 0; i = (i + WORDS) & this.#mask) if (++chain > LONGEST_CHAIN) return false;
    this.#arena.set(bytes.subarray(start, end), this.#arenaUsed);
    this.#slots[i] = hash;
    this.#slots[i + 1] = this.#arenaUsed;
    this.#slots[i + 2] = length;
    this.#slots[i + 3] = target;
    this.#arenaUsed += length;
    if (++this.#count * 2 > this.#slots.length / WORDS) this.#grow();
    return true;
  }

  #entrance(hash: number): number {
    // The low bits of a product see only the low bits of its factors: mix the high ones in.
    const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
    return ((mixed ^ (mixed >>> 13)) << 2) & this.#mask;
  }

  #resize(slots: number): void {
    this.#slots = new Int32Array(slots * WORDS);
    this.#mask = slots * WORDS - 1;
  }

  #grow(): void {
    const old = this.#slots;
    this.#resize((old.length / WORDS) * 2);
    for (let from = 0; from < old.length; from += WORDS) {
      if (old[from + 2] === 0) continue;
      let to = this.#entrance(old[from]);
      while (this.#slots[to + 2] !== 0) to = (to + WORDS) & this.#mask;
      for (let word = 0; word < WORDS; word++) this.#slots[to + word] = old[from + word];
    }
  }
}
