import { BlockWriter } from './blocks/block-writer.ts';
import type { BlockInfo, BlockKey } from './blocks/block-key.ts';
import { PointColumns } from './blocks/point-columns.ts';
import type { Head } from './head.ts';
import type { Layout } from './layouts.ts';
import { putInOrder } from './put-in-order.ts';
import { sortHead } from './sort-head.ts';
import { oldestKept, windowLength, windowStart } from './windows.ts';

/** Block files written at a time; a head with points of more windows is gone through again. */
const MAX_OPEN = 16;
/** Points between two pauses. */
const SLICE = 4096;

export interface SealParts {
  /** Folder of the block files. */
  folder: string;
  layouts: Layout[];
  /** Layout of a series, or undefined when it is gone. */
  layoutOf: (id: number) => number | undefined;
  nextNumber: () => number;
}

/**
 * Writes a head's points into one block per layout, tier and window; pauses at each yield. Points of the finest tier
 * carry the head's log numbers, so sealing it once more after a crash replaces what the first time left. Points too old
 * for it go to a coarser tier under a number of their own, as roll-ups do: what is written last counts.
 * @throws the file system's error; nothing half-written is left, finished blocks are harmless
 */
export function* sealHead(head: Head, parts: SealParts): Generator<undefined, BlockInfo[]> {
  const sorted = yield* sortHead(head);
  const done: BlockInfo[] = [];
  const finished = new Set<string>();
  for (;;) {
    const pass = new Pass(head, parts, finished);
    try {
      yield* pass.run(sorted);
      for (const [name, writer] of pass.writers) {
        done.push(writer.finish());
        finished.add(name);
        yield;
      }
    } finally {
      for (const writer of pass.writers.values()) writer.abort();
    }
    if (!pass.more) return done;
  }
}

/** One walk over the series, into at most MAX_OPEN blocks. */
class Pass {
  readonly writers = new Map<string, BlockWriter>();
  /** There are windows left for another pass. */
  more = false;
  readonly #head: Head;
  readonly #parts: SealParts;
  readonly #finished: ReadonlySet<string>;
  readonly #bounds: TierBounds[][];
  readonly #points = new PointColumns();
  readonly #floored = new PointColumns();

  constructor(head: Head, parts: SealParts, finished: ReadonlySet<string>) {
    this.#head = head;
    this.#parts = parts;
    this.#finished = finished;
    this.#bounds = parts.layouts.map((layout) => tierBounds(layout, head.arrived));
  }

  *run({ order, starts }: { order: Uint32Array; starts: Uint32Array }): Generator<undefined> {
    const { slots, values } = this.#head;
    let sincePause = 0;
    for (let id = 0; id + 1 < starts.length; id++) {
      const start = id === 0 ? 0 : starts[id];
      const end = starts[id + 1];
      if (start === end) continue;
      const layout = this.#parts.layoutOf(id);
      if (layout === undefined) continue;
      const points = this.#points;
      points.clear();
      points.reserve(end - start);
      for (let i = start; i < end; i++) points.push(slots[order[i]], values[order[i]]);
      putInOrder(points);
      this.#write(id, layout);
      sincePause += end - start;
      if (sincePause < SLICE) continue;
      sincePause = 0;
      yield;
    }
  }

  /** Cuts a series' points at the borders of tiers and windows. */
  #write(id: number, layout: number): void {
    const { times, count } = this.#points;
    const tiers = this.#bounds[layout];
    for (let from = 0; from < count;) {
      const tier = tiers.findIndex(({ oldest }) => times[from] >= oldest);
      const at = tier < 0 ? tiers.length - 1 : tier;
      const start = windowStart(times[from], tiers[at].length);
      const end = Math.min(start + tiers[at].length, tiers[at - 1]?.oldest ?? Infinity);
      let until = from + 1;
      while (until < count && times[until] < end) until++;
      const writer = this.#writer(layout, at, start);
      if (writer && at === 0) writer.append(id, times, this.#points.values, from, until - from);
      else if (writer) this.#writeFloored(writer, id, tiers[at].step, from, until);
      from = until;
    }
  }

  /** Late points, onto the coarser grid; of those in one slot the last counts. */
  #writeFloored(writer: BlockWriter, id: number, step: number, from: number, until: number): void {
    const floored = this.#floored;
    floored.clear();
    for (let i = from; i < until; i++) {
      const time = this.#points.times[i] - (this.#points.times[i] % step);
      if (floored.count > 0 && floored.times[floored.count - 1] === time) floored.count--;
      floored.push(time, this.#points.values[i]);
    }
    writer.append(id, floored.times, floored.values, 0, floored.count);
  }

  #writer(layout: number, tier: number, start: number): BlockWriter | undefined {
    const name = `${layout}/${tier}/${start}`;
    const open = this.writers.get(name);
    if (open || this.#finished.has(name)) return open;
    if (this.writers.size === MAX_OPEN) {
      this.more = true;
      return undefined;
    }
    const { step, length } = this.#bounds[layout][tier];
    const late = tier > 0 ? this.#parts.nextNumber() : undefined;
    const key: BlockKey = {
      policy: layout,
      tier,
      step,
      windowStart: start,
      windowEnd: start + length,
      firstSequence: late ?? this.#head.firstLog,
      lastSequence: late ?? this.#head.lastLog,
      level: 0,
    };
    const writer = new BlockWriter(this.#parts.folder, key);
    this.writers.set(name, writer);
    return writer;
  }
}

/** Seconds. */
interface TierBounds {
  step: number;
  length: number;
  oldest: number;
}

function tierBounds(layout: Layout, now: number): TierBounds[] {
  return layout.tiers.map(({ step }, tier) => ({ step: step / 1000, length: windowLength(layout, tier), oldest: oldestKept(layout, tier, now) }));
}
