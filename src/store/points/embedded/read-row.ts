import type { Method } from '../../../core/series.ts';
import type { BlockReader, Placed } from './blocks/block-reader.ts';
import { PointColumns } from './blocks/point-columns.ts';
import { endOf, foldGrid, foldPoints, type Grid } from './grid.ts';
import type { PlannedTier } from './messages.ts';
import { putInOrder } from './put-in-order.ts';

/** A tier of the plan with its blocks opened. */
export type OpenTier = Omit<PlannedTier, 'blocks'> & { blocks: BlockReader[] };

/** All that is needed to read one series. */
export interface RowSource {
  id: number;
  /** Finest first; the last one answers. */
  tiers: OpenTier[];
  /** How points that share a slot of the answer become one. */
  gather: Method;
  /** How points that share a slot become one on the way there, and how a tier rolls up into the next. */
  method: Method;
  xFilesFactor: number;
  /** Points [start, end) of the head columns are the series', oldest first. */
  head: { slots: Uint32Array; values: Float64Array; start: number; end: number };
}

const columns = new PointColumns();

/** Fills `out` (all NaN) with the series' values on a grid whose step is a multiple of the answering tier's. */
export function readRow(source: RowSource, grid: Grid, out: Float64Array): void {
  readTier(source, source.tiers.length - 1, grid, out);
}

const gatherAt = (source: RowSource, level: number): Method => (level === source.tiers.length - 1 ? source.gather : source.method);

function readTier(source: RowSource, level: number, grid: Grid, out: Float64Array): void {
  const tier = source.tiers[level];
  const finer = tier.finer.length > 0;
  const foreign = tier.blocks.some((block) => block.info.step < tier.step);
  if (grid.step === tier.step || (!finer && !foreign)) {
    const placed = placeBlocks(source, tier, grid, out, foreign);
    if (grid.step === tier.step) {
      placeHead(source, level, grid, out);
      if (finer) foldFiner(source, level, grid, out);
      return;
    }
    // Fewer slots known than points placed: some met in one slot, and have to be gathered by the method.
    const met = !placed.apart && placed.points !== known(out);
    const [first, last] = placeHead(source, level, grid, out);
    if (met) gatherExactly(source, level, grid, out);
    else if (first <= last) gatherExactly(source, level, partOf(grid, first, last), out.subarray(first, last + 1));
    return;
  }
  // Coarser than the tier, and not all in its blocks: first as the tier is, then gathered.
  const own = gridOver(grid, tier.step);
  const values = new Float64Array(own.count).fill(NaN);
  readTier(source, level, own, values);
  foldGrid(values, grid.step / tier.step, gatherAt(source, level), 0, out, 0);
}

const partOf = ({ start, step }: Grid, first: number, last: number): Grid => ({ start: start + first * step, step, count: last + 1 - first });

const gridOver = (grid: Grid, step: number): Grid => ({ start: grid.start, step, count: (grid.count * grid.step) / step });

function placeBlocks(source: RowSource, tier: OpenTier, grid: Grid, out: Float64Array, foreign: boolean): Placed {
  const placed = { points: 0, end: 0, apart: true };
  for (const block of tier.blocks) {
    if (!block.has(source.id)) continue;
    if (foreign && block.info.step < tier.step) placeFolded(source, block, grid, out);
    else block.readGrid(source.id, grid.start, grid.step, out, placed);
  }
  return placed;
}

/** A block from before the rules changed, finer than the tier: its points are rolled up on the way. */
function placeFolded(source: RowSource, block: BlockReader, grid: Grid, out: Float64Array): void {
  columns.clear();
  block.read(source.id, grid.start, endOf(grid), columns);
  foldPoints(columns.times, columns.values, columns.count, grid, source.method, out);
}

/** Answers the first and the last slot in which points met others; the first is beyond the last when none did. */
function placeHead(source: RowSource, level: number, grid: Grid, out: Float64Array): [first: number, last: number] {
  const { slots, values, start, end } = source.head;
  const [from, until] = bounds(source, level, grid);
  let first = grid.count;
  let last = -1;
  for (let i = start; i < end; i++) {
    if (slots[i] < from || slots[i] >= until) continue;
    const slot = Math.floor((slots[i] - grid.start) / grid.step);
    if (out[slot] === out[slot]) {
      first = Math.min(first, slot);
      last = Math.max(last, slot);
    }
    out[slot] = values[i];
  }
  return [first, last];
}

/** Slots of head points that belong to a tier: those that the next finer one does not reach back to. */
function bounds(source: RowSource, level: number, grid: Grid): [from: number, until: number] {
  const finer = source.tiers[level - 1];
  const from = Math.max(grid.start, source.tiers[level].oldest);
  return [from, finer ? Math.min(endOf(grid), finer.oldest) : endOf(grid)];
}

/** Rolls up what the next finer tier holds and no roll-up has yet, as the roll-up will. */
function foldFiner(source: RowSource, level: number, grid: Grid, out: Float64Array): void {
  const step = source.tiers[level - 1].readStep;
  for (const [start, end] of source.tiers[level].finer) {
    const from = Math.max(start, grid.start);
    const until = Math.min(end, endOf(grid));
    if (until <= from) continue;
    const fine: Grid = { start: from, step, count: (until - from) / step };
    const values = new Float64Array(fine.count).fill(NaN);
    readTier(source, level - 1, fine, values);
    foldGrid(values, grid.step / step, source.method, source.xFilesFactor, out, (from - grid.start) / grid.step);
  }
}

/** The slow way, for points that share a slot: all in order of time, the last written of equal ones, then by the method. */
function gatherExactly(source: RowSource, level: number, grid: Grid, out: Float64Array): void {
  // Reads of blocks append, so that what was written later stands later.
  columns.clear();
  for (const block of source.tiers[level].blocks) block.read(source.id, grid.start, endOf(grid), columns);
  const { slots, values, start, end } = source.head;
  const [from, until] = bounds(source, level, grid);
  for (let i = start; i < end; i++) if (slots[i] >= from && slots[i] < until) columns.push(slots[i], values[i]);
  putInOrder(columns);
  foldPoints(columns.times, columns.values, columns.count, grid, gatherAt(source, level), out);
}

function known(values: Float64Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === values[i]) count++;
  return count;
}
