import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CounterLane } from '../../../core/counters.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { type BlockList, blocksFolder, type Partition } from './block-list.ts';
import type { BlockInfo } from './blocks/block-key.ts';
import { BlockReader } from './blocks/block-reader.ts';
import { BlockWriter } from './blocks/block-writer.ts';
import { syncFolder } from './blocks/file-bytes.ts';
import { mergeBlocks } from './blocks/merge-blocks.ts';
import { rollUp } from './blocks/roll-up.ts';
import type { Present } from './clock.ts';
import { complain } from './complain.ts';
import { pickBlocks, wholeRun } from './compaction.ts';
import type { Layout } from './layouts.ts';
import type { Methods } from './methods.ts';
import { readStep } from './plan.ts';
import { logPath } from './point-log.ts';
import type { Rolled } from './rolled.ts';
import { runSliced, Stopped } from './run-sliced.ts';
import { sealHead } from './seal.ts';
import { oldestKept, windowLength, windowStart } from './windows.ts';
import type { WritePath } from './write-path.ts';

/** Seconds after a window's end for points in flight, and for the head that has them to be sealed. */
const GRACE = 3600;
/** A window that got late points is rolled up again, but not more often than this. */
const REROLL_AFTER = 6 * 3_600_000;
const RETRY_AFTER = 1000;

export interface UpkeepParts {
  folder: string;
  present: Present;
  counters: CounterLane;
  layouts: Layout[];
  blocks: BlockList;
  rolled: Rolled;
  methods: Methods;
  writePath: WritePath;
  /** Milliseconds after which an unfilled head is sealed. */
  sealAfter: number;
  alive: (id: number) => boolean;
  layoutOf: (id: number) => number;
  rhythm: (id: number) => number;
  nextNumber: () => number;
  damaged: (file: string, what: string) => void;
  /** Senders wait for a head to be sealed. */
  urgent: () => boolean;
  /** A head was sealed and there is room, or sealing failed and waiting is in vain. */
  roomChanged: () => void;
}

type Job = () => Generator<void, void>;

