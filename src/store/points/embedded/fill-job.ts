import type { FillBatch } from '../../../core/fill-batch.ts';
import { type BlockJobParts, openBlock, sealFrozen } from './block-jobs.ts';
import { blocksFolder } from './block-list.ts';
import type { BlockReader } from './blocks/block-reader.ts';
import { BlockWriter } from './blocks/block-writer.ts';
import { PointColumns } from './blocks/point-columns.ts';
import type { FillWork } from './fill-names.ts';
import { placePoints } from './fill-places.ts';
import type { FillReport } from '../points-store.ts';
import { putInOrder } from './put-in-order.ts';
import { windowLength, windowStart } from './windows.ts';

/** Points between two pauses. */
const SLICE = 16_384;

/** A series' points for one block. */
interface Piece {
  id: number;
  times: Uint32Array;
  values: Float64Array;
}

/**
 * Writes a batch of past points straight into blocks. Points in memory are sealed first and later ones get a later number, so that the
 * order of blocks stays the order of writing. Coarse blocks come first: after a crash in between, the points are missing in the finer
 * tier and are written again.
 */
export function* fillBlocks(parts: BlockJobParts, work: FillWork): Generator<void, Pick<FillReport, 'written' | 'left'>> {
  const { writePath, nextNumber } = parts;
  if (writePath.active.count > 0) writePath.freeze();
  const number = nextNumber();
  while (writePath.frozen.length > 0) yield* sealFrozen(parts);
  const { pieces, written, left } = yield* place(parts, work);
  if (work.dry) return { written, left };
  for (const key of [...pieces.keys()].toSorted((a, b) => b.tier - a.tier || a.start - b.start)) {
    yield;
    const { layout, tier, start } = key;
    const step = parts.layouts[layout].tiers[tier].step / 1000;
    const end = start + windowLength(parts.layouts[layout], tier);
    const writer = new BlockWriter(blocksFolder(parts.folder), {
      policy: layout,
      tier,
      step,
      windowStart: start,
      windowEnd: end,
      firstSequence: number,
      lastSequence: number,
      level: 0,
    });
    try {
      let sincePause = 0;
      for (const { id, times, values } of pieces.get(key) ?? []) {
        writer.append(id, times, values, 0, times.length);
        sincePause += times.length;
        if (sincePause < SLICE) continue;
        sincePause = 0;
        yield;
      }
      parts.blocks.add(writer.finish(), parts.present.monotonic);
    } finally {
      writer.abort();
    }
  }
  parts.counters.add('points.filled', written);
  return { written, left };
}

interface WindowKey {
  layout: number;
  tier: number;
  start: number;
}

function* place(parts: BlockJobParts, work: FillWork): Generator<void, { pieces: Map<WindowKey, Piece[]>; written: number; left: FillReport['left'] }> {
  const { batch, ids, layouts, methods, xFilesFactors } = work;
  const now = Math.floor(parts.present.range().earliest / 1000);
  const taken = new Taken(parts);
  const keys = new Map<string, WindowKey>();
  const pieces = new Map<WindowKey, Piece[]>();
  const left: FillReport['left'] = [];
  let written = 0;
  try {
    let sincePause = 0;
    for (const { position, start, count } of inOrder(batch, ids)) {
      const id = ids[position];
      const layout = layouts[position];
      if (layout < 0) {
        if (count > 0) left.push([start, count, 'refused']);
        continue;
      }
      const isNew = id < 0 || id >= work.firstNew;
      const shape = {
        layout: parts.layouts[layout],
        now,
        method: methods[position],
        xFilesFactor: xFilesFactors[position],
        taken: (tier: number, from: number, until: number) => (isNew ? NONE : taken.times(id, layout, tier, from, until)),
      };
      const placed = placePoints(shape, { runs: batch.series[position].runs, times: batch.times, values: batch.values, start });
      written += placed.written;
      left.push(...placed.left);
      for (const [tier, columns] of work.dry ? [] : placed.tiers.entries()) {
        for (const [window, piece] of cut(columns, id, windowLength(parts.layouts[layout], tier))) {
          const name = `${layout}/${tier}/${window}`;
          const key = keys.get(name) ?? { layout, tier, start: window };
          keys.set(name, key);
          const list = pieces.get(key);
          if (list) list.push(piece);
          else pieces.set(key, [piece]);
        }
      }
      sincePause += count + 100;
      if (sincePause < SLICE) continue;
      sincePause = 0;
      yield;
    }
  } finally {
    taken.close();
  }
  return { pieces, written, left: left.toSorted((a, b) => a[0] - b[0]) };
}

const NONE = new Uint32Array(0);

/** The batch's series by number, as blocks hold them, each with where its points are. */
function inOrder({ series }: FillBatch, ids: Int32Array): { position: number; start: number; count: number }[] {
  let at = 0;
  const list = series.map(({ runs }, position) => {
    const start = at;
    for (const { count } of runs) at += count;
    return { position, start, count: at - start };
  });
  return list.toSorted((a, b) => ids[a.position] - ids[b.position]);
}

/** Cuts a tier's points at the borders of windows. */
function* cut({ times, values, count }: PointColumns, id: number, length: number): Generator<[window: number, piece: Piece]> {
  for (let from = 0; from < count;) {
    const window = windowStart(times[from], length);
    let until = from + 1;
    while (until < count && times[until] < window + length) until++;
    yield [window, { id, times: times.subarray(from, until), values: values.subarray(from, until) }];
    from = until;
  }
}

/** Times that series have in blocks. Those that other rules of retention left do not count: they go when those rules say. */
class Taken {
  readonly #parts: BlockJobParts;
  readonly #readers = new Map<string, BlockReader | undefined>();
  readonly #columns = new PointColumns();

  constructor(parts: BlockJobParts) {
    this.#parts = parts;
  }

  times(id: number, layout: number, coarsest: number, from: number, until: number): Uint32Array {
    this.#columns.clear();
    for (let tier = 0; tier <= coarsest; tier++) {
      for (const { blocks } of this.#parts.blocks.within(layout, tier, from, until)) {
        for (const block of blocks) {
          const reader = this.#open(block);
          if (reader?.has(id)) reader.read(id, from, until, this.#columns);
        }
      }
    }
    if (this.#columns.count === 0) return NONE;
    putInOrder(this.#columns);
    return this.#columns.times.slice(0, this.#columns.count);
  }

  close(): void {
    for (const reader of this.#readers.values()) reader?.close();
  }

  #open(block: Parameters<typeof openBlock>[1]): BlockReader | undefined {
    if (!this.#readers.has(block.path)) this.#readers.set(block.path, openBlock(this.#parts, block));
    return this.#readers.get(block.path);
  }
}
