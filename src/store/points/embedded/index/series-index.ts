import { HeedError } from '../../../../core/errors.ts';
import { MAX_NAME_BYTES, type Kind, type Method } from '../../../../core/series.ts';
import type { SeriesRef, TreeNode } from '../../points-store.ts';
import type { Sections } from './columns.ts';
import { findNodes } from './find.ts';
import { GlobWalk } from './glob-walk.ts';
import { searchNames } from './search.ts';
import { SeriesNames } from './series-names.ts';
import { tagKeys, tagValues } from './tag-complete.ts';
import { selectByTags } from './tag-select.ts';

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

/** Bounds against names made to be expensive: unlike any other at many levels, or very long. */
const NODES_PER_SERIES = 4;
const SPARE_NODES = 100_000;
const BYTES_PER_SERIES = 256;
const SPARE_BYTES = 16 * 1024 * 1024;

/**
 * All series of the store by number and by name: what is called how, which names match. Synchronous, for one thread, and made of typed
 * arrays only: about 110 bytes a series, its name included.
 */
export class SeriesIndex {
  readonly #options: IndexOptions;
  readonly #names = new SeriesNames();
  #journal: IndexJournal | undefined;
  readonly #scratch = Buffer.alloc(MAX_NAME_BYTES * 3);

  constructor(options: IndexOptions) {
    this.#options = options;
  }

  /** Live series. */
  get size(): number {
    return this.#names.size;
  }

  /** The highest id ever given, plus one. */
  get ids(): number {
    return this.#names.ids;
  }

  /** Bytes of names, those of removed series included until `rebuild`. */
  get nameBytes(): number {
    return this.#names.arena.used;
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
    const { texts, known } = this.#names;
    const hash = texts.hash(bytes, start, end);
    const id = texts.find(bytes, start, end, hash);
    if (id < 0) return this.#internNew(bytes, start, end, hash, kind, method);
    if (known.learn(id, kind, method)) this.#journal?.added(id, this.kind(id), this.method(id), bytes, start, end);
    return id;
  }

  #internNew(bytes: Uint8Array, start: number, end: number, hash: number, kind: Kind, method: Method): number {
    if (!this.#hasRoom(end - start)) return -1;
    const id = this.ids;
    this.#add(id, bytes, start, end, hash, kind, method);
    this.#journal?.added(id, kind, method, bytes, start, end);
    return id;
  }

