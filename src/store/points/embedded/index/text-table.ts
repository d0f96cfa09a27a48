import { positionOf, type Arena } from './arena.ts';
import { grown, takeSection, type Column, type Sections } from './columns.ts';
import { hashBytes, type HashKey } from './hash.ts';
import { Slots } from './slots.ts';

/** Numbers for byte strings that lie in an arena: names, and the segments they share. */
export class TextTable {
  readonly arena: Arena;
  readonly #key: HashKey;
  /** By number: where it lies in the arena, and how long it is. */
  starts = new Uint32Array(1024);
  lengths = new Uint16Array(1024);
  #count = 0;
  #slots = new Slots();

  constructor(arena: Arena, key: HashKey) {
    this.arena = arena;
    this.#key = key;
  }

  /** Numbers given so far; the highest is one less. */
  get count(): number {
    return this.#count;
  }

  hash(bytes: Uint8Array, start: number, end: number): number {
    return hashBytes(this.#key, bytes, start, end);
  }

  /** The number of these bytes, or -1. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    for (let at = slots.first(hash), id = slots.value(at); id >= 0; at = slots.next(at), id = slots.value(at)) {
      if (slots.hash(at) === hash && this.lengths[id] === end - start && this.arena.equals(this.starts[id], bytes, start, end - start)) return id;
    }
    return -1;
  }

  findText(text: string): number {
    const bytes = Buffer.from(text);
    return bytes.length > 0xffff ? -1 : this.find(bytes, 0, bytes.length, this.hash(bytes, 0, bytes.length));
  }

  /** Gives a number, the next one unless told, to bytes that are in the arena already and not yet known. */
  add(offset: number, length: number, hash: number, id = this.#count): number {
    this.skipTo(id + 1);
    this.starts[id] = offset;
    this.lengths[id] = length;
    this.#slots.add(hash, id);
    return id;
  }

  /** Leaves numbers below `count` unused. */
  skipTo(count: number): void {
    if (count <= this.#count) return;
    this.starts = grown(this.starts, count);
    this.lengths = grown(this.lengths, count);
    this.#count = count;
  }

  /** The bytes are not found any more; the number is not given again. */
  forget(id: number): void {
    const chunk = this.arena.chunkOf(this.starts[id]);
    const at = positionOf(this.starts[id]);
    this.#slots.remove(this.hash(chunk, at, at + this.lengths[id]), id);
  }

  text(id: number): string {
    return this.arena.text(this.starts[id], this.lengths[id]);
  }

  compare(a: number, b: number): number {
    return this.arena.compare(this.starts[a], this.lengths[a], this.starts[b], this.lengths[b]);
  }

  save(sections: Sections, name: string): void {
    sections.set(`${name}.starts`, this.starts.subarray(0, this.#count));
    sections.set(`${name}.lengths`, this.lengths.subarray(0, this.#count));
  }

  /** `inUse`: not 0 for numbers that were not forgotten; all when not told. */
  load(sections: Sections, name: string, inUse?: Column): void {
    this.starts = takeSection(sections, `${name}.starts`, Uint32Array);
    this.lengths = takeSection(sections, `${name}.lengths`, Uint16Array);
    this.#count = this.starts.length;
    this.#slots = new Slots(this.#count);
    for (let id = 0; id < this.#count; id++) {
      if (inUse && inUse[id] === 0) continue;
      const at = positionOf(this.starts[id]);
      this.#slots.add(this.hash(this.arena.chunkOf(this.starts[id]), at, at + this.lengths[id]), id);
    }
  }
}