/** Background work on blocks, one job at a time, in slices: seal, merge, roll up, forget. */
export class Upkeep {
  /** Why the last job failed; empty when all is well. */
  problem = '';
  stopping = false;
  readonly #parts: UpkeepParts;
  #running: Promise<void> | undefined;
  #retryAt = 0;
  /** Monotonic milliseconds by partition. */
  readonly #mergedAt = new WeakMap<Partition, number>();
  readonly #rolledAt = new WeakMap<Partition, number>();
  /** Blocks to look through for removed series. */
  #unswept: BlockInfo[] = [];

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
  }

  /** Looks for work; called each second and when a head was frozen. */
  wake(): void {
    this.#parts.blocks.unlinkLeft(this.#now);
    if (this.#running || this.stopping || this.#now < this.#retryAt) return;
    void this.exclusively(() => this.#work(() => this.#next()));
  }

  /** Seals what is in memory and does everything that could be done, however little it is worth. */
  async settle(): Promise<void> {
    const { writePath } = this.#parts;
    await this.exclusively(async () => {
      if (writePath.active.count > 0) writePath.freeze();
      await this.#work(() => this.#next(true));
    });
    if (this.problem) throw new HeedError('cannot_write', this.problem, { status: 503 });
  }

  /** Runs `work` while no block or log file comes or goes. */
  async exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#running) await this.#running;
    const done = Promise.withResolvers<void>();
    this.#running = done.promise;
    try {
      return await work();
    } finally {
      this.#running = undefined;
      done.resolve();
    }
  }

  /** Series were removed: blocks that are mostly theirs are written anew. */
  sweep(): void {
    this.#unswept = this.#parts.blocks.blocks;
    this.wake();
  }

  /** Ends the current job, leaving no half-written file. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.#running;
  }

  get urgent(): boolean {
    return this.#parts.urgent();
  }

  get #now(): number {
    return this.#parts.present.monotonic;
  }

  async #work(next: () => Job | undefined): Promise<void> {
    try {
      for (let job = next(); job && !this.stopping; job = next()) {
        await runSliced(job(), this);
        this.problem = '';
      }
    } catch (error) {
      if (error instanceof Stopped) return;
      const problem = `cannot write blocks to ${this.#parts.folder}: ${causeOf(error)}`;
      // It is tried again each second; once is enough to be told.
      if (problem !== this.problem) complain(error, 'background work failed');
      this.problem = problem;
      this.#retryAt = this.#now + RETRY_AFTER;
      this.#parts.roomChanged();
    }
  }

  /** The most pressing job. `all` disregards what would rather wait. */
  #next(all = false): Job | undefined {
    const { writePath, blocks } = this.#parts;
    const partitions = blocks.partitions
      .filter((partition) => this.#parts.layouts[partition.layout]?.tiers[partition.tier] !== undefined)
      .toSorted((a, b) => a.tier - b.tier || a.start - b.start);
    // First what frees room.
    for (const partition of partitions) if (this.#expired(partition) && !this.#rollsUp(partition)) return () => this.#expire(partition);
    if (writePath.frozen.length === 0 && this.#now - writePath.active.born >= this.#parts.sealAfter) writePath.freeze();
    if (writePath.frozen.length > 0) return () => this.#seal();
    for (const partition of partitions) {
      const picked = pickBlocks(partition, { now: this.#now, finished: this.#finished(partition), merged: this.#mergedAt.get(partition) ?? -Infinity });
      if (picked.length > 0) return () => this.#merge(partition, picked);
    }
    for (const partition of partitions) if (this.#mayRollUp(partition, all)) return () => this.#rollUp(partition);
    for (const partition of partitions) {
      const run = all ? wholeRun(partition.blocks) : [];
      if (run.length > 0) return () => this.#merge(partition, run);
    }
    const unswept = this.#unswept.pop();
    return unswept && (() => this.#sweep(unswept));
  }

  #finished(partition: Partition): boolean {
    return partition.end + GRACE <= this.#parts.present.range().earliest / 1000;
  }

  #expired({ layout, tier, end }: Partition): boolean {
    return end <= oldestKept(this.#parts.layouts[layout], tier, this.#parts.present.range().earliest) && this.#parts.present.trusted();
  }

  /** Something of it is not in the next tier yet. */
  #rollsUp(partition: Partition): boolean {
    return this.#parts.layouts[partition.layout].tiers[partition.tier + 1] !== undefined && !this.#parts.rolled.covers(partition);
  }

  #mayRollUp(partition: Partition, all: boolean): boolean {
    if (!this.#rollsUp(partition) || !this.#finished(partition)) return false;
    return all || this.#expired(partition) || this.#now - (this.#rolledAt.get(partition) ?? -Infinity) >= REROLL_AFTER;
  }

  *#seal(): Generator<void, void> {
    const { writePath, blocks, counters, folder, layouts, nextNumber } = this.#parts;
    const [head] = writePath.frozen;
    const sealed = yield* sealHead(head, {
      folder: blocksFolder(folder),
      layouts,
      layoutOf: (id) => (this.#parts.alive(id) ? this.#parts.layoutOf(id) : undefined),
      nextNumber,
    });
    for (const block of sealed) blocks.add(block, this.#now);
    counters.add('points.blocks_sealed', sealed.length);
    writePath.frozen.shift();
    for (let number = head.firstLog; number <= head.lastLog; number++) rmSync(logPath(folder, number), { force: true });
    syncFolder(join(folder, 'log'));
    head.free();
    this.#parts.roomChanged();
  }

  *#merge(partition: Partition, picked: BlockInfo[]): Generator<void, void> {
    const { blocks, alive, counters } = this.#parts;
    const merged = yield* this.#write(
      picked,
      {
        policy: partition.layout,
        tier: partition.tier,
        step: partition.step,
        windowStart: partition.start,
        windowEnd: partition.end,
        firstSequence: Math.min(...picked.map((block) => block.firstSequence)),
        lastSequence: Math.max(...picked.map((block) => block.lastSequence)),
        level: Math.min(255, Math.max(...picked.map((block) => block.level)) + 1),
      },
      (readers, writer) => mergeBlocks(readers, writer, { keep: alive }),
    );
    if (!merged) return;
    if (merged.points > 0) blocks.add(merged, partition.changed);
    else rmSync(merged.path);
    blocks.drop(picked, this.#now);
    if (partition.blocks.length === 1) this.#mergedAt.set(partition, this.#now);
    counters.add('points.blocks_compacted', picked.length);
  }

  *#rollUp(partition: Partition): Generator<void, void> {
    const { layouts, methods, alive, rhythm, rolled, blocks, counters, nextNumber } = this.#parts;
    const layout = layouts[partition.layout];
    const tier = partition.tier + 1;
    const step = layout.tiers[tier].step / 1000;
    const length = windowLength(layout, tier);
    const start = windowStart(partition.start, length);
    const number = nextNumber();
    const key = { policy: partition.layout, tier, step, windowStart: start, windowEnd: start + length, firstSequence: number, lastSequence: number, level: 0 };
    const sources = partition.blocks;
    const block = yield* this.#write(sources, key, (readers, writer) =>
      rollUp(readers, writer, {
        step,
        methodOf: methods.methodOf,
        xFilesFactorOf: methods.xFilesFactorOf,
        keep: alive,
        sourceStepOf: (id) => readStep(layout, partition.tier, layout.adaptive ? rhythm(id) : 0),
      }),
    );
    if (!block) return;
    if (block.points > 0) blocks.add(block, this.#now);
    else rmSync(block.path);
    // A seal cannot have come between: jobs run one at a time.
    rolled.add(partition);
    this.#rolledAt.set(partition, this.#now);
    counters.add('points.blocks_rolled_up');
  }

  /** Runs a copying job from blocks into a new one; undefined when a source turned out damaged and left the list. */
  *#write(
    sources: readonly BlockInfo[],
    key: ConstructorParameters<typeof BlockWriter>[1],
    copy: (readers: BlockReader[], writer: BlockWriter) => Generator<void, void>,
  ): Generator<void, BlockInfo | undefined> {
    const readers: BlockReader[] = [];
    let writer: BlockWriter | undefined;
    try {
      for (const source of sources) {
        const reader = this.#open(source);
        if (!reader) return undefined;
        readers.push(reader);
      }
      writer = new BlockWriter(blocksFolder(this.#parts.folder), key);
      yield* copy(readers, writer);
      return writer.finish();
    } finally {
      writer?.abort();
      for (const reader of readers) reader.close();
    }
  }

  /** Undefined when the block turned out damaged, and left the list. */
  #open(block: BlockInfo): BlockReader | undefined {
    try {
      return BlockReader.open(block.path, this.#parts.damaged);
    } catch (error) {
      this.#parts.damaged(block.path, causeOf(error));
      this.#parts.blocks.giveUp(block);
      return undefined;
    }
  }

  *#expire(partition: Partition): Generator<void, void> {
    yield;
    this.#parts.blocks.drop(partition.blocks, this.#now);
    this.#parts.rolled.forget(partition);
  }

  /** Writes a block anew when a fifth or more of its series are gone. */
  *#sweep(block: BlockInfo): Generator<void, void> {
    const partition = this.#parts.blocks.at(block.policy, block.tier, block.windowStart);
    if (!partition?.blocks.includes(block)) return;
    const reader = this.#open(block);
    if (!reader) return;
    const gone = reader.ids().reduce((sum, id) => sum + (this.#parts.alive(id) ? 0 : 1), 0);
    reader.close();
    yield;
    if (gone * 5 >= block.series && gone > 0) yield* this.#merge(partition, [block]);
  }
}
