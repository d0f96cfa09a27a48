import { crc32 } from 'node:zlib';

/**
 * One record of a log file: a header, then three columns of `count` points: series numbers (u32), slots in seconds
 * (u32; absent when all are `base`), values (f64). Little-endian.
 *
 * Header: magic, CRC of the rest of the header, body length, CRC of the body, count, flags, base, file number, second of arrival.
 */
export const HEADER_BYTES = 36;
const MAGIC = 0x31_4c_50_48;
const ONE_SLOT = 1;
/** Nothing valid is longer; a header that says so is damaged. */
const MAX_COUNT = 1 << 24;

const bytesOf = (column: Uint32Array | Float64Array): Uint8Array => new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

/** Makes the parts of a record, for one gathering write. The columns are not copied. `arrived` is in seconds. */
export function encodeRecord(file: number, arrived: number, series: Uint32Array, slots: Uint32Array, values: Float64Array): Uint8Array[] {
  const base = slots[0];
  const parts = [bytesOf(series), ...(sameSlot(slots) ? [] : [bytesOf(slots)]), bytesOf(values)];
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(
    8,
    parts.reduce((sum, part) => sum + part.length, 0),
    true,
  );
  view.setUint32(
    12,
    parts.reduce((crc, part) => crc32(part, crc), 0),
    true,
  );
  view.setUint32(16, series.length, true);
  view.setUint32(20, parts.length === 2 ? ONE_SLOT : 0, true);
  view.setUint32(24, base, true);
  view.setUint32(28, file, true);
  view.setUint32(32, arrived, true);
  view.setUint32(4, crc32(header.subarray(8)), true);
  return [header, ...parts];
}

function sameSlot(slots: Uint32Array): boolean {
  for (let i = 1; i < slots.length; i++) if (slots[i] !== slots[0]) return false;
  return true;
}

/** A record found in a file's bytes; `copy` puts its columns where the caller wants them. */
export interface FoundRecord {
  count: number;
  /** Seconds. */
  arrived: number;
  copy: (series: Uint32Array, slots: Uint32Array, values: Float64Array, at: number) => void;
}

export interface LogScan {
  record(found: FoundRecord): void;
  /** Bytes [start, end) hold no readable record, though later ones follow or a body's CRC is wrong. */
  damaged(start: number, end: number): void;
}

/**
 * Walks a log file's bytes. A record whose header is damaged is passed by looking for the next good header; what the end
 * of the file cut off is no damage, as every crash does that.
 * @returns where the readable part ends
 */
export function scanRecords(bytes: Buffer, file: number, scan: LogScan): number {
  let at = 0;
  while (at + HEADER_BYTES <= bytes.length) {
    if (!headerAt(bytes, at, file)) {
      const next = nextHeader(bytes, at + 1, file);
      if (next < 0) {
        if (at + HEADER_BYTES < bytes.length && !allZero(bytes, at)) scan.damaged(at, bytes.length);
        return at;
      }
      scan.damaged(at, next);
      at = next;
      continue;
    }
    const end = at + HEADER_BYTES + bytes.readUInt32LE(at + 8);
    if (end > bytes.length) return at;
    const body = bytes.subarray(at + HEADER_BYTES, end);
    if (crc32(body) === bytes.readUInt32LE(at + 12)) scan.record(found(bytes, at, body));
    else scan.damaged(at, end);
    at = end;
  }
  return at;
}

function headerAt(bytes: Buffer, at: number, file: number): boolean {
  if (bytes.readUInt32LE(at) !== MAGIC || bytes.readUInt32LE(at + 28) !== file) return false;
  if (crc32(bytes.subarray(at + 8, at + HEADER_BYTES)) !== bytes.readUInt32LE(at + 4)) return false;
  const count = bytes.readUInt32LE(at + 16);
  const perPoint = bytes.readUInt32LE(at + 20) === ONE_SLOT ? 12 : 16;
  return count <= MAX_COUNT && bytes.readUInt32LE(at + 8) === count * perPoint;
}

function nextHeader(bytes: Buffer, from: number, file: number): number {
  const magic = Buffer.from([MAGIC & 0xff, (MAGIC >>> 8) & 0xff, (MAGIC >>> 16) & 0xff, MAGIC >>> 24]);
  for (let at = bytes.indexOf(magic, from); at >= 0 && at + HEADER_BYTES <= bytes.length; at = bytes.indexOf(magic, at + 1)) {
    if (headerAt(bytes, at, file)) return at;
  }
  return -1;
}

/** After a power cut a file's end may be zeros that were never written. */
function allZero(bytes: Buffer, from: number): boolean {
  for (let at = from; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
}

function found(bytes: Buffer, at: number, body: Buffer): FoundRecord {
  const count = bytes.readUInt32LE(at + 16);
  const oneSlot = bytes.readUInt32LE(at + 20) === ONE_SLOT;
  const base = bytes.readUInt32LE(at + 24);
  return {
    count,
    arrived: bytes.readUInt32LE(at + 32),
    copy(series, slots, values, to) {
      bytesOf(series.subarray(to, to + count)).set(body.subarray(0, count * 4));
      if (oneSlot) slots.fill(base, to, to + count);
      else bytesOf(slots.subarray(to, to + count)).set(body.subarray(count * 4, count * 8));
      bytesOf(values.subarray(to, to + count)).set(body.subarray(body.length - count * 8));
    },
  };
}
