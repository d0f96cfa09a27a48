import type { ByteSink, ByteSource } from './bytes.ts';

const WORD = 32;
/** Widest number that a 4-byte load holds at any bit offset. */
const ONE_LOAD = 25;

/** How many bits the whole number `value` (0..2^53) needs. */
export function bitsOf(value: number): number {
  if (value <= 0) return 0;
  if (value <= 0xffffffff) return WORD - Math.clz32(value);
  return 2 * WORD - Math.clz32(Math.floor(value / 2 ** WORD));
}

/** Bytes that `count` numbers of `width` bits fill. */
export function packedBytes(count: number, width: number): number {
  return (count * width + 7) >>> 3;
}

/** Writes `count` words of `width` (0..32) bits each, low bits first. */
export function packWords(sink: ByteSink, words: Uint32Array, count: number, width: number): void {
  sink.reserve(count * 4);
  const { view, at } = sink;
  sink.at = at + packedBytes(count, width);
  if (width === 0) return;
  let out = at;
  let pending = 0;
  let used = 0;
  for (let i = 0; i < count; i++) {
    const word = words[i];
    pending |= word << used;
    used += width;
    if (used < WORD) continue;
    view.setInt32(out, pending, true);
    out += 4;
    used -= WORD;
    pending = used === 0 ? 0 : word >>> (width - used);
  }
  // Whole words again: what is too much lies in the sink's pad and is written over next.
  if (used > 0) view.setInt32(out, pending, true);
}

/** Reads what packWords wrote. */
export function unpackWords(source: ByteSource, words: Uint32Array, count: number, width: number): void {
  const start = source.take(packedBytes(count, width));
  if (width === 0) {
    words.fill(0, 0, count);
    return;
  }
  const { view } = source;
  const mask = width === WORD ? -1 : (1 << width) - 1;
  let bit = 0;
  if (width <= ONE_LOAD) {
    for (let i = 0; i < count; i++, bit += width) words[i] = (view.getInt32(start + (bit >>> 3), true) >>> (bit & 7)) & mask;
    return;
  }
  for (let i = 0; i < count; i++, bit += width) {
    const at = start + (bit >>> 3);
    const shift = bit & 7;
    // Two shifts, because a shift by 32 is one by 0.
    words[i] = ((view.getInt32(at, true) >>> shift) | ((view.getUint8(at + 4) << 1) << (WORD - 1 - shift))) & mask;
  }
}
