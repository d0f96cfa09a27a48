import type { Arena } from './arena.ts';
import { grown, takeSection, type Sections } from './columns.ts';
import { hashPair, type HashKey } from './hash.ts';
import { Slots } from './slots.ts';
import { TextTable } from './text-table.ts';

export const ROOT = 0;
const MAX_SORTED = 100_000;

/**
 * The tree that names make at their separators, as columns by node. A node's number is above its parent's, so one pass in order sees
 * parents first. Nodes stay when their last series goes and are passed over by their count.
 */
export class NameTree {
  readonly segments: TextTable;
  readonly #key: HashKey;
  parents = new Uint32Array(1024);
  /** First child and next sibling; 0, the root, is none. */
  firstChildren = new Uint32Array(1024);
  nextSiblings = new Uint32Array(1024);
  segmentOf = new Uint32Array(1024);
  /** Id + 1 of the series that ends here; 0 is none. */
  series = new Uint32Array(1024);
  /** Live series at and below. */
  counts = new Uint32Array(1024);
  /** 1 where a node's children stand in order. Not saved: it comes back with the first question. */
  #sorted = new Uint8Array(1024);
  #size = 1;
  #children = new Slots();

  constructor(arena: Arena, key: HashKey) {
    this.segments = new TextTable(arena, key);
    this.#key = key;
  }

  /** Nodes, the root included. */
  get size(): number {
    return this.#size;
  }

  /** The child of `node` with this segment, or -1. */
  child(node: number, segment: number): number {
    const slots = this.#children;
    const hash = hashPair(this.#key, node, segment);
    for (let at = slots.first(hash), child = slots.value(at); child >= 0; at = slots.next(at), child = slots.value(at)) {
      if (slots.hash(at) === hash && this.parents[child] === node && this.segmentOf[child] === segment) return child;
    }
    return -1;
  }

  /** The child of `node` whose segment are these bytes; made when missing. The same bytes must lie in the arena at `offset`. */
  descend(node: number, bytes: Uint8Array, start: number, end: number, offset: number): number {
    const { segments } = this;
    const hash = segments.hash(bytes, start, end);
    let segment = segments.find(bytes, start, end, hash);
    if (segment < 0) segment = segments.add(offset, end - start, hash);
    else {
      const known = this.child(node, segment);
      if (known >= 0) return known;
    }
    return this.#add(node, segment);
  }

  #add(parent: number, segment: number): number {
    const node = this.#size++;
    if (node >= this.parents.length) this.#grow(node + 1);
    this.parents[node] = parent;
    this.segmentOf[node] = segment;
    this.#link(node, parent, segment);
    return node;
  }

  #link(node: number, parent: number, segment: number): void {
    this.nextSiblings[node] = this.firstChildren[parent];
    this.firstChildren[parent] = node;
    this.#sorted[parent] = 0;
    this.#children.add(hashPair(this.#key, parent, segment), node);
  }

  #grow(size: number): void {
    this.parents = grown(this.parents, size);
    this.firstChildren = grown(this.firstChildren, size);
    this.nextSiblings = grown(this.nextSiblings, size);
    this.segmentOf = grown(this.segmentOf, size);
    this.series = grown(this.series, size);
    this.counts = grown(this.counts, size);
    this.#sorted = grown(this.#sorted, size);
  }

  /** Puts a node's children in the order of their segments' bytes; false when they are too many to do that in some milliseconds. */
  sortChildren(node: number): boolean {
    if (this.#sorted[node] === 1) return true;
    const children: number[] = [];
    for (let child = this.firstChildren[node]; child !== 0; child = this.nextSiblings[child]) {
      if (children.push(child) > MAX_SORTED) return false;
    }
    const { segments, segmentOf } = this;
    let next = 0;
    for (const child of children.toSorted((a, b) => segments.compare(segmentOf[b], segmentOf[a]))) {
      this.nextSiblings[child] = next;
      next = child;
    }
    this.firstChildren[node] = next;
    this.#sorted[node] = 1;
    return true;
  }

  putSeries(node: number, id: number): void {
    this.series[node] = id + 1;
    this.#count(node, 1);
  }

  dropSeries(node: number): void {
    this.series[node] = 0;
    this.#count(node, -1);
  }

  #count(node: number, change: number): void {
    for (let at = node; at !== ROOT; at = this.parents[at]) this.counts[at] += change;
    this.counts[ROOT] += change;
  }

  save(sections: Sections, name: string): void {
    this.segments.save(sections, `${name}.segments`);
    sections.set(`${name}.parents`, this.parents.subarray(0, this.#size));
    sections.set(`${name}.segmentOf`, this.segmentOf.subarray(0, this.#size));
  }

  /** Takes the nodes over; their series are for the owner to put back. */
  load(sections: Sections, name: string): void {
    this.segments.load(sections, `${name}.segments`);
    this.parents = takeSection(sections, `${name}.parents`, Uint32Array);
    this.segmentOf = takeSection(sections, `${name}.segmentOf`, Uint32Array);
    const size = this.parents.length;
    this.#size = size;
    this.firstChildren = new Uint32Array(size);
    this.nextSiblings = new Uint32Array(size);
    this.series = new Uint32Array(size);
    this.counts = new Uint32Array(size);
    this.#sorted = new Uint8Array(size);
    this.#children = new Slots(size);
    for (let node = ROOT + 1; node < size; node++) this.#link(node, this.parents[node], this.segmentOf[node]);
  }

  /** Counts all series anew, after `series` was filled. */
  countSeries(): void {
    const { parents, series, counts } = this;
    for (let node = this.#size - 1; node > ROOT; node--) {
      if (series[node] !== 0) counts[node]++;
      counts[parents[node]] += counts[node];
    }
  }
}
