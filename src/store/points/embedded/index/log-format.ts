import { crc32 } from 'node:zlib';
import type { Kind, Method } from '../../../../core/series.ts';

/**
 * Batches of the names' log, little-endian: magic u32, length of the body u32, CRC-32 of the body u32, CRC-32 of these twelve bytes u32, body. The
 * body is entries one after another: 1 added (id u32, kind u8, method u8, length u16, name), 2 removed (id u32), 3 reserved (ids u32).
 */
export const BATCH_HEADER = 16;
const MAGIC = 0x4c4e4448;
const ADDED = 1;
const REMOVED = 2;
const RESERVED = 3;
const ADDED_HEADER = 9;

/** A batch is closed at this size, which is what one damaged byte can cost. */
export const BATCH_BYTES = 32 * 1024;

/** What entries of a log say. */
export interface LogReader {
  added(id: number, kind: Kind, method: Method, bytes: Uint8Array, start: number, end: number): void;
  removed(id: number): void;
  reserved(ids: number): void;
}

/** Writes entries into batches. */
export class BatchWriter implements LogReader {
  #bytes = Buffer.alloc(BATCH_HEADER + BATCH_BYTES);
  #used = BATCH_HEADER;
  #closed: Buffer[] = [];

  added(id: number, kind: Kind, method: Method, bytes: Uint8Array, start: number, end: number): void {
    const at = this.#room(ADDED_HEADER + end - start);
    const to = this.#bytes;
    to[at] = ADDED;
    to.writeUInt32LE(id, at + 1);
    to[at + 5] = kind;
    to[at + 6] = method;
    to.writeUInt16LE(end - start, at + 7);
    for (let from = start, i = at + ADDED_HEADER; from < end; from++, i++) to[i] = bytes[from];
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
    if (this.#used === BATCH_HEADER) return;
    const batch = Buffer.from(this.#bytes.subarray(0, this.#used));
    const body = batch.subarray(BATCH_HEADER);
    batch.writeUInt32LE(MAGIC, 0);
    batch.writeUInt32LE(body.length, 4);
    batch.writeUInt32LE(crc32(body), 8);
    batch.writeUInt32LE(crc32(batch.subarray(0, 12)), 12);
    this.#closed.push(batch);
    this.#used = BATCH_HEADER;
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
  for (let at = 0; at < body.length;) {
    const type = body[at];
    const number = body.readUInt32LE(at + 1);
    if (type === ADDED) {
      const end = at + ADDED_HEADER + body.readUInt16LE(at + 7);
      reader.added(number, body[at + 5] as Kind, body[at + 6] as Method, body, at + ADDED_HEADER, end);
      at = end;
      continue;
    }
    if (type === REMOVED) reader.removed(number);
    else if (type === RESERVED) reader.reserved(number);
    else throw new Error(`bug: entry ${type} in the log of names`);
    at += 5;
  }
}
