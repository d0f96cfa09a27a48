import type { FillRun } from '../../../core/fill-batch.ts';
import { fold } from '../../../core/fold.ts';
import type { Method } from '../../../core/series.ts';
import type { FillLeft, FillReport } from '../points-store.ts';
import { PointColumns } from './blocks/point-columns.ts';
import type { Layout } from './layouts.ts';

/** Seconds after the end of its slot from which a point is past: before, the live one may still come. */
const SETTLED_AFTER = 60;

/** How one series is kept. Seconds. */
export interface FillShape {
  layout: Layout;
  now: number;
  method: Method;
  xFilesFactor: number;
  /** Times that the series has in a tier or in finer ones, ascending, at least those from `from` up to `until`. */
  taken(tier: number, from: number, until: number): Uint32Array;
}

/** A series' points in the batch's columns. */
export interface FillSource {
  runs: readonly FillRun[];
  times: Uint32Array;
  values: Float64Array;
  /** Where they begin. */
  start: number;
}

/** What is to be written of a series, by tier; and what is not. */
export interface Placed {
  tiers: PointColumns[];
  written: number;
  left: FillReport['left'];
}

/**
 * Decides where past points go. A query of age A is answered by the finest tier that keeps A, so a point goes to the finest tier that
 * keeps its age; one that stands for a longer step goes to the coarser tiers up to that step as well, for there a roll-up would find too
 * little of it. Points finer than their tier become one by the series' method.
 */
export function placePoints(shape: FillShape, source: FillSource): Placed {
  const placed: Placed = { tiers: shape.layout.tiers.map(() => new PointColumns()), written: 0, left: [] };
  const cutoffs = tierCutoffs(shape.layout, shape.now);
  let at = source.start;
  for (const { step, count } of source.runs) {
    for (const end = at + count; at < end;) {
      const tier = cutoffs.findIndex((cutoff) => source.times[at] >= cutoff);
      const limit = tier < 0 ? cutoffs[cutoffs.length - 1] : (cutoffs[tier - 1] ?? Infinity);
      let until = at + 1;
      while (until < end && source.times[until] < limit) until++;
      if (tier < 0) leave(placed, at, until, 'old');
      else placeStretch(shape, source, placed, { tier, step, from: at, until });
      at = until;
    }
  }
  return placed;
}

/** Seconds from which on a tier is the one for a point: what shares a coarser slot stays together. */
function tierCutoffs({ tiers }: Layout, now: number): number[] {
  return tiers.map(({ keep }, tier) => {
    const oldest = now - keep / 1000;
    const next = (tiers[tier + 1]?.step ?? 0) / 1000;
    return next > 0 ? Math.floor(oldest / next) * next : Math.ceil(oldest);
  });
}

interface Stretch {
  tier: number;
  /** What each point stands for; 0 where that is not known. */
  step: number;
  from: number;
  until: number;
}

function placeStretch(shape: FillShape, { times, values }: FillSource, placed: Placed, { tier, step, from, until }: Stretch): void {
  const steps = shape.layout.tiers.map((each) => each.step / 1000);
  const width = Math.max(step, steps[tier]);
  const settled = shape.now - SETTLED_AFTER;
  const taken = shape.taken(tier, times[from] - (times[from] % width), times[until - 1] + width);
  const last = Math.max(tier, step === 0 ? 0 : steps.findLastIndex((each) => each <= step));
  let known = 0;
  for (let at = from; at < until;) {
    const slot = times[at] - (times[at] % width);
    let next = at + 1;
    while (next < until && times[next] < slot + width) next++;
    while (known < taken.length && taken[known] < slot) known++;
    const value = step < steps[tier] ? foldSlot(shape, times, values, { slot, step, from: at, until: next, width }) : values[next - 1];
    if (slot + width > settled) leave(placed, at, next, 'new');
    else if (known < taken.length && taken[known] < slot + width) leave(placed, at, next, 'there');
    else if (value !== value) leave(placed, at, next, 'thin');
    else {
      const time = step < steps[tier] ? slot : times[next - 1];
      for (let to = tier; to <= last; to++) append(placed.tiers[to], time - (time % steps[to]), value);
      placed.written += next - at;
    }
    at = next;
  }
}

/** Slots in the order of time; of points that share one the last counts. */
function append(columns: PointColumns, time: number, value: number): void {
  if (columns.count > 0 && columns.times[columns.count - 1] === time) columns.count--;
  columns.push(time, value);
}

let scratch = new Float64Array(64);

function foldSlot(
  { method, xFilesFactor }: FillShape,
  times: Uint32Array,
  values: Float64Array,
  { slot, step, from, until, width }: { slot: number; step: number; from: number; until: number; width: number },
): number {
  // How many there could have been is not known.
  if (step === 0) return until === from + 1 ? values[from] : fold(method, values, from, until, 0);
  const ratio = Math.ceil(width / step);
  if (ratio > scratch.length) scratch = new Float64Array(ratio);
  scratch.fill(NaN, 0, ratio);
  for (let i = from; i < until; i++) scratch[Math.floor((times[i] - slot) / step)] = values[i];
  return fold(method, scratch, 0, ratio, xFilesFactor);
}

function leave({ left }: Placed, from: number, until: number, why: FillLeft): void {
  const before = left.at(-1);
  if (before && before[2] === why && before[0] + before[1] === from) before[1] += until - from;
  else left.push([from, until - from, why]);
}
