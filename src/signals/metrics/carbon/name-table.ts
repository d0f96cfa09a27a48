import { randomInt } from 'node:crypto';

/** What answers for a name that is not in the table. */
export const UNKNOWN = -1;

const FIRST_ARENA_BYTES = 65_536;
/** Room for names of this length on average; longer ones fill the table earlier. */
const NAME_BYTES = 128;
/** Longer than any honest chain at half load: somebody has found names that collide, so the table starts over with a new seed. */
const LONGEST_CHAIN = 192;

const FIRST_RECORDS = 1024;
// A slot of the hash table is two words: hash, and number of the record plus one; 0 is empty.
const SLOT_WORDS = 2;
// A record is four words, a quarter of a cache line: offset in the arena, length, target, and the record that came after it last.
const RECORD_WORDS = 4;
const LENGTH = 1;
const TARGET = 2;
const NEXT = 3;

const SPACE = 32;
const TAB = 9;

/**
 * Names as they came, by bytes, each with the number that stands for what is done with it. Senders repeat their names in the
 * same order, so the name that followed last time is tried first, which needs no hash and no jump in memory. Bounded: a full
 * table forgets everything and learns again, which costs time but never correctness.
 */
export class NameTable {
  /** Odd, and random as the seed is, so that nobody can make names that collide. */
  #multiplier = 0;
  #seed = 0;
  #slots = new Int32Array(0);
  #mask = 0;
  #records = new Int32Array(0);
  #count = 0;
  #arena = new Uint8Array(0);
  #arenaUsed = 0;
  readonly #mostNames: number;
  readonly #mostBytes: number;

  /** @param mostNames that can be held; more than live at a time, else they are learned over and over */
  constructor(mostNames: number, mostBytes = mostNames * NAME_BYTES) {
    this.#mostNames = mostNames;
    // Offsets are 32-bit numbers.
    this.#mostBytes = Math.min(mostBytes, 0x7fff_ffff);
    this.clear();
  }

  get count(): number {
    return this.#count;
  }

  /** Forgets all names and takes a new seed: hashes taken before are void. */
  clear(): void {
    this.#multiplier = randomInt(0x7fff_ffff) | 1;
    this.#seed = randomInt(0x7fff_ffff);
    this.#records = new Int32Array(FIRST_RECORDS * RECORD_WORDS);
    this.#resizeSlots(FIRST_RECORDS * 2);
    this.#arena = new Uint8Array(Math.min(FIRST_ARENA_BYTES, this.#mostBytes));
    this.#count = 0;
    this.#arenaUsed = 0;
  }

  /** What is done with points of a record's name. */
  target(record: number): number {
    return this.#records[record * RECORD_WORDS + TARGET];
  }

  /** Bytes of a record's name. */
  length(record: number): number {
    return this.#records[record * RECORD_WORDS + LENGTH];
  }

  /**
   * The record that came after `previous` last time, when its name stands at `start` with a blank behind it; else UNKNOWN. The
   * bytes must end in a newline, which no name holds.
   */
  follow(previous: number, bytes: Uint8Array, start: number): number {
    if (previous >= this.#count || previous < 0) return UNKNOWN;
    const records = this.#records;
    const record = records[previous * RECORD_WORDS + NEXT];
    const arena = this.#arena;
    const at = records[record * RECORD_WORDS];
    const length = records[record * RECORD_WORDS + LENGTH];
    for (let i = 0; i < length; i++) if (arena[at + i] !== bytes[start + i]) return UNKNOWN;
    const after = bytes[start + length];
    return after === SPACE || after === TAB ? record : UNKNOWN;
  }

  /** Remembers that `record` came after `previous`. */
  link(previous: number, record: number): void {
    if (record >= 0 && previous >= 0 && previous < this.#count) this.#records[previous * RECORD_WORDS + NEXT] = record;
  }

  hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = this.#seed;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], this.#multiplier);
    // The low bits of a product see only the low bits of its factors: mix the high ones in.
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
    return hash ^ (hash >>> 13);
  }

  /** The record of `bytes[start..end)`, whose hash is given, or UNKNOWN. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    for (let i = (hash << 1) & this.#mask; slots[i + 1] !== 0; i = (i + SLOT_WORDS) & this.#mask) {
      if (slots[i] === hash && this.#holds(slots[i + 1] - 1, bytes, start, end)) return slots[i + 1] - 1;
    }
    return UNKNOWN;
  }

  /** Adds a name that `find` does not know and returns its record; UNKNOWN when the table is full and must be cleared first. */
  add(bytes: Uint8Array, start: number, end: number, hash: number, target: number): number {
    const length = end - start;
    if (this.#count === this.#mostNames || this.#arenaUsed + length > this.#mostBytes) return UNKNOWN;
    if (this.#count * RECORD_WORDS === this.#records.length) this.#growRecords();
    if (this.#arenaUsed + length > this.#arena.length) this.#growArena(length);
    const slots = this.#slots;
    let chain = 0;
    let i = (hash << 1) & this.#mask;
    for (; slots[i + 1] !== 0; i = (i + SLOT_WORDS) & this.#mask) if (++chain > LONGEST_CHAIN) return UNKNOWN;
    const record = this.#count++;
    slots[i] = hash;
    slots[i + 1] = record + 1;
    this.#arena.set(bytes.subarray(start, end), this.#arenaUsed);
    const at = record * RECORD_WORDS;
    this.#records[at] = this.#arenaUsed;
    this.#records[at + LENGTH] = length;
    this.#records[at + TARGET] = target;
    this.#records[at + NEXT] = record;
    this.#arenaUsed += length;
    return record;
  }

  #holds(record: number, bytes: Uint8Array, start: number, end: number): boolean {
    const at = this.#records[record * RECORD_WORDS];
    if (this.#records[record * RECORD_WORDS + LENGTH] !== end - start) return false;
    for (let i = start; i < end; i++) if (this.#arena[at + i - start] !== bytes[i]) return false;
    return true;
  }

  /** Slots are twice the records, so that chains stay short. */
  #resizeSlots(slots: number): void {
    this.#slots = new Int32Array(slots * SLOT_WORDS);
    this.#mask = slots * SLOT_WORDS - 1;
  }

  #growArena(length: number): void {
    const arena = new Uint8Array(Math.min(this.#mostBytes, Math.max(this.#arena.length * 2, this.#arenaUsed + length)));
    arena.set(this.#arena);
    this.#arena = arena;
  }

  #growRecords(): void {
    const records = new Int32Array(this.#records.length * 2);
    records.set(this.#records);
    this.#records = records;
    const old = this.#slots;
    this.#resizeSlots((old.length / SLOT_WORDS) * 2);
    for (let from = 0; from < old.length; from += SLOT_WORDS) {
      if (old[from + 1] === 0) continue;
      let to = (old[from] << 1) & this.#mask;
      while (this.#slots[to + 1] !== 0) to = (to + SLOT_WORDS) & this.#mask;
      this.#slots[to] = old[from];
      this.#slots[to + 1] = old[from + 1];
    }
  }
}
