import { Kind, type Method } from '../../../core/series.ts';
import type { BlockList, Partition } from './block-list.ts';
import { answerGrid, endOf } from './grid.ts';
import { collectPoints, type Head, type HeadPoints } from './head.ts';
import type { Layout } from './layouts.ts';
import type { PlannedTier, ReadPlan, ReadShape } from './messages.ts';
import type { SoonRead } from '../points-store.ts';
import type { Rolled } from './rolled.ts';
import { oldestKept, windowLength, windowStart } from './windows.ts';

/** What a plan is made from. */
export interface PlanSource {
  layouts: Layout[];
  /** Blocks of other layouts may hold older points of any series. */
  mixed: boolean;
  blocks: BlockList;
  rolled: Rolled;
  /** Frozen before active. */
  heads: Head[];
  /** Undefined when the series is gone. */
  series(id: number): { layout: number; kind: Kind } | undefined;
  /** Seconds between the series' points; 0 when not known. */
  rhythm: (id: number) => number;
  methodOf: (id: number) => Method;
  xFilesFactorOf: (id: number) => number;
}

/** Series that are read alike. */
interface Shape {
  position: number;
  layout: number;
  tier: number;
  /** Seconds between points, 0 when not known or of no interest. */
  rhythm: number;
  step: number;
  lastWins: boolean;
}

/** The rhythm of a series of which too little is known. */
const UNKNOWN_RHYTHM = 10;

/**
 * Decides how each of `ids` is read in (from, until], milliseconds, and collects their points that are not in blocks. No plan is made of
 * a read whose answer would hold more than `maxPoints`.
 */
export function planRead(source: PlanSource, ids: Uint32Array, { from, until, now, maxPoints }: SoonRead): ReadPlan | undefined {
  let points = 0;
  const shapes = new Map<string, Shape>();
  const shapeOf = new Int16Array(ids.length).fill(-1);
  const methods = new Uint8Array(ids.length);
  const xFilesFactors = new Float64Array(ids.length);
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row];
    methods[row] = source.methodOf(id);
    xFilesFactors[row] = source.xFilesFactorOf(id);
    const series = source.series(id);
    if (!series) continue;
    const layout = source.layouts[series.layout];
    const tier = tierFor(layout, now - from);
    const rhythm = layout.adaptive ? source.rhythm(id) : 0;
    const lastWins = series.kind === Kind.gauge || series.kind === Kind.unknown;
    const name = `${series.layout}/${tier}/${rhythm}/${lastWins}`;
    let shape = shapes.get(name);
    if (!shape) {
      shape = { position: shapes.size, layout: series.layout, tier, rhythm, step: answerStep(layout, tier, rhythm), lastWins };
      shapes.set(name, shape);
    }
    shapeOf[row] = shape.position;
    points += answerGrid(from, until, shape.step).count;
    if (points > maxPoints) return undefined;
  }
  const head = collectHead(source, ids, from, until, [...shapes.values()]);
  return {
    shapeOf,
    methods,
    xFilesFactors,
    head,
    shapes: [...shapes.values()].map((shape) => planShape(source, shape, from, until, head)),
  };
}

/** Whisper's rule: the finest tier that reaches back to `age`, for the whole interval; else the longest. */
function tierFor(layout: Layout, age: number): number {
  const found = layout.tiers.findIndex((tier) => tier.keep >= age);
  return found < 0 ? layout.tiers.length - 1 : found;
}

/** Seconds a slot of the answer: the tier's step, or under adaptive rules the series' own rhythm in whole steps. */
function answerStep(layout: Layout, tier: number, rhythm: number): number {
  const step = layout.tiers[tier].step / 1000;
  return layout.adaptive ? Math.ceil((rhythm || UNKNOWN_RHYTHM) / step) * step : step;
}

