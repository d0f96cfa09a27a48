import type { BlockInfo } from './blocks/block-key.ts';
import type { Partition } from './block-list.ts';

/** So many blocks of one level become one of the next. */
const FAN_IN = 6;
/** No block grows beyond this by merging. */
const MAX_BYTES = 1 << 30;
/** A finished window is left alone for so long after a change, milliseconds, and then gets one block. */
const QUIET = 10 * 60_000;
/** A finished window that still changes is not merged to one block more often than this. */
const AGAIN_AFTER = 60 * 60_000;

/** Where a partition stands in time; milliseconds of the monotonic clock. */
export interface PartitionState {
  now: number;
  /** Its window has ended, late points aside. */
  finished: boolean;
  /** When it was last merged to one block, or -Infinity. */
  merged: number;
}

/** Which of a partition's blocks to merge now, neighbours in age; empty for none. */
export function pickBlocks(partition: Partition, { now, finished, merged }: PartitionState): BlockInfo[] {
  const { blocks } = partition;
  if (finished && now - partition.changed >= QUIET && now - merged >= AGAIN_AFTER) return wholeRun(blocks);
  // Newer blocks have lower levels, so those up to a level are the end of the list.
  for (let level = 0; level <= (blocks[0]?.level ?? 0); level++) {
    const older = blocks.findLastIndex((block) => block.level > level);
    const run = blocks.slice(older + 1);
    if (run.filter((block) => block.level === level).length >= FAN_IN) return wholeRun(run);
  }
  return [];
}

/** As many of the newest blocks as make one of bounded size, if that is more than one. */
export function wholeRun(blocks: readonly BlockInfo[]): BlockInfo[] {
  let bytes = 0;
  let from = blocks.length;
  while (from > 0 && bytes + blocks[from - 1].bytes <= MAX_BYTES) bytes += blocks[--from].bytes;
  return blocks.length - from > 1 ? blocks.slice(from) : [];
}
