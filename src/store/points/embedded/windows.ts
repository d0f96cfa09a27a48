import type { Layout } from './layouts.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Lengths to choose from, seconds. */
const LENGTHS = [DAY, 7 * DAY, 30 * DAY, 60 * DAY, 360 * DAY];
/** Steps that a window should hold. */
const STEPS = 8640;

/**
 * Seconds that one block window of a tier spans: about 8,640 steps, less where the tier is kept for less than two windows
 * (so that retention frees space in time), and whole slots of the next tier (so that a window rolls up by itself).
 */
export function windowLength(layout: Layout, tier: number): number {
  const { step, keep } = layout.tiers[tier];
  const unit = (layout.tiers[tier + 1]?.step ?? step) / 1000;
  const wanted = LENGTHS.find((length) => length >= (STEPS * step) / 1000) ?? (STEPS * step) / 1000;
  const length = Math.min(wanted, Math.max(keep / 2000, HOUR));
  return Math.ceil(length / unit) * unit;
}

/** Start of the window that a slot lies in; windows are multiples of their length since 1970. */
export function windowStart(slot: number, length: number): number {
  return slot - (slot % length);
}

/** Seconds before which a tier keeps nothing, whole windows only. */
export function oldestKept(layout: Layout, tier: number, now: number): number {
  const length = windowLength(layout, tier);
  return Math.max(0, windowStart(Math.floor((now - layout.tiers[tier].keep) / 1000), length));
}
