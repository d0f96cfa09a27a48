import { bitsOf, packedBytes, packWords, unpackWords } from './bits.ts';
import { damaged, type ByteSink, type ByteSource } from './bytes.ts';
import { scratch } from './scratch.ts';

/** First byte when one bit a point follows; otherwise it is the width of the gaps. */
const BITMAP = 0xff;
const MAX_GAP_WIDTH = 16;

/** About how many bits `kept` positions among `count` will take; gaps are guessed to reach four times the mean. */
export function positionBits(kept: number, count: number): number {
  return 16 + Math.min(count, kept * bitsOf((4 * count) / (kept + 1)));
}

/** Writes which of `count` points are meant: ascending `positions[0, kept)`, as packed gaps or a bitmap, whichever is smaller. */
export function encodePositions(sink: ByteSink, positions: Uint32Array, kept: number, count: number): void {
  const { gaps } = scratch;
  let before = -1;
  let widest = 0;
  for (let i = 0; i < kept; i++) {
    gaps[i] = positions[i] - before - 1;
    widest |= gaps[i];
    before = positions[i];
  }
  const width = bitsOf(widest);
  if (packedBytes(kept, width) <= packedBytes(count, 1)) {
    sink.u8(width);
    sink.varint(kept);
    packWords(sink, gaps, kept, width);
  } else {
    sink.u8(BITMAP);
    const bytes = packedBytes(count, 1);
    sink.reserve(bytes);
    sink.bytes.fill(0, sink.at, sink.at + bytes);
    for (let i = 0; i < kept; i++) sink.bytes[sink.at + (positions[i] >>> 3)] |= 1 << (positions[i] & 7);
    sink.at += bytes;
  }
}

/** Reads positions into `positions` and answers how many; all are below `count` and ascending. */
export function decodePositions(source: ByteSource, positions: Uint32Array, count: number): number {
  const form = source.u8();
  return form === BITMAP ? decodeBitmap(source, positions, count) : decodeGaps(source, positions, count, form);
}

function decodeGaps(source: ByteSource, positions: Uint32Array, count: number, width: number): number {
  const kept = source.varint();
  if (kept > count || width > MAX_GAP_WIDTH) throw damaged('its positions are impossible');
  const { gaps } = scratch;
  unpackWords(source, gaps, kept, width);
  let position = -1;
  for (let i = 0; i < kept; i++) {
    position += gaps[i] + 1;
    positions[i] = position;
  }
  if (position >= count) throw damaged('its positions are impossible');
  return kept;
}

function decodeBitmap(source: ByteSource, positions: Uint32Array, count: number): number {
  const bytes = packedBytes(count, 1);
  const start = source.take(bytes);
  let kept = 0;
  for (let i = 0; i < bytes; i++) {
    let bits = source.bytes[start + i];
    for (let position = i << 3; bits !== 0; position++, bits >>>= 1) {
      if ((bits & 1) === 0) continue;
      if (position >= count) throw damaged('its positions are impossible');
      positions[kept++] = position;
    }
  }
  return kept;
}
