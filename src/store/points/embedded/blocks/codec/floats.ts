import { packWords, unpackWords } from './bits.ts';
import { damaged, type ByteSink, type ByteSource } from './bytes.ts';
import { decodePositions, encodePositions } from './positions.ts';
import { scratch } from './scratch.ts';

// Values are taken as their 64-bit patterns. The sign goes apart; what is left grows with the magnitude, so neighbouring
// values are near numbers and a base with packed distances is short. All are shifted by the zero bits that they have at
// their low end (numbers that were once 32-bit floats have 29).

const WORD = 32;
const SIGN = 0x80000000;
const MAX_WIDTH = 63;

/** What the values left out are: none is, +0, or the same as the value before. */
const Left = { none: 0, zeros: 1, repeats: 2 } as const;
const LEFT_MASK = 0x03;
const NEGATIVE = 0x04;
const MIXED = 0x08;
/** Leaving values out must save more than their positions cost. */
const WORTH_LEAVING = 1 / 16;

const input = new Float64Array(1);
const inputWords = new Uint32Array(input.buffer);

/** Writes any doubles bit by bit as they are. */
export function encodeFloats(sink: ByteSink, values: Float64Array, start: number, count: number): void {
  const { positions, low, high } = scratch;
  const left = whatToLeave(values, start, count);
  let kept = 0;
  let anyLow = 0;
  let anyHigh = 0;
  let negatives = 0;
  let lowBefore = 0;
  let highBefore = 0;
  for (let i = 0; i < count; i++) {
    input[0] = values[start + i];
    const lowWord = inputWords[0];
    const highWord = inputWords[1];
    const leave = left === Left.zeros ? (lowWord | highWord) === 0 : left === Left.repeats && i > 0 && lowWord === lowBefore && highWord === highBefore;
    lowBefore = lowWord;
    highBefore = highWord;
    if (leave) continue;
    positions[kept] = i;
    low[kept] = lowWord;
    high[kept++] = highWord;
    anyLow |= lowWord;
    anyHigh |= highWord & ~SIGN;
    negatives += highWord >>> (WORD - 1);
  }
  const signs = negatives === 0 ? 0 : negatives === kept ? NEGATIVE : MIXED;
  sink.u8(left | signs);
  if (left !== Left.none) encodePositions(sink, positions, kept, count);
  if (signs === MIXED) writeSigns(sink, high, kept);
  writePatterns(sink, kept, lowZeroBits(anyLow, anyHigh));
}

function whatToLeave(values: Float64Array, start: number, count: number): 0 | 1 | 2 {
  let zeros = 0;
  let repeats = 0;
  for (let i = 0; i < count; i++) {
    const value = values[start + i];
    if (value === 0) zeros++;
    if (i > 0 && value === values[start + i - 1]) repeats++;
  }
  if (Math.max(zeros, repeats) < count * WORTH_LEAVING) return Left.none;
  return zeros >= repeats ? Left.zeros : Left.repeats;
}

function lowZeroBits(low: number, high: number): number {
  if (low !== 0) return WORD - 1 - Math.clz32(low & -low);
  return high === 0 ? 0 : 2 * WORD - 1 - Math.clz32(high & -high);
}

function writeSigns(sink: ByteSink, high: Uint32Array, kept: number): void {
  const { gaps } = scratch;
  for (let i = 0; i < kept; i++) gaps[i] = high[i] >>> (WORD - 1);
  packWords(sink, gaps, kept, 1);
}

