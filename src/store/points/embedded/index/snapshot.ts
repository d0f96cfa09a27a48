import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { causeOf } from '../../../../core/errors.ts';
import type { Sections } from './columns.ts';

/** A place in the names' log. */
export interface LogPosition {
  file: number;
  offset: number;
}

/** What a snapshot says about itself; JSON after the magic, its length and its CRC. */
interface SnapshotHeader {
  version: number;
  firstFile: number;
  position: LogPosition;
  policyKey: string;
  /** `packed` bytes on disk, whose CRC it is, become `bytes`. */
  sections: { name: string; bytes: number; packed: number; crc: number }[];
}

export interface Snapshot {
  /** The log begins with this file. */
  firstFile: number;
  /** The log up to here is in it. */
  position: LogPosition;
  policyKey: string;
  sections: Sections;
  /** Sections whose CRC was wrong; they are not among `sections`. */
  damaged: string[];
}

export const SNAPSHOT_FILE = 'snapshot.bin';
const MAGIC = Buffer.from('HEEDIDX1');
const VERSION = 2;
const PREFIX = MAGIC.length + 8;

/** Columns are largely sorted or empty; the quickest compression leaves a quarter of them. */
const PACKING = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Writes a snapshot to an open file: the columns as they are in memory, compressed. All machines Heed runs on are little-endian. */
export function writeSnapshot(fd: number, { firstFile, position, policyKey, sections }: Omit<Snapshot, 'damaged'>): number {
  const packed = Array.from(sections, ([name, bytes]) => ({ name, bytes: bytes.length, data: zstdCompressSync(bytes, PACKING) }));
  const header: SnapshotHeader = {
    version: VERSION,
    firstFile,
    position,
    policyKey,
    sections: packed.map(({ name, bytes, data }) => ({ name, bytes, packed: data.length, crc: crc32(data) })),
  };
  const json = Buffer.from(JSON.stringify(header));
  const start = Buffer.alloc(PREFIX + json.length);
  MAGIC.copy(start);
  start.writeUInt32LE(json.length, MAGIC.length);
  start.writeUInt32LE(crc32(json), MAGIC.length + 4);
  json.copy(start, PREFIX);
  let at = writeAll(fd, start, 0);
  for (const { data } of packed) at = writeAll(fd, data, at);
  return at;
}

/** Writes all of it at a place; gives where it ends. */
export function writeAll(fd: number, bytes: Uint8Array, at: number): number {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
  return at + bytes.length;
}

/**
 * Reads a snapshot, section by section straight into memory of its own. Undefined when there is none.
 * @throws Error when its header is damaged
 */
export function readSnapshot(path: string): Snapshot | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`cannot read ${path}: ${causeOf(error)}`, { cause: error });
  }
  try {
    return readOpened(fd);
  } finally {
    closeSync(fd);
  }
}

function readOpened(fd: number): Snapshot {
  const prefix = readAt(fd, 0, PREFIX);
  const length = prefix.readUInt32LE(MAGIC.length);
  if (!prefix.subarray(0, MAGIC.length).equals(MAGIC) || length > fstatSync(fd).size) throw new Error('its header is damaged');
  const json = readAt(fd, PREFIX, length);
  if (crc32(json) !== prefix.readUInt32LE(MAGIC.length + 4)) throw new Error('its header is damaged');
  const header = JSON.parse(json.toString()) as SnapshotHeader;
  if (header.version !== VERSION) throw new Error(`it has version ${header.version}, not ${VERSION}`);
  const { firstFile, position, policyKey } = header;
  const snapshot: Snapshot = { firstFile, position, policyKey, sections: new Map(), damaged: [] };
  let at = PREFIX + length;
  for (const { name, bytes, packed, crc } of header.sections) {
    const data = readAt(fd, at, packed);
    const section = crc32(data) === crc ? unpack(data, bytes) : undefined;
    if (section) snapshot.sections.set(name, section);
    else snapshot.damaged.push(name);
    at += packed;
  }
  return snapshot;
}

/** The section in a buffer of its own that begins at 0, as columns need it; undefined when it is not what was written. */
function unpack(data: Buffer, bytes: number): Buffer | undefined {
  const section = zstdDecompressSync(data, { maxOutputLength: Math.max(1, bytes) });
  if (section.length !== bytes) return undefined;
  return section.byteOffset === 0 && section.buffer.byteLength === bytes ? section : Buffer.from(new Uint8Array(section).buffer);
}

/** Bytes at a place, in a buffer of their own that begins at 0; shorter files read as zeros, which no CRC accepts. */
function readAt(fd: number, at: number, length: number): Buffer {
  const buffer = Buffer.from(new ArrayBuffer(length));
  for (let done = 0; done < length;) {
    const read = readSync(fd, buffer, done, length - done, at + done);
    if (read === 0) break;
    done += read;
  }
  return buffer;
}