  #hasRoom(length: number): boolean {
    const { maxSeries } = this.#options;
    if (this.size >= maxSeries || length > MAX_NAME_BYTES) return false;
    const fits = (): boolean =>
      this.#names.tree.size + this.#names.tagged.size + length < maxSeries * NODES_PER_SERIES + SPARE_NODES &&
      this.nameBytes + length < maxSeries * BYTES_PER_SERIES + SPARE_BYTES;
    return fits() || (this.rebuild() && fits());
  }

  #add(id: number, bytes: Uint8Array, start: number, end: number, hash: number, kind: Kind, method: Method): void {
    const { known, texts } = this.#names;
    this.#names.add(id, bytes, start, end, hash);
    known.kinds[id] = kind;
    known.methods[id] = method;
    known.policies[id] = this.#options.classify(texts.text(id));
  }

  /** Puts back a series by its old id, as a journal told it. A bound that was lowered since does not lose it. */
  restore(id: number, kind: Kind, method: Method, bytes: Uint8Array, start: number, end: number): void {
    if (this.alive(id)) {
      this.#names.known.learn(id, kind, method);
      return;
    }
    const { texts } = this.#names;
    const hash = texts.hash(bytes, start, end);
    const other = texts.find(bytes, start, end, hash);
    // The record that removed it was lost.
    if (other >= 0) this.remove(other);
    this.#add(id, bytes, start, end, hash, kind, method);
  }

  /** Leaves ids below `ids` to points on disk whose names were lost, so that no other name gets them. */
  reserve(ids: number): void {
    if (ids <= this.ids) return;
    this.#names.skipTo(ids);
    this.#journal?.reserved(ids);
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
    if (length < 0) return -1;
    const { texts } = this.#names;
    return texts.find(this.#scratch, 0, length, texts.hash(this.#scratch, 0, length));
  }

  alive(id: number): boolean {
    return this.#names.alive(id);
  }

  /** Empty for a removed series. */
  name(id: number): string {
    return this.alive(id) ? this.#names.texts.text(id) : '';
  }

  kind(id: number): Kind {
    return this.#names.known.kinds[id] as Kind;
  }

  method(id: number): Method {
    return this.#names.known.methods[id] as Method;
  }

  policy(id: number): number {
    return this.#names.known.policies[id];
  }

  /** Asks again under which policy every series falls, after the policies changed. */
  reclassify(): void {
    const { known, texts } = this.#names;
    this.#names.visit((id) => (known.policies[id] = this.#options.classify(texts.text(id))));
  }

  /** Rhythm of an adaptive series in slots; 0 while unknown. */
  stride(id: number): number {
    return this.#names.known.strides[id];
  }

  /** Kept by the snapshot, not by the log; at most 65,535. */
  setStride(id: number, slots: number): void {
    this.#names.known.strides[id] = Math.min(slots, 0xffff);
  }

  ref(id: number): SeriesRef {
    return { id, name: this.name(id), kind: this.kind(id), method: this.method(id) };
  }

  /** Forgets a series. Its id is never given again; the same name gets a new one. */
  remove(id: number): void {
    if (!this.alive(id)) return;
    this.#names.remove(id);
    this.#journal?.removed(id);
  }

  /** Nodes of the tree of plain names that match a glob, sorted by path, at most `limit`. */
  find(glob: string, options: { limit: number; counts: boolean }): TreeNode[] {
    return findNodes(this.#names.tree, glob, options);
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
    if ('tags' in selector) selectByTags(this.#names, selector.tags, take);
    else this.#selectByGlob(selector.glob, take);
    const sorted = ids.toSorted((a, b) => this.#names.texts.compare(a, b));
    // A malformed name may carry a tag twice and be met twice.
    return sorted.filter((id, i) => id !== sorted[i - 1]);
  }

  #selectByGlob(glob: string, take: (id: number) => void): void {
    if (glob.includes(';')) {
      const id = this.lookup(glob);
      if (id >= 0) take(id);
      return;
    }
    const { series } = this.#names.tree;
    const seen = new Set<number>();
    new GlobWalk(this.#names.tree, glob).run((node) => {
      if (series[node] !== 0 && !seen.has(node)) take(series[node] - 1);
      seen.add(node);
      return true;
    });
  }

  /**
   * Ids of names that contain all the words, whatever the case of ASCII letters: the name itself, then names that begin with the first word,
   * then those where every word begins a segment, then the rest; shorter before longer, then by name.
   */
  search(words: string, limit: number): number[] {
    return searchNames(this.#names, words, limit);
  }

  /** Ids of live series above `afterId`, in order of creation; begin with -1. */
  names(afterId: number, limit: number): number[] {
    const ids: number[] = [];
    for (let id = Math.max(0, afterId + 1); id < this.ids && ids.length < limit; id++) if (this.alive(id)) ids.push(id);
    return ids;
  }

  /** Tag keys by prefix, sorted, of series that fulfil the expressions (of all when there are none); without keys that those name. */
  tagKeys(expressions: string[], prefix: string, limit: number): string[] {
    return tagKeys(this.#names, expressions, prefix, limit);
  }

  /** Values of a tag by prefix, sorted, of series that fulfil the expressions (of all when there are none). */
  tagValues(expressions: string[], key: string, prefix: string, limit: number): string[] {
    return tagValues(this.#names, expressions, key, prefix, limit);
  }

  /** Gives back what removed series still take, when that is more than half. About a microsecond per live series. */
  rebuild(): boolean {
    return this.#names.rebuild();
  }

  /** Tells a journal the live series among the ids from one on and below another. */
  tell(journal: IndexJournal, from: number, below: number): void {
    this.#names.visit((id, bytes, start, end) => journal.added(id, this.kind(id), this.method(id), bytes, start, end), from, below);
  }

  /** What a snapshot holds; stays as it is while the index goes on. */
  save(): Sections {
    return this.#names.save();
  }

  /** Takes a snapshot's sections over into an empty index: all of them, or not the `whole` but all of `isNameSection`. */
  load(sections: Sections, whole: boolean): void {
    this.#names.load(sections, whole);
  }
}