/** Shift, width, base, then the distances from the base: low words, then high words. */
function writePatterns(sink: ByteSink, kept: number, shift: number): void {
  const { low, high } = scratch;
  let minLow = 0xffffffff;
  let minHigh = 0xffffffff;
  let maxLow = 0;
  let maxHigh = 0;
  for (let i = 0; i < kept; i++) {
    const magnitude = high[i] & ~SIGN;
    const lowWord = shift === 0 ? low[i] : shift < WORD ? ((low[i] >>> shift) | (magnitude << (WORD - shift))) >>> 0 : magnitude >>> (shift - WORD);
    const highWord = shift < WORD ? magnitude >>> shift : 0;
    low[i] = lowWord;
    high[i] = highWord;
    if (highWord < minHigh || (highWord === minHigh && lowWord < minLow)) {
      minHigh = highWord;
      minLow = lowWord;
    }
    if (highWord > maxHigh || (highWord === maxHigh && lowWord > maxLow)) {
      maxHigh = highWord;
      maxLow = lowWord;
    }
  }
  const rangeHigh = maxHigh - minHigh - (maxLow < minLow ? 1 : 0);
  const rangeLow = (maxLow - minLow) >>> 0;
  const width = rangeHigh > 0 ? 2 * WORD - Math.clz32(rangeHigh) : WORD - Math.clz32(rangeLow);
  sink.u8(shift);
  sink.u8(width);
  sink.u32(minLow);
  sink.u32(minHigh);
  for (let i = 0; i < kept; i++) {
    const borrow = low[i] < minLow ? 1 : 0;
    low[i] -= minLow;
    high[i] -= minHigh + borrow;
  }
  packWords(sink, low, kept, Math.min(width, WORD));
  packWords(sink, high, kept, Math.max(width - WORD, 0));
}

/** Reads what encodeFloats wrote into `scratch.values[0, count)`. */
export function decodeFloats(source: ByteSource, count: number): void {
  const { positions, gaps } = scratch;
  const control = source.u8();
  const left = control & LEFT_MASK;
  if (left > Left.repeats) throw damaged('a form is unknown');
  const kept = left === Left.none ? count : decodePositions(source, positions, count);
  if ((control & MIXED) !== 0) unpackWords(source, gaps, kept, 1);
  else gaps.fill((control & NEGATIVE) === 0 ? 0 : 1, 0, kept);
  readPatterns(source, kept);
  if (left === Left.zeros) spreadOverZeros(kept, count);
  else if (left === Left.repeats) spreadOverRepeats(kept, count);
}

function readPatterns(source: ByteSource, kept: number): void {
  const { low, high, gaps: signs, valueWords } = scratch;
  const shift = source.u8();
  const width = source.u8();
  if (shift >= 2 * WORD || width > MAX_WIDTH) throw damaged('a width is impossible');
  const minLow = source.u32();
  const minHigh = source.u32();
  unpackWords(source, low, kept, Math.min(width, WORD));
  unpackWords(source, high, kept, Math.max(width - WORD, 0));
  for (let i = 0; i < kept; i++) {
    const sum = low[i] + minLow;
    let lowWord = sum | 0;
    let highWord = (high[i] + minHigh + (sum > 0xffffffff ? 1 : 0)) | 0;
    if (shift !== 0) {
      highWord = shift < WORD ? (highWord << shift) | (lowWord >>> (WORD - shift)) : lowWord << (shift - WORD);
      lowWord = shift < WORD ? lowWord << shift : 0;
    }
    valueWords[2 * i] = lowWord;
    valueWords[2 * i + 1] = highWord | (signs[i] << (WORD - 1));
  }
}

/** Moves the kept values, from the last on, to their places in `scratch.values`, with zeros between. */
function spreadOverZeros(kept: number, count: number): void {
  const { values, positions } = scratch;
  let end = count;
  for (let i = kept - 1; i >= 0; i--) {
    const at = positions[i];
    const value = values[i];
    while (end > at + 1) values[--end] = 0;
    values[at] = value;
    end = at;
  }
  while (end > 0) values[--end] = 0;
}

function spreadOverRepeats(kept: number, count: number): void {
  const { values, positions } = scratch;
  if (kept === 0 || positions[0] !== 0) throw damaged('its first value is missing');
  let end = count;
  for (let i = kept - 1; i >= 0; i--) {
    const at = positions[i];
    const value = values[i];
    while (end > at) values[--end] = value;
  }
}