/** The step in which a tier is rolled up: the series' rhythm, where it fits between the tier's step and the next one's. */
export function readStep(layout: Layout, tier: number, rhythm: number): number {
  const step = layout.tiers[tier].step / 1000;
  const next = (layout.tiers[tier + 1]?.step ?? 0) / 1000;
  const own = answerStep(layout, tier, rhythm);
  return next > 0 && next % own === 0 ? own : step;
}

function collectHead(source: PlanSource, ids: Uint32Array, from: number, until: number, shapes: { step: number }[]): HeadPoints {
  let first = Infinity;
  let last = 0;
  for (const { step } of shapes) {
    const grid = answerGrid(from, until, step);
    first = Math.min(first, grid.start);
    last = Math.max(last, endOf(grid));
  }
  return collectPoints(source.heads, ids, Math.max(0, first), last);
}

function planShape(source: PlanSource, shape: Shape, from: number, until: number, head: HeadPoints): ReadShape {
  const grid = answerGrid(from, until, shape.step);
  const layout = source.layouts[shape.layout];
  const tiers: PlannedTier[] = [];
  let parts: [number, number][] = [[grid.start, endOf(grid)]];
  for (let tier = shape.tier; tier >= 0; tier--) {
    const finer = tier > 0 ? partsToFold(source, shape.layout, tier, parts, head) : [];
    tiers.unshift({
      step: layout.tiers[tier].step / 1000,
      readStep: readStep(layout, tier, shape.rhythm),
      oldest: oldestKept(layout, tier, arrivalOf(source)),
      blocks: blocksFor(source, shape.layout, tier, parts),
      finer,
    });
    if (finer.length === 0) break;
    parts = finer;
  }
  return { step: shape.step, lastWins: shape.lastWins, tiers };
}

function blocksFor(source: PlanSource, layout: number, tier: number, parts: [number, number][]): string[] {
  const found: Partition[] = [];
  for (const [start, end] of parts) {
    // What another layout left comes first: the series' own blocks are newer.
    if (source.mixed) found.push(...source.blocks.ofOthers(layout, start, end));
    found.push(...source.blocks.within(layout, tier, start, end));
  }
  return [...new Set(found.flatMap((partition) => partition.blocks.map((block) => block.path)))];
}

/** When the oldest head began: its points go to tiers by this, and so do the others' nearly. */
function arrivalOf({ heads }: PlanSource): number {
  return Math.min(...heads.filter((head) => head.count > 0).map((head) => head.arrived), Number.MAX_SAFE_INTEGER);
}

/** Parts of the interval for which the next finer tier has to be folded: windows not rolled up, or written to since. */
function partsToFold(source: PlanSource, layout: number, tier: number, parts: [number, number][], head: HeadPoints): [number, number][] {
  const finer = tier - 1;
  const length = windowLength(source.layouts[layout], finer);
  const step = source.layouts[layout].tiers[tier].step / 1000;
  const oldest = oldestKept(source.layouts[layout], finer, arrivalOf(source));
  const fold: [number, number][] = [];
  const starts = new Set<number>();
  for (const slot of head.slots) if (slot >= oldest) starts.add(windowStart(slot, length));
  for (const [start, end] of parts) {
    for (const partition of source.blocks.within(layout, finer, start, end)) if (!source.rolled.covers(partition)) starts.add(partition.start);
    // Windows that the next finer tier has, but this finer one has not yet: their roll-ups stand two steps back.
    if (finer > 0)
      for (const [a, b] of partsToFold(source, layout, finer, [[start, end]], head))
        for (let window = windowStart(a, length); window < b; window += length) starts.add(window);
  }
  for (const window of [...starts].toSorted((a, b) => a - b)) {
    for (const [start, end] of parts) {
      const from = Math.max(window - (window % step), start);
      const until = Math.min(window + length, end);
      if (from >= until) continue;
      const before = fold.at(-1);
      if (before && before[1] >= from) before[1] = Math.max(before[1], until);
      else fold.push([from, until]);
    }
  }
  return fold;
}
