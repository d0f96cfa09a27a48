import { causeOf } from '../../../core/errors.ts';
import { type CounterLane, counterIndex } from '../../../core/counters.ts';
import { BATCH_POINTS, type BatchRing } from './batches.ts';
import type { Present } from './clock.ts';
import { Head } from './head.ts';
import type { Layout } from './layouts.ts';
import { PointLog } from './point-log.ts';
import type { Translation } from './translation.ts';

const RECEIVED = counterIndex('points.received');
const STORED = counterIndex('points.stored');
const TOO_OLD = counterIndex('points.dropped.too_old');
const IN_FUTURE = counterIndex('points.dropped.in_future');
const DISK_FULL = counterIndex('points.dropped.disk_full');

/** Points further ahead than this are a sender's mistake; they would hide all later ones. */
const AHEAD = 86_400;
const RETRY_AFTER = 1000;

export interface WritePathParts {
  folder: string;
  present: Present;
  counters: CounterLane;
  layouts: Layout[];
  layoutOf: (id: number) => number;
  /** Series numbers are below this. */
  series: () => number;
  headPoints: number;
  /** Gives numbers to log files, and to blocks that do not come from one. */
  nextNumber: () => number;
  /** Writes names that batches brought to the kernel; points must not come before their names. */
  writeNames: () => void;
  /** Points [from, until) of a head became readable. */
  linked: (head: Head, from: number, until: number) => void;
  /** A head was frozen and waits to be sealed. */
  frozen: () => void;
  /** Sealing fails, so waiting for it would be in vain. */
  sealFails: () => boolean;
}

/**
 * The way of a batch: translate, floor to slots, write to the log, link into the head. One head is active; a frozen one
 * waits to be sealed. Failing writes (a full disk) drop points by name and try again each second.
 */
export class WritePath {
  active: Head;
  /** Oldest first; more than one only after a crash. */
  readonly frozen: Head[] = [];
  /** Why nothing can be written; empty when all is well. */
  problem = '';
  readonly #parts: WritePathParts;
  readonly #values: Float64Array;
  #log: PointLog | undefined;
  /** Log files of frozen heads, on their way to the disk. */
  #closing: Promise<void> = Promise.resolve();
  #retryAt = 0;

  /** Goes on with the heads that were recovered, oldest first. */
  constructor(parts: WritePathParts, recovered: readonly Head[]) {
    this.#parts = parts;
    this.#values = parts.counters.values;
    this.frozen.push(...recovered.slice(0, -1));
    this.active = recovered.at(-1) ?? new Head(parts.headPoints, 0);
  }

  /** All points that are not in blocks, older heads first. */
  get heads(): Head[] {
    return [...this.frozen, this.active];
  }

  /**
   * Takes one slot of a writer's ring.
   * @returns false when there is no room until the frozen head is sealed; the caller keeps the batch
   */
  take(ring: BatchRing, slot: number, count: number, translation: Translation): boolean {
    const blocked = this.problem !== '' && this.#parts.present.monotonic < this.#retryAt;
    if (!blocked && this.#isFull()) {
      if (this.frozen.length === 0) this.freeze();
      else if (!this.#parts.sealFails()) return false;
    }
    this.#values[RECEIVED] += count;
    if (blocked || this.#isFull()) {
      this.#values[DISK_FULL] += count;
      return true;
    }
    const { earliest, latest } = this.#parts.present.range();
    const from = this.active.count;
    const staged = this.#stage(ring, slot * BATCH_POINTS, count, translation, earliest, latest);
    if (this.#write(from, staged, earliest)) {
      this.active.reach(this.#parts.series());
      this.active.link(staged);
      if (Number.isNaN(this.active.born)) this.active.born = this.#parts.present.monotonic;
      if (Number.isNaN(this.active.arrived)) this.active.arrived = earliest;
      this.#values[STORED] += staged;
      this.#parts.linked(this.active, from, from + staged);
    } else {
      this.#values[DISK_FULL] += staged;
    }
    return true;
  }

  /** Sets the active head aside to be sealed; the next batch opens a new log file. */
  freeze(): void {
    this.frozen.push(this.active);
    this.active = new Head(this.#parts.headPoints, 0);
    const log = this.#log;
    this.#log = undefined;
    // Its points are in memory until they are sealed; a failing sync shows with the next file as well.
    if (log)
      this.#closing = this.#closing
        .then(() => log.sync())
        .catch(() => {})
        .then(() => log.close());
    this.#parts.frozen();
  }

  #isFull(): boolean {
    return this.active.count + BATCH_POINTS > this.active.capacity;
  }

  /** Something was taken since the last sync. */
  get dirty(): boolean {
    return this.#log?.dirty ?? false;
  }

  /** Resolves when all that was taken is on the disk; names have to be there before. */
  async sync(): Promise<void> {
    const log = this.#log;
    await this.#closing;
    try {
      await log?.sync();
    } catch (error) {
      this.#fail(error);
      // What the log holds cannot be trusted now; blocks will hold it.
      if (log === this.#log && this.frozen.length === 0) this.freeze();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#closing;
    const log = this.#log;
    this.#log = undefined;
    try {
      await log?.sync();
    } finally {
      await log?.close();
    }
  }

  /** Puts the batch's good points behind the head's linked ones; @returns how many. */
  #stage(ring: BatchRing, start: number, count: number, translation: Translation, earliest: number, latest: number): number {
    const { series, slots, values } = this.active;
    const newest = Math.floor(latest / 1000) + AHEAD;
    const steps = this.#parts.layouts.map(({ tiers }) => tiers[0].step / 1000);
    const oldest = this.#parts.layouts.map(({ tiers }) => Math.floor((earliest - (tiers.at(-1)?.keep ?? 0)) / 1000));
    let at = this.active.count;
    for (let i = start; i < start + count; i++) {
      const value = ring.values[i];
      if (value !== value) continue;
      const id = translation.seriesOf(ring.ids[i]);
      if (id < 0) continue;
      const seconds = Math.floor(ring.times[i] / 1000);
      const layout = this.#parts.layoutOf(id);
      if (!(seconds >= oldest[layout] && seconds >= 0)) this.#values[TOO_OLD]++;
      else if (seconds > newest) this.#values[IN_FUTURE]++;
      else {
        series[at] = id;
        slots[at] = seconds - (seconds % steps[layout]);
        values[at++] = value;
      }
    }
    return at - this.active.count;
  }

  #write(from: number, count: number, now: number): boolean {
    const { active } = this;
    try {
      this.#parts.writeNames();
      if (count > 0) {
        this.#log ??= this.#openLog();
        this.#log.append(
          Math.floor(now / 1000),
          active.series.subarray(from, from + count),
          active.slots.subarray(from, from + count),
          active.values.subarray(from, from + count),
        );
      }
      this.problem = '';
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  /** Stops taking points for a second; reads go on. */
  #fail(error: unknown): void {
    this.problem = `cannot write points to ${this.#parts.folder}: ${causeOf(error)}`;
    this.#retryAt = this.#parts.present.monotonic + RETRY_AFTER;
  }

  #openLog(): PointLog {
    const log = new PointLog(this.#parts.folder, this.#parts.nextNumber());
    if (this.active.count === 0) this.active.firstLog = log.number;
    this.active.lastLog = log.number;
    return log;
  }
}
