import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CounterLane } from '../../../core/counters.ts';
import { causeOf } from '../../../core/errors.ts';
import { type BlockList, blocksFolder, type Partition } from './block-list.ts';
import type { BlockInfo } from './blocks/block-key.ts';
import { BlockReader } from './blocks/block-reader.ts';
import { BlockWriter } from './blocks/block-writer.ts';
import { syncFolder } from './blocks/file-bytes.ts';
import { mergeBlocks } from './blocks/merge-blocks.ts';
import { rollUp } from './blocks/roll-up.ts';
import type { Present } from './clock.ts';
import type { Layout } from './layouts.ts';
import type { Methods } from './methods.ts';
import { readStep } from './plan.ts';
import { logPath } from './point-log.ts';
import type { Rolled } from './rolled.ts';
import { sealHead } from './seal.ts';
import { windowLength, windowStart } from './windows.ts';
import type { WritePath } from './write-path.ts';

/** Fits a block's header; only numbers of sources tell blocks apart beyond it. */
const MAX_LEVEL = 255;

/** What jobs on blocks work with. All of them pause at each yield and may be thrown into there. */
export interface BlockJobParts {
  folder: string;
  present: Present;
  counters: CounterLane;
  layouts: Layout[];
  blocks: BlockList;
  rolled: Rolled;
  methods: Methods;
  writePath: WritePath;
  alive: (id: number) => boolean;
  layoutOf: (id: number) => number;
  rhythm: (id: number) => number;
  nextNumber: () => number;
  damaged: (file: string, what: string) => void;
  /** A head was sealed and there is room, or sealing failed and waiting is in vain. */
  roomChanged: () => void;
}

/** Writes the oldest frozen head into blocks and lets its log files go. */
export function* sealFrozen(parts: BlockJobParts): Generator<void, void> {
  const { writePath, blocks, counters, folder, layouts, nextNumber } = parts;
  const [head] = writePath.frozen;
  const sealed = yield* sealHead(head, {
    folder: blocksFolder(folder),
    layouts,
    layoutOf: (id) => (parts.alive(id) ? parts.layoutOf(id) : undefined),
    nextNumber,
  });
  for (const block of sealed) blocks.add(block, parts.present.monotonic);
  counters.add('points.blocks_sealed', sealed.length);
  writePath.frozen.shift();
  for (let number = head.firstLog; number <= head.lastLog; number++) rmSync(logPath(folder, number), { force: true });
  syncFolder(join(folder, 'log'));
  head.free();
  parts.roomChanged();
}

/** Makes one block of some of a window's, without series that are gone. */
export function* mergeWindow(parts: BlockJobParts, partition: Partition, picked: BlockInfo[]): Generator<void, void> {
  const { blocks, alive, counters } = parts;
  const merged = yield* writeBlock(
    parts,
    picked,
    {
      policy: partition.layout,
      tier: partition.tier,
      step: partition.step,
      windowStart: partition.start,
      windowEnd: partition.end,
      firstSequence: Math.min(...picked.map((block) => block.firstSequence)),
      lastSequence: Math.max(...picked.map((block) => block.lastSequence)),
      level: Math.min(MAX_LEVEL, Math.max(...picked.map((block) => block.level)) + 1),
    },
    (readers, writer) => mergeBlocks(readers, writer, { keep: alive }),
  );
  if (!merged) return;
  if (merged.points > 0) blocks.add(merged, partition.changed);
  else rmSync(merged.path);
  blocks.drop(picked, parts.present.monotonic);
  counters.add('points.blocks_compacted', picked.length);
}

/** Writes a window into the next tier. */
export function* rollUpWindow(parts: BlockJobParts, partition: Partition): Generator<void, void> {
  const { layouts, methods, alive, rhythm, rolled, blocks, counters, nextNumber } = parts;
  const layout = layouts[partition.layout];
  const tier = partition.tier + 1;
  const step = layout.tiers[tier].step / 1000;
  const length = windowLength(layout, tier);
  const start = windowStart(partition.start, length);
  const number = nextNumber();
  const key = { policy: partition.layout, tier, step, windowStart: start, windowEnd: start + length, firstSequence: number, lastSequence: number, level: 0 };
  const sources = partition.blocks;
  const block = yield* writeBlock(parts, sources, key, (readers, writer) =>
    rollUp(readers, writer, {
      step,
      methodOf: methods.methodOf,
      xFilesFactorOf: methods.xFilesFactorOf,
      keep: alive,
      sourceStepOf: (id) => readStep(layout, partition.tier, layout.adaptive ? rhythm(id) : 0),
    }),
  );
  if (!block) return;
  if (block.points > 0) blocks.add(block, parts.present.monotonic);
  else rmSync(block.path);
  // A seal cannot have come between: jobs run one at a time.
  rolled.add(partition);
  counters.add('points.blocks_rolled_up');
}

/** Runs a copying job from blocks into a new one; undefined when a source turned out damaged and left the list. */
function* writeBlock(
  parts: BlockJobParts,
  sources: readonly BlockInfo[],
  key: ConstructorParameters<typeof BlockWriter>[1],
  copy: (readers: BlockReader[], writer: BlockWriter) => Generator<void, void>,
): Generator<void, BlockInfo | undefined> {
  const readers: BlockReader[] = [];
  let writer: BlockWriter | undefined;
  try {
    for (const source of sources) {
      const reader = openBlock(parts, source);
      if (!reader) return undefined;
      readers.push(reader);
    }
    writer = new BlockWriter(blocksFolder(parts.folder), key);
    yield* copy(readers, writer);
    return writer.finish();
  } finally {
    writer?.abort();
    for (const reader of readers) reader.close();
  }
}

/** Undefined when the block turned out damaged, and left the list. */
export function openBlock(parts: BlockJobParts, block: BlockInfo): BlockReader | undefined {
  try {
    return BlockReader.open(block.path, parts.damaged);
  } catch (error) {
    parts.damaged(block.path, causeOf(error));
    parts.blocks.giveUp(block);
    return undefined;
  }
}

/** Forgets a window that is older than its tier keeps. */
export function* expireWindow(parts: BlockJobParts, partition: Partition): Generator<void, void> {
  yield;
  parts.blocks.drop(partition.blocks, parts.present.monotonic);
  parts.rolled.forget(partition);
}

/** Writes a block anew when a fifth or more of its series are gone. */
export function* sweepBlock(parts: BlockJobParts, partition: Partition, block: BlockInfo): Generator<void, void> {
  const reader = openBlock(parts, block);
  if (!reader) return;
  const gone = reader.ids().reduce((sum, id) => sum + (parts.alive(id) ? 0 : 1), 0);
  reader.close();
  yield;
  if (gone * 5 >= block.series && gone > 0 && block.level < MAX_LEVEL) yield* mergeWindow(parts, partition, [block]);
}
