import { HeedError } from '../../../../core/errors.ts';
import { MAX_NAME_BYTES, type Kind, type Method } from '../../../../core/series.ts';
import type { SeriesRef, TreeNode } from '../../points-store.ts';
import { Arena, positionOf } from './arena.ts';
import { SeriesAttributes } from './attributes.ts';
import { grown, putSection, takeSection, type Sections } from './columns.ts';
import { findNodes, walkGlob } from './find.ts';
import { randomHashKey, type HashKey } from './hash.ts';
import { NameTree, ROOT } from './name-tree.ts';
import { searchNames } from './search.ts';
import { TagPostings } from './tag-postings.ts';
import { selectByTags, tagKeys, tagValues } from './tag-select.ts';
import { TextTable } from './text-table.ts';

export interface IndexOptions {
  /** Live series that are accepted; nodes and bytes are bounded in proportion. */
  maxSeries: number;
  /** Number (0..255) of the policy that a new name falls under; asked once per name. */
  classify(name: string): number;
}

/** Hears of every change that must outlive the process. */
export interface IndexJournal {
  /** A new series, or a known one whose kind or method became known. */
  added(id: number, kind: Kind, method: Method, bytes: Uint8Array, start: number, end: number): void;
  removed(id: number): void;
  /** Ids below this are not given any more. */
  reserved(ids: number): void;
}

const DOT = 0x2e;
const SEMICOLON = 0x3b;
/** Set in `nodes` for a series of the tagged tree. */
const TAGGED = 0x8000_0000;
const NODES_PER_SERIES = 4;
const BYTES_PER_SERIES = 256;
const SPARE_NODES = 100_000;
const SPARE_BYTES = 16 * 1024 * 1024;

/**
 * All series of the store by number and by name: what is called how, which names match. Synchronous, for one thread, and made of typed
 * arrays only: about 110 bytes a series besides its name.
 */
export class SeriesIndex {
  readonly #options: IndexOptions;
  #key: HashKey = randomHashKey();
  arena = new Arena();
  /** Names by id. */
  texts: TextTable;
  /** Plain names, at dots. */
  tree: NameTree;
  /** Tagged names: `name;` and then a node per tag. */
  tagged: NameTree;
  tags: TagPostings;
  readonly #known = new SeriesAttributes();
  /** Where the name ends in its tree; 0 is a removed series. */
  #nodes = new Uint32Array(1024);
  #size = 0;
  #deadBytes = 0;
  #journal: IndexJournal | undefined;
  readonly #scratch = Buffer.alloc(MAX_NAME_BYTES * 3);

