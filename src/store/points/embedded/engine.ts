import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CounterLane } from '../../../core/counters.ts';
import { causeOf } from '../../../core/errors.ts';
import type { PointsPolicy } from '../../../core/policy.ts';
import type { FillBatch } from '../../../core/fill-batch.ts';
import type { BackupReport, FillReport, PointsStats, SoonRead } from '../points-store.ts';
import { backUp } from './backup.ts';
import type { BatchRing } from './batches.ts';
import { BlockReader } from './blocks/block-reader.ts';
import type { BlockJobParts } from './block-jobs.ts';
import { type BlockList, loadBlocks } from './block-list.ts';
import { type Clock, Present } from './clock.ts';
import { complain } from './complain.ts';
import { fillBlocks } from './fill-job.ts';
import { describeFill, nameFill, newestTimes } from './fill-names.ts';
import type { IndexLog } from './index/index-log.ts';
import { openIndex } from './index/open-index.ts';
import type { SeriesIndex } from './index/series-index.ts';
import { Layouts } from './layouts.ts';
import type { ReadPlan } from './messages.ts';
import { Methods } from './methods.ts';
import { planRead } from './plan.ts';
import { listLogs } from './point-log.ts';
import { recoverHeads } from './recover.ts';
import { Rhythms } from './rhythm.ts';
import { Rolled } from './rolled.ts';
import { folderBytes, forecast, freeBytes } from './stats.ts';
import { type Remembered, Translation } from './translation.ts';
import { Upkeep } from './upkeep.ts';
import { WritePath } from './write-path.ts';

export interface EngineOptions {
  folder: string;
  policy: PointsPolicy;
  maxSeries: number;
  counters: SharedArrayBuffer;
  clock: Clock;
  headPoints: number;
  sealAfter: number;
  /** Senders wait for room. */
  urgent: () => boolean;
  /** There is room again, or waiting for it is in vain. */
  roomChanged: () => void;
}

const MAX_DAMAGE = 1000;
/** Milliseconds between two snapshots of the index, and by how much it has to have grown. */
const SNAPSHOT_EVERY = 10 * 60_000;
const ENOUGH_GROWTH = 1.1;

/** The parts of an open store, wired. Everything happens in one thread. */
export class Engine {
  readonly index: SeriesIndex;
  readonly folder: string;
  readonly #names: IndexLog;
  readonly #options: EngineOptions;
  readonly #counters: CounterLane;
  readonly #present: Present;
  readonly #layouts: Layouts;
  readonly #methods: Methods;
  readonly #rhythms = new Rhythms();
  readonly #rolled: Rolled;
  readonly #blocks: BlockList;
  readonly #writePath: WritePath;
  readonly #jobParts: BlockJobParts;
  readonly #upkeep: Upkeep;
  readonly #damage: PointsStats['damage'] = [];
  /** Last number given to a log file or a block. */
  #number: number;
  #syncedIds = 0;
  #snapshotIds: number;
  #snapshotAt = 0;
  #namesProblem = '';
  #syncProblem = '';
  #syncing: Promise<void> = Promise.resolve();

