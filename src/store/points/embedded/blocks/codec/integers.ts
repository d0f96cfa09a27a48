import { bitsOf, packWords, unpackWords } from './bits.ts';
import { damaged, type ByteSink, type ByteSource } from './bytes.ts';
import { decodePositions, encodePositions } from './positions.ts';
import type { IntegerPlan } from './plan.ts';
import { scratch } from './scratch.ts';

const WORD = 32;
const MAX_WIDTH = 53;
/** In the control byte beside the width: numbers outside of the packed range follow. */
const PATCHED = 0x80;

/**
 * Writes `count` whole numbers (|n| <= 2^52) as `plan` says: a base and packed distances from it, and, when patched, apart from them
 * those few that are out of the packed range. Width 0 with patches is a sparse run.
 */
export function encodeIntegers(sink: ByteSink, integers: Float64Array, count: number, plan: IntegerPlan): void {
  if (!plan.patched) {
    packRange(sink, integers, count, plan.base, plan.width, 0);
    return;
  }
  const { positions, exceptions } = scratch;
  const { base, width } = plan;
  const range = 2 ** width;
  let kept = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < count; i++) {
    const number = integers[i];
    if (number - base >= 0 && number - base < range) continue;
    positions[kept] = i;
    exceptions[kept++] = number;
    if (number < min) min = number;
    if (number > max) max = number;
    integers[i] = base;
  }
  packRange(sink, integers, count, base, width, PATCHED);
  encodePositions(sink, positions, kept, count);
  packRange(sink, exceptions, kept, min, bitsOf(max - min), 0);
}

function packRange(sink: ByteSink, integers: Float64Array, count: number, base: number, width: number, flag: number): void {
  const { low, high } = scratch;
  sink.u8(width | flag);
  sink.signed(base);
  if (width === 0) return;
  if (width <= WORD) {
    for (let i = 0; i < count; i++) low[i] = integers[i] - base;
    packWords(sink, low, count, width);
    return;
  }
  for (let i = 0; i < count; i++) {
    const distance = integers[i] - base;
    high[i] = Math.floor(distance / 2 ** WORD);
    low[i] = distance % 2 ** WORD;
  }
  packWords(sink, low, count, WORD);
  packWords(sink, high, count, width - WORD);
}

/** Reads what encodeIntegers wrote into `out[from, from + count)`. */
export function decodeIntegers(source: ByteSource, out: Float64Array, from: number, count: number): void {
  const control = source.u8();
  unpackRange(source, out, from, count, control & ~PATCHED);
  if ((control & PATCHED) === 0) return;
  const { positions, exceptions } = scratch;
  const kept = decodePositions(source, positions, count);
  unpackRange(source, exceptions, 0, kept, source.u8());
  for (let i = 0; i < kept; i++) out[from + positions[i]] = exceptions[i];
}

function unpackRange(source: ByteSource, out: Float64Array, from: number, count: number, width: number): void {
  if (width > MAX_WIDTH) throw damaged('a width is impossible');
  const { low, high } = scratch;
  const base = source.signed();
  if (width === 0) {
    out.fill(base, from, from + count);
    return;
  }
  if (width <= WORD) {
    unpackWords(source, low, count, width);
    for (let i = 0; i < count; i++) out[from + i] = base + low[i];
    return;
  }
  unpackWords(source, low, count, WORD);
  unpackWords(source, high, count, width - WORD);
  for (let i = 0; i < count; i++) out[from + i] = base + (high[i] * 2 ** WORD + low[i]);
}
