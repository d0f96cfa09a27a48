import { causeOf, HeedError } from '../../../core/errors.ts';
import { type BlockJobParts, expireWindow, mergeWindow, rollUpWindow, sealFrozen, sweepBlock } from './block-jobs.ts';
import type { Partition } from './block-list.ts';
import type { BlockInfo } from './blocks/block-key.ts';
import { pickBlocks, wholeRun } from './compaction.ts';
import { complain } from './complain.ts';
import { runSliced, Stopped } from './run-sliced.ts';
import { oldestKept } from './windows.ts';

/** Seconds after a window's end for points in flight, and for the head that has them to be sealed. */
const GRACE = 3600;
/** A window is rolled up when it is older than this part of its archive's retention. */
const RIPE = 1 / 4;
/** A window that got late points is rolled up again, but not more often than this. */
const REROLL_AFTER = 6 * 3_600_000;
/** Milliseconds after which a seal that failed is tried again, and work on a window that failed. */
const SEAL_AGAIN = 1000;
const WINDOW_AGAIN = 60_000;

export interface UpkeepParts extends BlockJobParts {
  /** Milliseconds after which an unfilled head is sealed. */
  sealAfter: number;
  syncNames: () => Promise<void>;
  /** Senders wait for a head to be sealed. */
  urgent: () => boolean;
}

interface Job {
  /** What has to be done before. */
  first?(): Promise<void>;
  run(): Generator<void, void>;
  /** The window that is worked on; undefined for a seal, and for work that somebody waits for. */
  partition?: Partition;
  /** Tells who waits for the work that it failed. */
  failed?(error: unknown): void;
}

/** Batches of past points that may wait at a time. */
const MAX_FILLS = 4;

