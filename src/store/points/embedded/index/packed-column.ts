import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib';
import type { Column } from './columns.ts';

/** What a slice of a column takes in memory at most: as much is packed or unpacked at once. */
const SLICE_BYTES = 1024 * 1024;
/** A 32-bit number written seven bits a byte. */
const LONGEST_STEP = 5;

const compress = promisify(zstdCompress);
const PACKING = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/** Bytes of a column's number. */
export type ColumnWidth = 1 | 2 | 4;

/** The column in pieces of at most a mebibyte that share its memory; an empty one has none. */
export function* slicesOf(column: Column): Generator<Column> {
  const length = SLICE_BYTES / column.BYTES_PER_ELEMENT;
  for (let from = 0; from < column.length; from += length) yield column.subarray(from, from + length);
}

/**
 * A slice as it lies on disk, compressed beside this thread. Numbers of 32 bits are written as steps from one to the next, since nearly all of them
 * count upwards; others as they are, little-endian as all machines that Heed runs on.
 */
export async function packSlice(slice: Column): Promise<Buffer> {
  return compress(slice instanceof Uint32Array ? toSteps(slice) : slice, PACKING);
}

/**
 * The column whose slices these are.
 * @throws Error when they are of another
 */
export function unpackColumn(packed: Iterable<Buffer>, width: ColumnWidth, length: number): Column {
  const column = emptyColumn(width, length);
  let at = 0;
  for (const bytes of packed) {
    const slice = unpackSlice(bytes, width, Math.min(length - at, SLICE_BYTES / width));
    if (slice.length === length) return slice;
    column.set(slice, at);
    at += slice.length;
  }
  if (at !== length) throw new Error(`cannot unpack a column: ${at} numbers instead of ${length}`);
  return column;
}

function emptyColumn(width: ColumnWidth, length: number): Column {
  return width === 1 ? new Uint8Array(length) : width === 2 ? new Uint16Array(length) : new Uint32Array(length);
}

function unpackSlice(packed: Buffer, width: ColumnWidth, length: number): Column {
  const longest = length * (width === 4 ? LONGEST_STEP : width);
  const bytes = zstdDecompressSync(packed, { chunkSize: Math.max(longest, 64), maxOutputLength: longest });
  if (width === 4) return fromSteps(bytes, length);
  if (bytes.length !== length * width) throw new Error(`cannot unpack a column: ${bytes.length} bytes instead of ${length * width}`);
  return width === 1 ? new Uint8Array(bytes.buffer, bytes.byteOffset, length) : new Uint16Array(bytes.buffer, bytes.byteOffset, length);
}

/** Differences modulo 2^32, those below zero folded between the others, seven bits a byte, the lowest first. */
function toSteps(numbers: Uint32Array): Buffer {
  const bytes = Buffer.allocUnsafe(numbers.length * LONGEST_STEP);
  let at = 0;
  let previous = 0;
  for (const number of numbers) {
    const step = (number - previous) | 0;
    previous = number;
    let left = ((step << 1) ^ (step >> 31)) >>> 0;
    for (; left >= 0x80; left >>>= 7) bytes[at++] = (left & 0x7f) | 0x80;
    bytes[at++] = left;
  }
  return bytes.subarray(0, at);
}

function fromSteps(bytes: Buffer, length: number): Uint32Array {
  const numbers = new Uint32Array(length);
  let at = 0;
  let previous = 0;
  for (let i = 0; i < length; i++) {
    let byte = bytes[at++];
    let folded = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = bytes[at++];
      folded |= (byte & 0x7f) << shift;
    }
    previous = (previous + ((folded >>> 1) ^ -(folded & 1))) | 0;
    numbers[i] = previous;
  }
  if (at !== bytes.length) throw new Error(`cannot unpack a column: its ${length} numbers take ${at} bytes, not ${bytes.length}`);
  return numbers;
}
