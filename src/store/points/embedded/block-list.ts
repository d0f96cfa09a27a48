import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { causeOf } from '../../../core/errors.ts';
import type { BlockInfo, BlockKey } from './blocks/block-key.ts';
import { parseBlockFileName } from './blocks/block-key.ts';
import { BlockReader } from './blocks/block-reader.ts';

/** Blocks of one tier and window, older writes first. */
export interface Partition {
  layout: number;
  tier: number;
  step: number;
  /** Seconds; the end is exclusive. */
  start: number;
  end: number;
  blocks: BlockInfo[];
  /** Monotonic milliseconds when the newest of them came. */
  changed: number;
}

/** Blocks named in answers stay on disk for a while after they were replaced, as readers may be about to open them. */
const LINGER = 30_000;

export function blocksFolder(folder: string): string {
  return join(folder, 'blocks');
}

/** All live blocks, by partition. */
export class BlockList {
  readonly #partitions = new Map<string, Partition>();
  readonly #leaving: { path: string; at: number }[] = [];

  get partitions(): Partition[] {
    return [...this.#partitions.values()];
  }

  get blocks(): BlockInfo[] {
    return this.partitions.flatMap((partition) => partition.blocks);
  }

  /** Partitions of a tier that touch [start, end), in order of time. */
  within(layout: number, tier: number, start: number, end: number): Partition[] {
    return this.#touching(start, end).filter((each) => each.layout === layout && each.tier === tier);
  }

  /** The same of all other layouts, coarse tiers first, so that finer points win. */
  ofOthers(layout: number, start: number, end: number): Partition[] {
    return this.#touching(start, end)
      .filter((each) => each.layout !== layout)
      .toSorted((a, b) => b.step - a.step);
  }

  #touching(start: number, end: number): Partition[] {
    return this.partitions.filter((each) => each.start < end && each.end > start).toSorted((a, b) => a.start - b.start);
  }

  at(layout: number, tier: number, start: number): Partition | undefined {
    return this.#partitions.get(`${layout}/${tier}/${start}`);
  }

  add(block: BlockInfo, now: number): void {
    const name = `${block.policy}/${block.tier}/${block.windowStart}`;
    let partition = this.#partitions.get(name);
    if (!partition) {
      partition = { layout: block.policy, tier: block.tier, step: block.step, start: block.windowStart, end: block.windowEnd, blocks: [], changed: now };
      this.#partitions.set(name, partition);
    }
    // A window may have been shorter when its first block was made.
    partition.end = Math.max(partition.end, block.windowEnd);
    partition.changed = now;
    partition.blocks = [...partition.blocks.filter((other) => other.path !== block.path), block].toSorted(byAge);
  }

  /** Takes blocks off the list; their files go later, see `unlinkLeft`. */
  drop(blocks: readonly BlockInfo[], now: number): void {
    for (const block of blocks) {
      this.giveUp(block);
      this.#leaving.push({ path: block.path, at: now + LINGER });
    }
  }

  /** Takes a damaged block off the list; its file stays for whoever wants to look. */
  giveUp(block: BlockInfo): void {
    const name = `${block.policy}/${block.tier}/${block.windowStart}`;
    const partition = this.#partitions.get(name);
    if (!partition) return;
    partition.blocks = partition.blocks.filter((other) => other !== block);
    if (partition.blocks.length === 0) this.#partitions.delete(name);
  }

  /** Unlinks files of dropped blocks once no reader can be on its way to them. */
  unlinkLeft(now: number): void {
    while (this.#leaving.length > 0 && this.#leaving[0].at <= now) rmSync(this.#leaving.shift()?.path ?? '', { force: true });
  }

  /** Unlinks them now: the store closes. */
  unlinkAll(): void {
    this.unlinkLeft(Infinity);
  }
}

function byAge(a: BlockKey, b: BlockKey): number {
  return a.lastSequence - b.lastSequence || a.level - b.level;
}

/** Finds the folder's blocks; removes what a crash left half done or replaced. Blocks that cannot be opened stay on disk. */
export function loadBlocks(folder: string, now: number, damaged: (file: string, what: string) => void): BlockList {
  const list = new BlockList();
  mkdirSync(blocksFolder(folder), { recursive: true });
  for (const name of readdirSync(blocksFolder(folder))) {
    const path = join(blocksFolder(folder), name);
    if (name.endsWith('.tmp')) rmSync(path, { force: true });
    if (!parseBlockFileName(name)) continue;
    try {
      const reader = BlockReader.open(path, damaged);
      list.add(reader.info, now);
      reader.close();
    } catch (error) {
      damaged(path, causeOf(error));
    }
  }
  for (const partition of list.partitions) {
    const replaced = partition.blocks.filter((block) => partition.blocks.some((other) => replaces(other, block)));
    list.drop(replaced, now);
  }
  list.unlinkAll();
  return list;
}

/** A merged block, or one sealed again after a crash, holds all that a block of a part of its sequence range does. */
function replaces(other: BlockInfo, block: BlockInfo): boolean {
  if (other === block || other.firstSequence > block.firstSequence || other.lastSequence < block.lastSequence) return false;
  return other.level > block.level || (other.level === block.level && other.lastSequence - other.firstSequence > block.lastSequence - block.firstSequence);
}