  constructor(options: IndexOptions) {
    this.#options = options;
    this.texts = new TextTable(this.arena, this.#key);
    this.tree = new NameTree(this.arena, this.#key);
    this.tagged = new NameTree(this.arena, this.#key);
    this.tags = new TagPostings(this.arena, this.#key, this.tagged);
  }

  /** Live series. */
  get size(): number {
    return this.#size;
  }

  /** The highest id ever given, plus one. */
  get ids(): number {
    return this.texts.count;
  }

  /** From now on every change is told to `journal`. */
  watch(journal: IndexJournal): void {
    this.#journal = journal;
  }

  /**
   * The id of a name, a new one when it is not known. A known series learns its kind and method when it had none.
   * @returns -1 when there is no room for another series, or the name is longer than 1,024 bytes
   */
  intern(name: string, kind: Kind, method: Method): number {
    const length = this.#encode(name);
    return length < 0 ? -1 : this.internBytes(this.#scratch, 0, length, kind, method);
  }

  /** As `intern`, of a name in UTF-8. */
  internBytes(bytes: Uint8Array, start: number, end: number, kind: Kind, method: Method): number {
    const { texts } = this;
    const hash = texts.hash(bytes, start, end);
    const known = texts.find(bytes, start, end, hash);
    if (known >= 0) {
      if (this.#known.learn(known, kind, method)) this.#journal?.added(known, this.kind(known), this.method(known), bytes, start, end);
      return known;
    }
    if (!this.#hasRoom(end - start)) return -1;
    const id = this.ids;
    this.#add(id, bytes, start, end, kind, method);
    this.#journal?.added(id, kind, method, bytes, start, end);
    return id;
  }

  /** Puts back a series by its old id, as a journal told it. A bound that was lowered since does not lose it. */
  restore(id: number, kind: Kind, method: Method, bytes: Uint8Array, start: number, end: number): void {
    if (this.alive(id)) {
      this.#known.learn(id, kind, method);
      return;
    }
    const other = this.texts.find(bytes, start, end, this.texts.hash(bytes, start, end));
    // The record that removed it was lost.
    if (other >= 0) this.remove(other);
    this.#add(id, bytes, start, end, kind, method);
  }

  /** Leaves ids below `ids` to points on disk whose names were lost, so that no other name gets them. */
  reserve(ids: number): void {
    if (ids <= this.ids) return;
    this.texts.skipTo(ids);
    this.#grow();
    this.#journal?.reserved(ids);
  }

  #hasRoom(length: number): boolean {
    const { maxSeries } = this.#options;
    if (this.#size >= maxSeries || length > MAX_NAME_BYTES) return false;
    const fits = (): boolean =>
      this.tree.size + this.tagged.size + length < maxSeries * NODES_PER_SERIES + SPARE_NODES && this.arena.used < maxSeries * BYTES_PER_SERIES + SPARE_BYTES;
    return fits() || (this.rebuild() && fits());
  }

  #add(id: number, bytes: Uint8Array, start: number, end: number, kind: Kind, method: Method): void {
    this.#enter(id, bytes, start, end);
    this.#size++;
    this.#known.kinds[id] = kind;
    this.#known.methods[id] = method;
    this.#known.policies[id] = this.#options.classify(this.texts.text(id));
  }

  #enter(id: number, bytes: Uint8Array, start: number, end: number): void {
    const offset = this.arena.append(bytes, start, end);
    this.texts.add(offset, end - start, this.texts.hash(bytes, start, end), id);
    this.#grow();
    this.#nodes[id] = this.#plant(id);
  }

  #grow(): void {
    this.#known.grow(this.ids);
    this.#nodes = grown(this.#nodes, this.ids);
  }

  /** Enters a name into its tree; gives its node. */
  #plant(id: number): number {
    const offset = this.texts.starts[id];
    const chunk = this.arena.chunkOf(offset);
    const start = positionOf(offset);
    const end = start + this.texts.lengths[id];
    let cut = start;
    while (cut < end && chunk[cut] !== SEMICOLON) cut++;
    const isTagged = cut < end;
    const tree = isTagged ? this.tagged : this.tree;
    let node = ROOT;
    let from = start;
    if (isTagged) {
      // The metric keeps its semicolon, so that it never is the same segment as a tag.
      node = tree.descend(node, chunk, start, cut + 1, offset);
      from = cut + 1;
    }
    const separator = isTagged ? SEMICOLON : DOT;
    for (let at = from; at <= end; at++) {
      if (at < end && chunk[at] !== separator) continue;
      node = tree.descend(node, chunk, from, at, offset + (from - start));
      from = at + 1;
    }
    tree.putSeries(node, id);
    if (isTagged) this.tags.add(id, node);
    return isTagged ? (node | TAGGED) >>> 0 : node;
  }

  #encode(name: string): number {
    if (name.length > MAX_NAME_BYTES) return -1;
    const scratch = this.#scratch;
    for (let i = 0; i < name.length; i++) {
      const code = name.charCodeAt(i);
      if (code >= 128) return scratch.write(name, 'utf8');
      scratch[i] = code;
    }
    return name.length;
  }

  /** The id of a name, or -1. */
  lookup(name: string): number {
    const length = this.#encode(name);
    return length < 0 ? -1 : this.texts.find(this.#scratch, 0, length, this.texts.hash(this.#scratch, 0, length));
  }

  alive(id: number): boolean {
    return id >= 0 && id < this.ids && this.#nodes[id] !== 0;
  }

  /** Whether a live series has tags. */
  isTagged(id: number): boolean {
    return this.#nodes[id] >= TAGGED;
  }

  /** Where a live series' name ends in its tree. */
  nodeOf(id: number): number {
    return this.#nodes[id] & ~TAGGED;
  }

  /** Empty for a removed series. */
  name(id: number): string {
    return this.alive(id) ? this.texts.text(id) : '';
  }

  kind(id: number): Kind {
    return this.#known.kinds[id] as Kind;
  }

  method(id: number): Method {
    return this.#known.methods[id] as Method;
  }

  policy(id: number): number {
    return this.#known.policies[id];
  }

  /** Rhythm of an adaptive series in slots; 0 while unknown. */
  stride(id: number): number {
    return this.#known.strides[id];
  }

  setStride(id: number, slots: number): void {
    this.#known.strides[id] = Math.min(slots, 0xffff);
  }

  ref(id: number): SeriesRef {
    return { id, name: this.name(id), kind: this.kind(id), method: this.method(id) };
  }

  /** Forgets a series. Its id is never given again; the same name gets a new one. */
  remove(id: number): void {
    if (!this.alive(id)) return;
    const node = this.nodeOf(id);
    if (this.isTagged(id)) {
      this.tagged.dropSeries(node);
      this.tags.remove(node);
    } else this.tree.dropSeries(node);
    this.texts.forget(id);
    this.#nodes[id] = 0;
    this.#known.strides[id] = 0;
    this.#size--;
    this.#deadBytes += this.texts.lengths[id];
    this.#journal?.removed(id);
  }

  /** Nodes of the tree of plain names that match a glob, sorted by path, at most `limit`. */
  find(glob: string, options: { limit: number; counts: boolean }): TreeNode[] {
    return findNodes(this.tree, glob, options);
  }

  /**
   * Ids of series that match, sorted by name in the order of their bytes. A glob that is exactly a series' name selects it, tagged or not.
   * @throws HeedError `too_many_series` above `limit`, `bad_glob`, `too_many_braces`, `bad_tags`, `bad_regex`
   */
  select(selector: { glob: string } | { tags: string[] }, limit: number): number[] {
    const ids: number[] = [];
    const take = (id: number): void => {
      if (ids.push(id) > limit) throw new HeedError('too_many_series', `cannot select series: more than ${limit} match`, { status: 422 });
    };
    if ('tags' in selector) selectByTags(this, selector.tags, take);
    else if (selector.glob.includes(';')) {
      const id = this.lookup(selector.glob);
      if (id >= 0) take(id);
    } else {
      const { series } = this.tree;
      walkGlob(this.tree, selector.glob, (node) => {
        if (series[node] !== 0) take(series[node] - 1);
        return true;
      });
    }
    ids.sort((a, b) => this.texts.compare(a, b));
    // A malformed name may carry a tag twice and be met twice.
    return ids.filter((id, i) => id !== ids[i - 1]);
  }

  /**
   * Ids of names that contain all the words, whatever their case: the name itself, then names that begin with the first word, then words that
   * begin a segment, then the rest; shorter before longer, then by name.
   */
  search(words: string, limit: number): number[] {
    return searchNames(this, words, limit);
  }

  /** Ids of live series above `afterId`, in order of creation; begin with -1. */
  names(afterId: number, limit: number): number[] {
    const ids: number[] = [];
    for (let id = Math.max(0, afterId + 1); id < this.ids && ids.length < limit; id++) if (this.#nodes[id] !== 0) ids.push(id);
    return ids;
  }

  tagKeys(expressions: string[], prefix: string, limit: number): string[] {
    return tagKeys(this, expressions, prefix, limit);
  }

  tagValues(expressions: string[], key: string, prefix: string, limit: number): string[] {
    return tagValues(this, expressions, key, prefix, limit);
  }

  /** Asks again under which policy every series falls, after the policies changed. */
  reclassify(): void {
    for (let id = 0; id < this.ids; id++) if (this.#nodes[id] !== 0) this.#known.policies[id] = this.#options.classify(this.texts.text(id));
  }

  /** Gives back what removed series still take, when that is more than half. About a microsecond per live series. */
  rebuild(): boolean {
    if (this.#deadBytes * 2 <= this.arena.used) return false;
    this.#rebuildFrom(this.arena, this.texts.starts, this.texts.lengths, this.ids);
    return true;
  }

  #rebuildFrom(arena: Arena, starts: Uint32Array, lengths: Uint16Array, ids: number): void {
    this.arena = new Arena();
    this.texts = new TextTable(this.arena, this.#key);
    this.tree = new NameTree(this.arena, this.#key);
    this.tagged = new NameTree(this.arena, this.#key);
    this.tags = new TagPostings(this.arena, this.#key, this.tagged);
    this.#deadBytes = 0;
    this.texts.skipTo(ids);
    for (let id = 0; id < ids; id++) {
      if (this.#nodes[id] === 0) continue;
      const start = positionOf(starts[id]);
      this.#enter(id, arena.chunkOf(starts[id]), start, start + lengths[id]);
    }
  }

  /** What a snapshot holds, without copying; good until the next change. */
  save(): Sections {
    const sections: Sections = new Map();
    this.arena.save(sections);
    this.texts.save(sections, 'texts');
    this.#known.save(sections, this.ids);
    putSection(sections, 'nodes', this.#nodes.subarray(0, this.ids));
    putSection(sections, 'totals', Uint32Array.of(this.#size, this.#deadBytes, this.#key.k0, this.#key.k1));
    this.tree.save(sections, 'tree');
    this.tagged.save(sections, 'tagged');
    this.tags.save(sections);
    return sections;
  }

  /**
   * Takes a snapshot's sections over into an empty index. When only sections of names are given (`isNameSection`), trees and tables
   * are built again from those.
   */
  load(sections: Sections, whole: boolean): void {
    const [size, deadBytes, k0, k1] = takeSection(sections, 'totals', Uint32Array);
    this.#size = size;
    this.#known.load(sections);
    this.#nodes = takeSection(sections, 'nodes', Uint32Array);
    const arena = new Arena();
    arena.load(sections);
    if (!whole) {
      const starts = takeSection(sections, 'texts.starts', Uint32Array);
      return this.#rebuildFrom(arena, starts, takeSection(sections, 'texts.lengths', Uint16Array), starts.length);
    }
    this.#key = { k0: k0 | 0, k1: k1 | 0 };
    this.#deadBytes = deadBytes;
    this.arena = arena;
    this.texts = new TextTable(arena, this.#key);
    this.texts.load(sections, 'texts');
    this.tree = new NameTree(arena, this.#key);
    this.tree.load(sections, 'tree');
    this.tagged = new NameTree(arena, this.#key);
    this.tagged.load(sections, 'tagged');
    this.tags = new TagPostings(arena, this.#key, this.tagged);
    this.tags.load(sections);
  }
}

/** Whether a section is needed to know names and attributes; the others can be built from these. */
export function isNameSection(name: string): boolean {
  return /^(?:arena\.\d+|texts\.(?:starts|lengths)|kinds|methods|policies|strides|nodes|totals)$/.test(name);
}
