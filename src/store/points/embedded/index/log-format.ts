import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Kind, Method } from '../../../../core/series.ts';

/**
 * Batches of the names' log, little-endian: magic u32, length of the body u32, CRC-32 of the body u32, CRC-32 of these twelve bytes u32, body. The
 * body is entries one after another: 1 added (id u32, kind u8, method u8, length u16, name), 2 removed (id u32), 3 reserved (ids u32), 4 added with the
 * id above the one added before in this batch (as 1, without the id). Or it is 5 and all entries as one zstd frame.
 */
const BATCH_HEADER = 16;
const MAGIC = 0x4c4e4448;
const ADDED = 1;
const REMOVED = 2;
const RESERVED = 3;
const NEXT = 4;
const PACKED = 5;
const ADDED_HEADER = 9;
const NEXT_HEADER = 5;

/** A batch's entries are at most this large, which is what one damaged byte can cost. */
const BATCH_BYTES = 32 * 1024;
/** Fewer are not worth packing. */
const LEAST_PACKED = 128;
const PACKING = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };
const UNPACKING = { chunkSize: BATCH_BYTES, maxOutputLength: BATCH_BYTES };

/** What entries of a log say. */
export interface LogReader {
  added(id: number, kind: Kind, method: Method, bytes: Uint8Array, start: number, end: number): void;
  removed(id: number): void;
  reserved(ids: number): void;
}

/** Writes entries into batches. */
export class BatchWriter implements LogReader {
  readonly #bytes = Buffer.alloc(BATCH_BYTES);
  #used = 0;
  #closed: Buffer[] = [];
  /** The id after the one added last in this batch; -1 at its begin. */
  #nextId = -1;

  added(id: number, kind: Kind, method: Method, bytes: Uint8Array, start: number, end: number): void {
    let at = this.#room(ADDED_HEADER + end - start);
    const to = this.#bytes;
    if (id === this.#nextId) {
      this.#used -= ADDED_HEADER - NEXT_HEADER;
      to[at++] = NEXT;
    } else {
      to[at] = ADDED;
      at = to.writeUInt32LE(id, at + 1);
    }
    to[at] = kind;
    to[at + 1] = method;
    at = to.writeUInt16LE(end - start, at + 2);
    for (let from = start; from < end; from++) to[at++] = bytes[from];
    this.#nextId = id + 1;
  }

  removed(id: number): void {
    this.#number(REMOVED, id);
  }

  reserved(ids: number): void {
    this.#number(RESERVED, ids);
  }

  #number(type: number, value: number): void {
    const at = this.#room(5);
    this.#bytes[at] = type;
    this.#bytes.writeUInt32LE(value, at + 1);
  }

  #room(length: number): number {
    if (this.#used + length > this.#bytes.length) this.#close();
    const at = this.#used;
    this.#used += length;
    return at;
  }

  #close(): void {
    if (this.#used === 0) return;
    const body = packed(this.#bytes.subarray(0, this.#used));
    const header = Buffer.alloc(BATCH_HEADER);
    header.writeUInt32LE(MAGIC, 0);
    header.writeUInt32LE(body.length, 4);
    header.writeUInt32LE(crc32(body), 8);
    header.writeUInt32LE(crc32(header.subarray(0, 12)), 12);
    this.#closed.push(Buffer.concat([header, body]));
    this.#used = 0;
    this.#nextId = -1;
  }

  /** All batches that were not yet taken off. */
  get batches(): readonly Buffer[] {
    this.#close();
    return this.#closed;
  }

  /** Takes off the first batches, which are on disk now. */
  drop(count: number): void {
    this.#closed.splice(0, count);
  }
}

/** Entries as they lie in a batch: packed where that is smaller. */
function packed(entries: Buffer): Buffer {
  if (entries.length < LEAST_PACKED) return entries;
  const body = Buffer.concat([Buffer.of(PACKED), zstdCompressSync(entries, PACKING)]);
  return body.length < entries.length ? body : entries;
}

/** A stretch of a log that holds no valid batch. */
export interface Gap {
  start: number;
  end: number;
}

/**
 * Finds the valid batches of a log from `offset` on and gives their bodies. Stops at nothing: what is no batch is skipped to the next
 * one that is, and returned.
 */
export function readBatches(file: Buffer, offset: number, onBody: (body: Buffer) => void): Gap[] {
  const magic = Buffer.alloc(4);
  magic.writeUInt32LE(MAGIC);
  const gaps: Gap[] = [];
  let at = offset;
  while (at < file.length) {
    const end = batchEnd(file, at);
    if (end >= 0) {
      onBody(file.subarray(at + BATCH_HEADER, end));
      at = end;
      continue;
    }
    const start = at;
    do {
      const next = file.indexOf(magic, at + 1);
      at = next < 0 ? file.length : next;
    } while (at < file.length && batchEnd(file, at) < 0);
    gaps.push({ start, end: at });
  }
  return gaps;
}

/** Where a valid batch that begins at `at` ends, or -1. */
function batchEnd(file: Buffer, at: number): number {
  if (at + BATCH_HEADER > file.length || file.readUInt32LE(at) !== MAGIC) return -1;
  if (file.readUInt32LE(at + 12) !== crc32(file.subarray(at, at + 12))) return -1;
  const end = at + BATCH_HEADER + file.readUInt32LE(at + 4);
  return end <= file.length && file.readUInt32LE(at + 8) === crc32(file.subarray(at + BATCH_HEADER, end)) ? end : -1;
}

/** Tells the entries of a batch's body, whose CRC was right. */
export function readEntries(body: Buffer, reader: LogReader): void {
  const entries = body[0] === PACKED ? zstdDecompressSync(body.subarray(1), UNPACKING) : body;
  let nextId = 0;
  for (let at = 0; at < entries.length;) {
    const type = entries[at];
    if (type === ADDED || type === NEXT) {
      const id = type === ADDED ? entries.readUInt32LE(at + 1) : nextId;
      const from = at + (type === ADDED ? ADDED_HEADER : NEXT_HEADER);
      at = from + entries.readUInt16LE(from - 2);
      reader.added(id, entries[from - 4] as Kind, entries[from - 3] as Method, entries, from, at);
      nextId = id + 1;
      continue;
    }
    const number = entries.readUInt32LE(at + 1);
    if (type === REMOVED) reader.removed(number);
    else if (type === RESERVED) reader.reserved(number);
    else throw new Error(`bug: entry ${type} in the log of names`);
    at += 5;
  }
}
