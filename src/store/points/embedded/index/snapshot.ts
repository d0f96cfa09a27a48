import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { causeOf } from '../../../../core/errors.ts';
import type { Column, Sections } from './columns.ts';
import { packSlice, slicesOf, unpackColumn, type ColumnWidth } from './packed-column.ts';

/** A place in the names' log. */
export interface LogPosition {
  file: number;
  offset: number;
}

/** What a snapshot is about. */
export interface SnapshotFacts {
  /** The log begins with this file. */
  firstFile: number;
  /** The log up to here is in it. */
  position: LogPosition;
  policyKey: string;
}

export interface Snapshot extends SnapshotFacts {
  sections: Sections;
  /** Sections that do not fit their CRCs; they are not among `sections`. */
  damaged: string[];
}

/** A slice as it lies on disk. */
interface PackedSlice {
  bytes: number;
  crc: number;
}

/** The end of the file, as JSON: what the slices are that stand one after another from the prefix on. */
interface Directory extends SnapshotFacts {
  sections: { name: string; width: ColumnWidth; length: number; slices: PackedSlice[] }[];
}

export const SNAPSHOT_FILE = 'snapshot.bin';
const MAGIC = Buffer.from('HEEDIDX');
const VERSION = 3;
/** Magic, the version as a digit, length of the directory u32, its CRC-32 u32. */
const PREFIX_BYTES = MAGIC.length + 9;

/**
 * Writes a snapshot to an empty file, slice by slice, so that this thread is never busy with it for long.
 * @returns the file's bytes
 */
export async function writeSnapshot(fd: number, facts: SnapshotFacts, sections: Sections): Promise<number> {
  const directory: Directory = { ...facts, sections: [] };
  let at = PREFIX_BYTES;
  for (const [name, column] of sections) {
    const slices: PackedSlice[] = [];
    for (const slice of slicesOf(column)) {
      const packed = await packSlice(slice);
      slices.push({ bytes: packed.length, crc: crc32(packed) });
      at = writeAll(fd, packed, at);
    }
    directory.sections.push({ name, width: column.BYTES_PER_ELEMENT as ColumnWidth, length: column.length, slices });
  }
  const json = Buffer.from(JSON.stringify(directory));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  MAGIC.copy(prefix);
  prefix.write(String(VERSION), MAGIC.length);
  prefix.writeUInt32LE(json.length, MAGIC.length + 1);
  prefix.writeUInt32LE(crc32(json), MAGIC.length + 5);
  writeAll(fd, prefix, 0);
  return writeAll(fd, json, at);
}

/** Writes all of it at a place; gives where it ends. */
export function writeAll(fd: number, bytes: Uint8Array, at: number): number {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
  return at + bytes.length;
}

/**
 * Reads a snapshot, slice by slice into columns of its own. Undefined when there is none.
 * @throws Error when its directory is damaged, or it is of another version
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
  const { sections, ...facts } = readDirectory(fd);
  const snapshot: Snapshot = { ...facts, sections: new Map(), damaged: [] };
  let at = PREFIX_BYTES;
  for (const { name, width, length, slices } of sections) {
    const column = readColumn(fd, at, slices, width, length);
    if (column) snapshot.sections.set(name, column);
    else snapshot.damaged.push(name);
    for (const { bytes } of slices) at += bytes;
  }
  return snapshot;
}

/** Undefined when one of its slices is damaged. */
function readColumn(fd: number, start: number, slices: readonly PackedSlice[], width: ColumnWidth, length: number): Column | undefined {
  let at = start;
  const packed = slices.map(({ bytes, crc }) => {
    const slice = readAt(fd, at, bytes);
    at += bytes;
    return crc32(slice) === crc ? slice : undefined;
  });
  return packed.every((slice) => slice !== undefined) ? unpackColumn(packed, width, length) : undefined;
}

function readDirectory(fd: number): Directory {
  const { size } = fstatSync(fd);
  const prefix = readAt(fd, 0, PREFIX_BYTES);
  const length = prefix.readUInt32LE(MAGIC.length + 1);
  if (!prefix.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('its first bytes are damaged');
  const version = prefix.toString('latin1', MAGIC.length, MAGIC.length + 1);
  if (version !== String(VERSION)) throw new Error(`it has version ${version}, not ${VERSION}`);
  if (length > size) throw new Error('its directory is damaged');
  const json = readAt(fd, size - length, length);
  if (crc32(json) !== prefix.readUInt32LE(MAGIC.length + 5)) throw new Error('its directory is damaged');
  return JSON.parse(json.toString()) as Directory;
}

/** Bytes at a place; shorter files read as zeros, which no CRC accepts. */
function readAt(fd: number, at: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const read = readSync(fd, buffer, done, length - done, at + done);
    if (read === 0) break;
    done += read;
  }
  return buffer;
}
