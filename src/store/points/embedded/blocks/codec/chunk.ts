import { damaged, type ByteSink, type ByteSource } from './bytes.ts';
import { MAX_CHUNK_POINTS } from './scratch.ts';
import { decodeTimes, encodeTimes, fillTimes, strideOf } from './times.ts';
import { decodeValues, encodeValues } from './values.ts';

// A chunk is a run of one series' points: a header that tells its length and time range, irregular times if it has any, values.
//   u8 flags · varint id gap, if flagged · varint bytes of all that follows · varint points · varint stride, or span if irregular, unless the flags
//   name a usual stride · varint first time - origin, in strides if flagged

/** No further chunk of the series follows in this block. */
const LAST = 1;
const IRREGULAR = 2;
/** In a series' first chunk: ids between it and the series before are not in this block. */
const ID_GAP = 4;
/** The first time is a whole number of strides after the origin. */
const ALIGNED = 8;
/** From this bit on stands which of the usual strides the chunk has; 0 for another. */
const STRIDE_SHIFT = 4;
const USUAL_STRIDES = [0, 1, 10, 60];
const ALL_FLAGS = LAST | IRREGULAR | ID_GAP | ALIGNED | (3 << STRIDE_SHIFT);
const MAX_TIME = 0xffffffff;

/** No chunk is longer: irregular times and full-entropy values of the largest chunk, and its header. */
export const MAX_CHUNK_BYTES = MAX_CHUNK_POINTS * (4 + 9) + 128;

/** Flags, and five numbers at their longest. */
export const MAX_CHUNK_HEADER_BYTES = 1 + 5 * 8;

/** Room for flags, gap and length before the body is known. */
const PREFIX_BYTES = 1 + 5 + 3;

/** What a chunk is beside its points. */
export interface ChunkPlace {
  /** No time of the block is before it; seconds. */
  origin: number;
  /** No further chunk of the series follows. */
  isLast: boolean;
  /** How many ids were passed over before this series; 0 in all but its first chunk. */
  idGap: number;
}

/** Writes points `[start, start + count)` as one chunk. Times are seconds, strictly ascending, none before the origin. */
export function encodeChunk(sink: ByteSink, times: Uint32Array, values: Float64Array, start: number, count: number, place: ChunkPlace): void {
  const stride = strideOf(times, start, count);
  const first = times[start];
  const chunkAt = sink.at;
  const bodyAt = chunkAt + PREFIX_BYTES;
  sink.reserve(PREFIX_BYTES);
  sink.at = bodyAt;
  const usual = Math.max(0, USUAL_STRIDES.indexOf(stride, 1));
  const aligned = stride > 1 && (first - place.origin) % stride === 0;
  sink.varint(count);
  if (usual === 0) sink.varint(stride === 0 ? times[start + count - 1] - first : stride);
  sink.varint((first - place.origin) / (aligned ? stride : 1));
  if (stride === 0) encodeTimes(sink, times, start, count);
  encodeValues(sink, values, start, count);
  const bytes = sink.at - bodyAt;
  sink.at = chunkAt;
  const shape = (stride === 0 ? IRREGULAR : 0) | (aligned ? ALIGNED : 0) | (usual << STRIDE_SHIFT);
  sink.u8((place.isLast ? LAST : 0) | (place.idGap > 0 ? ID_GAP : 0) | shape);
  if (place.idGap > 0) sink.varint(place.idGap);
  sink.varint(bytes);
  sink.bytes.copyWithin(sink.at, bodyAt, bodyAt + bytes);
  sink.at += bytes;
}

/** What a chunk's header tells without decoding it. Reused from chunk to chunk. */
export class ChunkHeader {
  isLast = false;
  idGap = 0;
  count = 0;
  firstTime = 0;
  lastTime = 0;
  /** Distance of regular times, 0 when they are irregular. */
  stride = 0;
  /** Where the chunk ends in the source's bytes. */
  end = 0;
  /** Where its times or values start. */
  bodyAt = 0;

  /**
   * Reads the header at the source's position and leaves the position after it.
   * @throws HeedError `damaged` when the chunk cannot be, or does not fit before the source's end
   */
  read(source: ByteSource, origin: number): void {
    const flags = source.u8();
    this.idGap = (flags & ID_GAP) === 0 ? 0 : source.varint();
    const bytes = source.varint();
    if (flags > ALL_FLAGS || bytes > source.end - source.at) throw damaged('a chunk is longer than its place');
    this.isLast = (flags & LAST) !== 0;
    this.end = source.at + bytes;
    this.count = source.varint();
    const irregular = (flags & IRREGULAR) !== 0;
    const distance = USUAL_STRIDES[flags >> STRIDE_SHIFT] || source.varint();
    this.firstTime = origin + source.varint() * ((flags & ALIGNED) === 0 ? 1 : distance);
    this.stride = irregular ? 0 : distance;
    this.lastTime = this.firstTime + (irregular ? distance : distance * (this.count - 1));
    this.bodyAt = source.at;
    if (this.count < 1 || this.count > MAX_CHUNK_POINTS || distance < 1 || this.lastTime > MAX_TIME || this.bodyAt > this.end)
      throw damaged('a chunk header is impossible');
  }

  /** Decodes into `scratch.values`, and into `scratch.times` unless the times are regular and `withTimes` is false. */
  decode(source: ByteSource, withTimes: boolean): void {
    const outerEnd = source.end;
    source.open(this.bodyAt, this.end);
    if (this.stride === 0) decodeTimes(source, this.count, this.firstTime, this.lastTime);
    else if (withTimes) fillTimes(this.count, this.firstTime, this.stride);
    decodeValues(source, this.count);
    if (source.at !== this.end) throw damaged('a chunk holds more than its points');
    source.open(this.end, outerEnd);
  }
}
