import { damaged, ByteSink, type ByteSource } from './bytes.ts';
import { MAX_CHUNK_POINTS } from './scratch.ts';
import { decodeTimes, encodeTimes, fillTimes, strideOf } from './times.ts';
import { decodeValues, encodeValues } from './values.ts';

// A chunk is a run of one series' points: a header that tells its length and time range, irregular times if it has any, values.
//   u8 flags · varint bytes of all that follows · varint points · varint first time - origin · varint stride, or span if irregular

/** No further chunk of the series follows in this block. */
const LAST = 1;
const IRREGULAR = 2;
const MAX_TIME = 0xffffffff;

/** No chunk is longer: irregular times and full-entropy values of the largest chunk, and its header. */
export const MAX_CHUNK_BYTES = MAX_CHUNK_POINTS * (4 + 9) + 128;

/** Flags, and four numbers at their longest. */
export const MAX_CHUNK_HEADER_BYTES = 1 + 4 * 8;

const body = new ByteSink(16_384);

/** Writes points `[start, start + count)` as one chunk. Times are seconds, strictly ascending, none before `origin`. */
export function encodeChunk(sink: ByteSink, times: Uint32Array, values: Float64Array, start: number, count: number, origin: number, isLast: boolean): void {
  const stride = strideOf(times, start, count);
  const first = times[start];
  body.at = 0;
  body.varint(count);
  body.varint(first - origin);
  if (stride !== 0) {
    body.varint(stride);
  } else {
    body.varint(times[start + count - 1] - first);
    encodeTimes(body, times, start, count);
  }
  encodeValues(body, values, start, count);
  sink.u8((isLast ? LAST : 0) | (stride === 0 ? IRREGULAR : 0));
  sink.varint(body.at);
  sink.reserve(body.at);
  sink.bytes.set(body.bytes.subarray(0, body.at), sink.at);
  sink.at += body.at;
}

/** What a chunk's header tells without decoding it. Reused from chunk to chunk. */
export class ChunkHeader {
  isLast = false;
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
    const bytes = source.varint();
    if (flags > (LAST | IRREGULAR) || bytes > source.end - source.at) throw damaged('a chunk is longer than its place');
    this.isLast = (flags & LAST) !== 0;
    this.end = source.at + bytes;
    this.count = source.varint();
    this.firstTime = origin + source.varint();
    const distance = source.varint();
    const irregular = (flags & IRREGULAR) !== 0;
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
