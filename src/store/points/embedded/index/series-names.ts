import { Arena, positionOf } from './arena.ts';
import { SeriesAttributes } from './attributes.ts';
import { grown, takeSection, type Sections } from './columns.ts';
import { randomHashKey, type HashKey } from './hash.ts';
import { NameTree, ROOT } from './name-tree.ts';
import { TagPostings } from './tag-postings.ts';
import { TextTable } from './text-table.ts';

const DOT = 0x2e;
const SEMICOLON = 0x3b;
/** Set in `nodes` for a series of the tagged tree. */
const TAGGED = 0x8000_0000;

/** All that the index is made of, as columns: names by id, the trees they make, their tags, what is known of each. */
export class SeriesNames {
  readonly #key: HashKey = randomHashKey();
  arena = new Arena();
  /** Names by id. */
  texts = new TextTable(this.arena, this.#key);
  /** Plain names, at dots. */
  tree = new NameTree(this.arena, this.#key);
  /** Tagged names: `name;` and then a node per tag. */
  tagged = new NameTree(this.arena, this.#key);
  tags = new TagPostings(this.arena, this.#key, this.tagged);
  readonly known = new SeriesAttributes();
  /** Where the name ends in its tree; 0 is a removed series. */
  #nodes = new Uint32Array(1024);
  #size = 0;
  #deadBytes = 0;

  /** Live series. */
  get size(): number {
    return this.#size;
  }

  /** The highest id ever given, plus one. */
  get ids(): number {
    return this.texts.count;
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

  /** Gives an id to bytes that are not known. */
  add(id: number, bytes: Uint8Array, start: number, end: number, hash: number): void {
    this.#enter(id, bytes, start, end, hash);
    this.#size++;
  }

  remove(id: number): void {
    const node = this.nodeOf(id);
    if (this.isTagged(id)) {
      this.tagged.dropSeries(node);
      this.tags.remove(node);
    } else this.tree.dropSeries(node);
    this.texts.forget(id);
    this.#nodes[id] = 0;
    this.known.strides[id] = 0;
    this.#size--;
    this.#deadBytes += this.texts.lengths[id];
  }

  /** Leaves ids below `ids` unused. */
  skipTo(ids: number): void {
    this.texts.skipTo(ids);
    this.#grow();
  }

  #enter(id: number, bytes: Uint8Array, start: number, end: number, hash: number): void {
    const offset = this.arena.append(bytes, start, end);
    this.texts.add(offset, end - start, hash, id);
    this.#grow();
    this.#nodes[id] = this.#plant(id);
  }

  #grow(): void {
    this.known.grow(this.ids);
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
    const separator = isTagged ? SEMICOLON : DOT;
    let node = ROOT;
    let from = start;
    if (isTagged) {
      // The metric keeps its semicolon, so that it never is the same segment as a tag.
      node = tree.descend(node, chunk, start, cut + 1, offset);
      from = cut + 1;
    }
    for (let at = from; at <= end; at++) {
      if (at < end && chunk[at] !== separator) continue;
      node = tree.descend(node, chunk, from, at, offset + (from - start));
      from = at + 1;
    }
    tree.putSeries(node, id);
    if (isTagged) this.tags.add(id, node);
    return isTagged ? (node | TAGGED) >>> 0 : node;
  }

  /** Visits live series in order of creation, with the place of their bytes: all, or the ids from one on and below another. */
  visit(visitor: (id: number, bytes: Uint8Array, start: number, end: number) => void, from = 0, below = this.ids): void {
    const { starts, lengths, arena } = this.texts;
    for (let id = from; id < below; id++) {
      if (this.#nodes[id] === 0) continue;
      const start = positionOf(starts[id]);
      visitor(id, arena.chunkOf(starts[id]), start, start + lengths[id]);
    }
  }

  /** Gives back what removed series still take, when that is more than half. About a microsecond per live series. */
  rebuild(): boolean {
    if (this.#deadBytes * 2 <= this.arena.used) return false;
    this.#rebuildFrom(this.arena, this.texts.starts, this.texts.lengths, this.ids);
    return true;
  }

  #rebuildFrom(arena: Arena, starts: Uint32Array, lengths: Uint16Array, ids: number): void {
    this.#clear(new Arena());
    this.texts.skipTo(ids);
    for (let id = 0; id < ids; id++) {
      if (this.#nodes[id] === 0) continue;
      const chunk = arena.chunkOf(starts[id]);
      const start = positionOf(starts[id]);
      const end = start + lengths[id];
      this.#enter(id, chunk, start, end, this.texts.hash(chunk, start, end));
    }
  }

  #clear(arena: Arena): void {
    this.arena = arena;
    this.texts = new TextTable(arena, this.#key);
    this.tree = new NameTree(arena, this.#key);
    this.tagged = new NameTree(arena, this.#key);
    this.tags = new TagPostings(arena, this.#key, this.tagged);
    this.#deadBytes = 0;
  }

  /** What a snapshot holds; stays as it is while the index goes on. */
  save(): Sections {
    const sections: Sections = new Map();
    this.arena.save(sections);
    this.texts.save(sections, 'texts');
    this.known.save(sections, this.ids);
    sections.set('nodes', this.#nodes.slice(0, this.ids));
    this.tree.save(sections, 'tree');
    this.tagged.save(sections, 'tagged');
    this.tags.save(sections);
    return sections;
  }

  /**
   * Takes a snapshot's sections over into an empty index. When not the `whole` is there but all of `isNameSection`, the trees are built again
   * from those.
   */
  load(sections: Sections, whole: boolean): void {
    this.known.load(sections);
    this.#nodes = takeSection(sections, 'nodes', Uint32Array);
    for (const node of this.#nodes) if (node !== 0) this.#size++;
    const arena = new Arena();
    arena.load(sections);
    if (!whole) {
      const starts = takeSection(sections, 'texts.starts', Uint32Array);
      this.#rebuildFrom(arena, starts, takeSection(sections, 'texts.lengths', Uint16Array), starts.length);
      return;
    }
    this.#clear(arena);
    this.texts.load(sections, 'texts', this.#nodes);
    this.tree.load(sections, 'tree');
    this.tagged.load(sections, 'tagged');
    this.tags.load(sections);
    for (let id = 0; id < this.ids; id++) this.#replant(id);
    this.tree.countSeries();
    this.tagged.countSeries();
  }

  /** Puts a series back to its node. */
  #replant(id: number): void {
    const node = this.nodeOf(id);
    if (!this.alive(id)) this.#deadBytes += this.texts.lengths[id];
    else if (this.isTagged(id)) {
      this.tagged.series[node] = id + 1;
      this.tags.add(id, node);
    } else this.tree.series[node] = id + 1;
  }
}

/** Whether a section is needed to know names and attributes; the others can be built from these. */
export function isNameSection(name: string): boolean {
  return /^(?:arena\.\d+|texts\.(?:starts|lengths)|kinds|methods|policies|strides|nodes)$/.test(name);
}
