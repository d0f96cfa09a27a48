import { bitsOf } from './bits.ts';
import { positionBits } from './positions.ts';

/** How a run of whole numbers is best written; see encodeIntegers. `bits` is the estimate that decided. */
export interface IntegerPlan {
  bits: number;
  base: number;
  width: number;
  patched: boolean;
}

/** Numbers sampled: one of eight, within these bounds. */
const MIN_SAMPLES = 16;
const MAX_SAMPLES = 32;
/** Shares of the sample, at either end, that a packed range may leave out. */
const TRIMS = [0, 1 / 16];
/** Control byte and base of the numbers left out. */
const PATCH_BITS = 24;

const sample = new Float64Array(MAX_SAMPLES);

export function newPlan(): IntegerPlan {
  return { bits: 0, base: 0, width: 0, patched: false };
}

/**
 * Decides how to write `integers[0, count)`: all packed in their full range, or the range in which a sample of them lies with
 * the rest apart, or all equal to the sample's median with the rest apart. A plan that takes `limit` bits or more is of no use.
 */
export function planIntegers(integers: Float64Array, count: number, plan: IntegerPlan, limit = Infinity): void {
  let min = integers[0];
  let max = min;
  for (let i = 1; i < count; i++) {
    const number = integers[i];
    if (number < min) min = number;
    else if (number > max) max = number;
  }
  plan.base = min;
  plan.width = bitsOf(max - min);
  plan.patched = false;
  plan.bits = count * plan.width + 8 + bitsOf(Math.abs(min));
  if (plan.bits > limit) plan.bits = limit;
  if (plan.width === 0 || count < MIN_SAMPLES) return;
  const taken = takeSample(integers, count);
  consider(integers, count, plan, taken, sample[taken >>> 1], 0);
  for (const trim of TRIMS) {
    const left = Math.ceil(trim * taken);
    const low = sample[left];
    const high = sample[taken - 1 - left];
    if (!(high > low)) break;
    const width = bitsOf(high - low);
    // Where it costs nothing the range starts at the least number, so that only high ones are left out.
    consider(integers, count, plan, taken, bitsOf(high - min) === width ? min : low, width);
  }
}

function takeSample(integers: Float64Array, count: number): number {
  const taken = Math.max(MIN_SAMPLES, Math.min(MAX_SAMPLES, count >>> 3));
  for (let i = 0; i < taken; i++) {
    const number = integers[((i * count) / taken) | 0];
    let at = i;
    for (; at > 0 && sample[at - 1] > number; at--) sample[at] = sample[at - 1];
    sample[at] = number;
  }
  return taken;
}

/** What the sample foretells that the numbers out of the range cost; one of it is let off, because it may be wrong. */
function leastPatchBits(count: number, taken: number, base: number, range: number): number {
  let below = 0;
  while (below < taken && sample[below] < base) below++;
  let above = taken;
  while (above > below && sample[above - 1] - base >= range) above--;
  const outside = below + taken - above;
  if (outside < 2) return 0;
  const spread = sample[above === taken ? below - 1 : taken - 1] - sample[below === 0 ? above : 0];
  const expected = ((outside - 1) * count) / taken;
  return expected * bitsOf(spread) + positionBits(expected, count);
}

/** Takes the range of `width` bits from `base` on into the plan when that is cheaper. */
function consider(integers: Float64Array, count: number, plan: IntegerPlan, taken: number, base: number, width: number): void {
  const range = 2 ** width;
  const packed = count * width + PATCH_BITS;
  if (packed + leastPatchBits(count, taken, base, range) >= plan.bits) return;
  let outside = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < count; i++) {
    const number = integers[i];
    if (number - base >= 0 && number - base < range) continue;
    outside++;
    if (number < min) min = number;
    if (number > max) max = number;
  }
  const bits = packed + outside * bitsOf(max - min) + positionBits(outside, count) + bitsOf(Math.abs(base));
  if (bits >= plan.bits) return;
  plan.bits = bits;
  plan.base = base;
  plan.width = width;
  plan.patched = true;
}