  /** Opens the folder and recovers it; takes about a second for four million points and as many names. */
  constructor(options: EngineOptions) {
    const { folder, policy } = options;
    this.#options = options;
    this.folder = folder;
    this.#counters = new CounterLane(options.counters, 'points');
    this.#present = new Present(options.clock);
    mkdirSync(folder, { recursive: true });
    const damaged = (file: string, what: string): void => this.damaged(file, what);
    this.#blocks = loadBlocks(folder, this.#present.monotonic, damaged);
    this.#layouts = new Layouts(folder, policy, this.#blocks.blocks.length > 0, damaged);
    this.#rolled = new Rolled(folder, damaged);
    const { classify, key: policyKey } = this.#layouts;
    const opened = openIndex(join(folder, 'index'), { maxSeries: options.maxSeries, classify, policyKey });
    this.index = opened.index;
    this.#names = opened.log;
    for (const { file, what } of opened.damage) damaged(join(folder, 'index', file), what);
    if (opened.damage.length > 0 || this.index.ids === 0) this.#reserveIdsInBlocks();
    this.#snapshotIds = opened.damage.length > 0 ? 0 : this.index.ids;
    for (let id = 0; id < this.index.ids; id++) this.#rhythms.restore(id, this.index.stride(id) * this.#slotOf(id));
    this.#methods = new Methods(policy, this.index);
    this.#number = Math.max(0, ...this.#blocks.blocks.map((block) => block.lastSequence), ...listLogs(folder));
    const nextNumber = (): number => ++this.#number;
    const layoutOf = (id: number): number => this.index.policy(id);
    this.#writePath = new WritePath(
      {
        folder,
        present: this.#present,
        counters: this.#counters,
        layouts: this.#layouts.all,
        layoutOf,
        series: () => this.index.ids,
        headPoints: options.headPoints,
        nextNumber,
        writeNames: () => {
          this.#names.write();
          this.#namesProblem = '';
        },
        linked: (head, from, until) => this.#rhythms.observe(head, from, until, this.#isAdaptive, this.#setRhythm),
        frozen: () => this.#upkeep.wake(),
        sealFails: () => this.#upkeep.sealFails,
      },
      this.#recover(),
    );
    this.#jobParts = {
      folder,
      present: this.#present,
      counters: this.#counters,
      layouts: this.#layouts.all,
      blocks: this.#blocks,
      rolled: this.#rolled,
      methods: this.#methods,
      writePath: this.#writePath,
      alive: (id) => this.index.alive(id),
      layoutOf,
      rhythm: (id) => this.#rhythms.seconds(id),
      nextNumber,
      damaged,
      roomChanged: options.roomChanged,
    };
    this.#upkeep = new Upkeep({ ...this.#jobParts, sealAfter: options.sealAfter, syncNames: () => this.#names.sync(), urgent: options.urgent });
  }

  /** Counts, tells and keeps damage, once each: reads come upon the same place again and again. */
  damaged(file: string, what: string): void {
    if (this.#damage.some((known) => known.file === file && known.what === what)) return;
    complain(undefined, `${file}: ${what}`);
    this.#counters.add(file.endsWith('.log') ? 'points.damaged_records' : 'points.damaged_blocks');
    this.#damage.push({ file, what, time: this.#present.wall });
    if (this.#damage.length > MAX_DAMAGE) this.#damage.shift();
  }

  translation(): Translation {
    return new Translation(this.index, this.#counters, () => this.#present.monotonic);
  }

  take(ring: BatchRing, slot: number, count: number, translation: Translation): boolean {
    return this.#writePath.take(ring, slot, count, translation);
  }

  /** Hands new names to the kernel. */
  writeNames(): void {
    try {
      this.#names.write();
      this.#namesProblem = '';
    } catch (error) {
      this.#namesProblem = `cannot write names to ${this.folder}: ${causeOf(error)}`;
    }
  }

  plan(ids: Uint32Array, read: SoonRead): ReadPlan | undefined {
    const { index } = this;
    return planRead(
      {
        layouts: this.#layouts.all,
        mixed: this.#layouts.mixed,
        blocks: this.#blocks,
        rolled: this.#rolled,
        heads: this.#writePath.heads,
        series: (id) => (index.alive(id) ? { layout: index.policy(id), kind: index.kind(id) } : undefined),
        rhythm: (id) => this.#rhythms.seconds(id),
        methodOf: this.#methods.methodOf,
        xFilesFactorOf: this.#methods.xFilesFactorOf,
      },
      ids,
      read,
    );
  }

  /** Forgets the series; @returns what their writers need to declare them again. */
  remove(ids: readonly number[]): Map<number, Remembered> {
    const removed = new Map<number, Remembered>();
    for (const id of ids) {
      const { name, kind, method } = this.index.ref(id);
      removed.set(id, { bytes: Buffer.from(name), kind, method });
      this.index.remove(id);
    }
    this.writeNames();
    if (removed.size > 0) this.#upkeep.sweep();
    return removed;
  }

  /** Each second: what must not wait longer goes to the disk, and background work is looked for. */
  tick(): void {
    const failed = (error: unknown): void => {
      if (causeOf(error) === this.#syncProblem) return;
      this.#syncProblem = causeOf(error);
      complain(error, 'sync failed');
    };
    if (this.#writePath.dirty || this.index.ids !== this.#syncedIds) this.sync().catch(failed);
    if (this.#present.monotonic >= this.#snapshotAt && this.index.ids > this.#snapshotIds * ENOUGH_GROWTH) {
      this.#snapshotAt = this.#present.monotonic + SNAPSHOT_EVERY;
      this.#upkeep.exclusively(() => this.#snapshot()).catch(failed);
    }
    this.#upkeep.wake();
  }

  /** Saves the index whole, so that the next start need not read its log. */
  async #snapshot(): Promise<void> {
    const ids = this.index.ids;
    await this.#names.snapshot(this.index);
    this.#snapshotIds = ids;
  }

  /** Resolves when all names and points taken so far are on the disk. */
  sync(): Promise<void> {
    const next = this.#syncing
      .catch(() => {})
      .then(async () => {
        const ids = this.index.ids;
        await this.#names.sync();
        this.#syncedIds = ids;
        await this.#writePath.sync();
        this.#syncProblem = '';
      });
    this.#syncing = next;
    return next;
  }

  /** Writes points of the past, see PointsStore. */
  async fill(batch: FillBatch, dry: boolean): Promise<FillReport> {
    const { index } = this;
    const work = nameFill(batch, dry, { index, methods: this.#methods, classify: this.#layouts.classify, room: this.#options.maxSeries - index.size });
    const { written, left } = await this.#upkeep.fill(() => fillBlocks(this.#jobParts, work));
    for (const [id, times] of dry ? [] : newestTimes(work)) {
      if (!index.alive(id) || !this.#isAdaptive(id) || this.#rhythms.seconds(id) !== 0) continue;
      const seconds = this.#rhythms.learn(id, times);
      if (seconds !== 0) this.#setRhythm(id, seconds);
    }
    return { written, left, ...describeFill(work, this.#layouts.all) };
  }

  settle(): Promise<void> {
    return this.#upkeep.settle();
  }

  stats(): PointsStats {
    const { blocks } = this.#blocks;
    const heads = this.#writePath.heads.filter((head) => head.count > 0);
    const oldest = Math.min(...blocks.map((block) => block.minTime), ...heads.map((head) => head.oldest)) * 1000;
    return {
      series: this.index.size,
      maxSeries: this.#options.maxSeries,
      headPoints: heads.reduce((sum, head) => sum + head.count, 0),
      blocks: blocks.length,
      bytes: {
        blocks: blocks.reduce((sum, block) => sum + block.bytes, 0),
        log: folderBytes(join(this.folder, 'log')),
        index: this.#names.bytes,
      },
      pointsInBlocks: blocks.reduce((sum, block) => sum + block.points, 0),
      ...forecast(this.#blocks, this.#layouts.all),
      diskFree: freeBytes(this.folder),
      damage: [...this.#damage],
      writeProblem: this.#writePath.problem || this.#upkeep.problem || this.#namesProblem,
      oldest: Number.isFinite(oldest) ? oldest : NaN,
    };
  }

  async backup(folder: string): Promise<BackupReport> {
    return this.#upkeep.exclusively(() =>
      backUp({ from: this.folder, to: folder, blocks: this.#blocks.blocks, sync: () => this.sync(), series: this.index.size }),
    );
  }

  /** Stops background work and puts all on the disk; points stay in the log until the next start. */
  async close(): Promise<void> {
    await this.#upkeep.stop();
    this.#blocks.unlinkAll();
    await this.#syncing.catch(() => {});
    // A full disk is no reason not to stop: what was taken has been written.
    const failed = (error: unknown): void => complain(error, 'not all could be put on the disk');
    await this.#names.sync().catch(failed);
    await this.#writePath.close().catch(failed);
    await this.#snapshot().catch(failed);
    await this.#names.close().catch(failed);
  }

  /** Names were lost: the numbers that they had must not get another name. */
  #reserveIdsInBlocks(): void {
    for (const { path } of this.#blocks.blocks) {
      const reader = BlockReader.open(path, (file, what) => this.damaged(file, what));
      this.index.reserve((reader.ids().at(-1) ?? -1) + 1);
      reader.close();
    }
  }

  readonly #isAdaptive = (id: number): boolean => this.#layouts.all[this.index.policy(id)].adaptive;

  readonly #setRhythm = (id: number, seconds: number): void => this.index.setStride(id, seconds / this.#slotOf(id));

  /** Seconds a slot of the finest tier. */
  #slotOf(id: number): number {
    return (this.#layouts.all[this.index.policy(id)]?.tiers[0].step ?? 1000) / 1000;
  }

  #recover(): ReturnType<typeof recoverHeads> {
    const heads = recoverHeads({
      folder: this.folder,
      headPoints: this.#options.headPoints,
      monotonic: this.#present.monotonic,
      reserve: (ids) => this.index.reserve(ids),
      damaged: (file, what) => this.damaged(file, what),
    });
    for (const head of heads) this.#rhythms.observe(head, 0, head.count, this.#isAdaptive, this.#setRhythm);
    return heads;
  }
}