/** Background work on blocks, one job at a time, in slices: seal, merge, roll up, forget. */
export class Upkeep {
  /** Why the last job failed; empty when all is well. */
  problem = '';
  stopping = false;
  /** The last seal failed: waiting for one is in vain. */
  sealFails = false;
  readonly #parts: UpkeepParts;
  #running: Promise<void> | undefined;
  #sealAt = 0;
  readonly #failedAt = new WeakMap<Partition, number>();
  /** Monotonic milliseconds by partition. */
  readonly #mergedAt = new WeakMap<Partition, number>();
  readonly #rolledAt = new WeakMap<Partition, number>();
  /** Batches of past points, in the order they came. */
  readonly #fills: Job[] = [];
  /** Blocks to look through for removed series. */
  #unswept: BlockInfo[] = [];

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
  }

  /** Looks for work; called each second and when a head was frozen. */
  wake(): void {
    this.#parts.blocks.unlinkLeft(this.#now);
    if (this.#running || this.stopping) return;
    void this.exclusively(() => this.#work(() => this.#next()));
  }

  /** Seals what is in memory and does everything that could be done, however little it is worth. */
  async settle(): Promise<void> {
    const { writePath } = this.#parts;
    await this.exclusively(async () => {
      if (writePath.active.count > 0) writePath.freeze();
      this.#sealAt = 0;
      this.problem = '';
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

  /**
   * Runs work that writes points of the past, after what frees room and after merges that are due: who sends such points waits for them,
   * so that blocks do not pile up.
   * @throws HeedError `busy`, `cannot_write`, `store_closed`
   */
  async fill<Result>(work: () => Generator<void, Result>): Promise<Result> {
    if (this.#fills.length >= MAX_FILLS)
      throw new HeedError('busy', 'cannot take more points of the past: others wait already; send them again', { status: 503 });
    const done = Promise.withResolvers<Result>();
    const failed = (error: unknown): void => done.reject(refusalOf(error));
    const job: Job = { first: () => this.#parts.syncNames(), run, failed };
    function* run(): Generator<void, void> {
      done.resolve(yield* work());
    }
    this.#fills.push(job);
    if (this.stopping) failed(new Stopped());
    else this.wake();
    return await done.promise;
  }

  /** Series were removed: blocks that are mostly theirs are written anew. */
  sweep(): void {
    this.#unswept = this.#parts.blocks.blocks;
    this.wake();
  }

  /** Ends the current job, leaving no half-written file. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const fill of this.#fills.splice(0)) fill.failed?.(new Stopped());
    await this.#running;
  }

  get urgent(): boolean {
    return this.#parts.urgent();
  }

  get #now(): number {
    return this.#parts.present.monotonic;
  }

  async #work(next: () => Job | undefined): Promise<void> {
    for (let job = next(); job && !this.stopping; job = next()) {
      try {
        await job.first?.();
        await runSliced(job.run(), this);
        this.problem = '';
        if (!job.partition && !job.failed) this.sealFails = false;
      } catch (error) {
        job.failed?.(error);
        if (error instanceof Stopped) return;
        if (!job.failed) this.#failed(job, error);
      }
    }
  }

  #failed({ partition }: Job, error: unknown): void {
    const problem = `cannot write blocks to ${this.#parts.folder}: ${causeOf(error)}`;
    // It is tried again and again; once is enough to be told.
    if (problem !== this.problem) complain(error, 'background work failed');
    this.problem = problem;
    if (partition) {
      this.#failedAt.set(partition, this.#now);
      return;
    }
    this.sealFails = true;
    this.#sealAt = this.#now + SEAL_AGAIN;
    this.#parts.roomChanged();
  }

  /** The most pressing job. `all` disregards what would rather wait. */
  #next(all = false): Job | undefined {
    const { writePath } = this.#parts;
    const partitions = this.#workable();
    // First what frees room.
    for (const partition of partitions)
      if (this.#expired(partition) && !this.#rollsUp(partition)) return { partition, run: () => expireWindow(this.#parts, partition) };
    if (writePath.frozen.length === 0 && this.#now - writePath.active.born >= this.#parts.sealAfter) writePath.freeze();
    if (writePath.frozen.length > 0) return this.#now >= this.#sealAt ? this.#sealing() : undefined;
    for (const partition of partitions) {
      const picked = pickBlocks(partition, { now: this.#now, finished: this.#finished(partition), merged: this.#mergedAt.get(partition) ?? -Infinity });
      if (picked.length > 0) return this.#merge(partition, picked);
    }
    const fill = this.#fills.shift();
    if (fill) return fill;
    for (const partition of partitions) if (this.#mayRollUp(partition, all)) return this.#rollUp(partition);
    for (const partition of partitions) {
      const run = all ? wholeRun(partition.blocks) : [];
      if (run.length > 0) return this.#merge(partition, run);
    }
    return this.#nextSweep();
  }

  /** Windows of layouts that are known, in an order in which roll-ups need each only once; but those that just failed. */
  #workable(): Partition[] {
    const { blocks, layouts } = this.#parts;
    const failed = (partition: Partition): boolean => this.#now - (this.#failedAt.get(partition) ?? -Infinity) < WINDOW_AGAIN;
    return blocks.partitions
      .filter((partition) => layouts[partition.layout]?.tiers[partition.tier] !== undefined && !failed(partition))
      .toSorted((a, b) => a.tier - b.tier || a.start - b.start);
  }

  #nextSweep(): Job | undefined {
    for (let block = this.#unswept.pop(); block; block = this.#unswept.pop()) {
      const partition = this.#parts.blocks.at(block.policy, block.tier, block.windowStart);
      const found = block;
      if (partition?.blocks.includes(found)) return { partition, run: () => sweepBlock(this.#parts, partition, found) };
    }
    return undefined;
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
    if (!this.#rollsUp(partition) || !this.#finished(partition) || !this.#ripe(partition)) return false;
    return all || this.#expired(partition) || this.#now - (this.#rolledAt.get(partition) ?? -Infinity) >= REROLL_AFTER;
  }

  /** Young windows are read in full anyway: their roll-up would cost disk for nothing, and again for each late point. */
  #ripe({ layout, tier, end }: Partition): boolean {
    const keep = this.#parts.layouts[layout].tiers[tier].keep / 1000;
    return end + keep * RIPE <= this.#parts.present.range().earliest / 1000;
  }

  /** The log's points take their names from the index: those must be on the disk before the log goes. */
  #sealing(): Job {
    return { first: () => this.#parts.syncNames(), run: () => sealFrozen(this.#parts) };
  }

  #merge(partition: Partition, picked: BlockInfo[]): Job {
    const [parts, merged] = [this.#parts, this.#mergedAt];
    function* run(): Generator<void, void> {
      yield* mergeWindow(parts, partition, picked);
      if (partition.blocks.length === 1) merged.set(partition, parts.present.monotonic);
    }
    return { partition, run };
  }

  #rollUp(partition: Partition): Job {
    const [parts, rolledAt] = [this.#parts, this.#rolledAt];
    function* run(): Generator<void, void> {
      yield* rollUpWindow(parts, partition);
      rolledAt.set(partition, parts.present.monotonic);
    }
    return { partition, run };
  }
}

/** Why past points were not written, for who sent them. */
function refusalOf(error: unknown): HeedError {
  if (error instanceof HeedError) return error;
  if (error instanceof Stopped) return new HeedError('store_closed', 'cannot write points of the past: the server stops; send them again', { status: 503 });
  return new HeedError('cannot_write', `cannot write points of the past: ${causeOf(error)}`, { status: 503, cause: error });
}
