import { positionOf, type Arena } from './arena.ts';
import { grown, takeSection, type Sections } from './columns.ts';
import type { HashKey } from './hash.ts';
import { ROOT, type NameTree } from './name-tree.ts';
import { TextTable } from './text-table.ts';

/** The key of what stands before the first `;`, which Graphite calls the tag `name`. */
export const NAME_KEY = 0;
const EQUALS = 0x3d;
const SEMICOLON = 0x3b;
const TILDE = 0x7e;

/**
 * The inverted index of tagged names. A pair is a segment of the tagged tree: `name;` or `key=value`. Each pair has a chain of postings
 * (series ids, newest first), each key a chain of its pairs. Postings of removed series stay until the index is rebuilt.
 */
export class TagPostings {
  readonly keys: TextTable;
  readonly #tree: NameTree;
  readonly #arena: Arena;
  /** By pair: key + 1 (0: no tag), next pair of the key + 1, newest posting + 1, live series. */
  keyOf = new Uint32Array(64);
  nextPair = new Uint32Array(64);
  newest = new Uint32Array(64);
  live = new Uint32Array(64);
  /** By key: first pair + 1, live series. */
  firstPair = new Uint32Array(64);
  liveOfKey = new Uint32Array(64);
  /** By posting: series id, next older posting + 1. */
  ids = new Uint32Array(64);
  older = new Uint32Array(64);
  #count = 0;

  constructor(arena: Arena, key: HashKey, tree: NameTree) {
    this.#arena = arena;
    this.#tree = tree;
    this.keys = new TextTable(arena, key);
  }

  /** Enters a series by the node where its tagged name ends. */
  add(id: number, node: number): void {
    const { parents, segmentOf } = this.#tree;
    for (let at = node; at !== ROOT; at = parents[at]) {
      const pair = segmentOf[at];
      if (pair >= this.keyOf.length) this.#growPairs(pair + 1);
      if (this.keyOf[pair] !== 0 || this.#enterPair(pair, parents[at] === ROOT)) this.#post(pair, id);
    }
  }

  remove(node: number): void {
    const { parents, segmentOf } = this.#tree;
    for (let at = node; at !== ROOT; at = parents[at]) {
      const pair = segmentOf[at];
      if (this.keyOf[pair] === 0) continue;
      this.live[pair]--;
      this.liveOfKey[this.keyOf[pair] - 1]--;
    }
  }

  #post(pair: number, id: number): void {
    const posting = this.#count++;
    if (posting === this.ids.length) this.#expect(posting + 1);
    this.ids[posting] = id;
    this.older[posting] = this.newest[pair];
    this.newest[pair] = posting + 1;
    this.live[pair]++;
    this.liveOfKey[this.keyOf[pair] - 1]++;
  }

  #expect(postings: number): void {
    this.ids = grown(this.ids, postings);
    this.older = grown(this.older, postings);
  }

  /** Puts a pair that is new to its key; false when it is no tag. */
  #enterPair(pair: number, isName: boolean): boolean {
    const key = isName ? this.#nameKey() : this.#keyOfPair(pair);
    if (key < 0) return false;
    this.keyOf[pair] = key + 1;
    this.nextPair[pair] = this.firstPair[key];
    this.firstPair[key] = pair + 1;
    return true;
  }

  #growPairs(size: number): void {
    this.keyOf = grown(this.keyOf, size);
    this.nextPair = grown(this.nextPair, size);
    this.newest = grown(this.newest, size);
    this.live = grown(this.live, size);
  }

  #nameKey(): number {
    if (this.keys.count > 0) return NAME_KEY;
    const text = Buffer.from('name');
    return this.#addKey(this.#arena.append(text, 0, text.length), text.length);
  }

  /** The key before the first `=`; -1 when there is none, for what is no tag at all. */
  #keyOfPair(pair: number): number {
    const { starts, lengths } = this.#tree.segments;
    const chunk = this.#arena.chunkOf(starts[pair]);
    const from = positionOf(starts[pair]);
    const equals = chunk.subarray(from, from + lengths[pair]).indexOf(EQUALS);
    if (equals < 1) return -1;
    this.#nameKey();
    const known = this.keys.find(chunk, from, from + equals, this.keys.hash(chunk, from, from + equals));
    return known >= 0 ? known : this.#addKey(starts[pair], equals);
  }

  #addKey(offset: number, length: number): number {
    const chunk = this.#arena.chunkOf(offset);
    const from = positionOf(offset);
    const key = this.keys.add(offset, length, this.keys.hash(chunk, from, from + length));
    this.firstPair = grown(this.firstPair, key + 1);
    this.liveOfKey = grown(this.liveOfKey, key + 1);
    return key;
  }

  /** Where a pair's value lies in the arena; a metric's leading tildes are no part of its tag `name`. */
  valueOf(pair: number): { offset: number; length: number } {
    const { starts, lengths } = this.#tree.segments;
    const chunk = this.#arena.chunkOf(starts[pair]);
    const from = positionOf(starts[pair]);
    let end = lengths[pair];
    let at = 0;
    if (this.keyOf[pair] - 1 === NAME_KEY) {
      if (chunk[from + end - 1] === SEMICOLON) end--;
      while (at < end && chunk[from + at] === TILDE) at++;
    } else at = this.keys.lengths[this.keyOf[pair] - 1] + 1;
    return { offset: starts[pair] + at, length: end - at };
  }

  /** The pairs of a key that live series have. */
  *pairsOf(key: number): Generator<number> {
    for (let pair = this.firstPair[key]; pair !== 0; pair = this.nextPair[pair - 1]) if (this.live[pair - 1] > 0) yield pair - 1;
  }

  save(sections: Sections): void {
    sections.set('tags.postings', Uint32Array.of(this.#count));
  }

  /** Makes room for what was saved, which the owner adds again. */
  load(sections: Sections): void {
    this.#expect(takeSection(sections, 'tags.postings', Uint32Array)[0]);
  }
}
