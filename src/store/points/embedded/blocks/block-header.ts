import { crc32 } from 'node:zlib';
import type { BlockInfo } from './block-key.ts';
import { readUpTo } from './file-bytes.ts';

/** At the start of the file, and once more at its end. */
export const HEADER_BYTES = 128;

const MAGIC = 0x4b4c4248;
const VERSION = 1;
const CRC_AT = HEADER_BYTES - 4;

/** Counts and keys of a block and where its sections are: header, pages of data, index, header again. */
export interface BlockHeader extends Omit<BlockInfo, 'path' | 'bytes'> {
  /** Bytes of chunks, without what makes them pages. */
  dataBytes: number;
  /** Its checksum included. */
  indexBytes: number;
}

/** Fields in the order of the file, each with its writer's width. Never change; a new field needs a new version. */
const FIELDS: readonly [name: keyof BlockHeader, type: 'u8' | 'u16' | 'u32' | 'f64'][] = [
  ['policy', 'u16'],
  ['tier', 'u8'],
  ['level', 'u8'],
  ['step', 'u32'],
  ['windowStart', 'u32'],
  ['windowEnd', 'u32'],
  ['firstSequence', 'f64'],
  ['lastSequence', 'f64'],
  ['series', 'u32'],
  ['points', 'f64'],
  ['minTime', 'u32'],
  ['maxTime', 'u32'],
  ['dataBytes', 'f64'],
  ['indexBytes', 'u32'],
];
const FIELD_BYTES = { u8: 1, u16: 2, u32: 4, f64: 8 } as const;

export function encodeHeader(header: BlockHeader): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  let at = 8;
  for (const [name, type] of FIELDS) {
    if (type === 'u8') view.setUint8(at, header[name]);
    else if (type === 'u16') view.setUint16(at, header[name], true);
    else if (type === 'u32') view.setUint32(at, header[name], true);
    else view.setFloat64(at, header[name], true);
    at += FIELD_BYTES[type];
  }
  view.setUint32(CRC_AT, crc32(bytes.subarray(0, CRC_AT)), true);
  return bytes;
}

/** Reads a header; undefined when the bytes are not one or its checksum is wrong. */
export function decodeHeader(bytes: Uint8Array): BlockHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION) return undefined;
  if (view.getUint32(CRC_AT, true) !== crc32(bytes.subarray(0, CRC_AT))) return undefined;
  const header = {} as BlockHeader;
  let at = 8;
  for (const [name, type] of FIELDS) {
    if (type === 'u8') header[name] = view.getUint8(at);
    else if (type === 'u16') header[name] = view.getUint16(at, true);
    else if (type === 'u32') header[name] = view.getUint32(at, true);
    else header[name] = view.getFloat64(at, true);
    at += FIELD_BYTES[type];
  }
  return header;
}

/** Reads the header at `position` of an open file; undefined where there is none. */
export function readHeader(file: number, position: number): BlockHeader | undefined {
  const bytes = new Uint8Array(HEADER_BYTES);
  if (position < 0 || readUpTo(file, bytes, 0, HEADER_BYTES, position) < HEADER_BYTES) return undefined;
  return decodeHeader(bytes);
}
