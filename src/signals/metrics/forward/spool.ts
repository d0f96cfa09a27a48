import { mkdir, open, readdir, readFile, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { causeOf } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';

/** Bytes for another carbon, and how many points they hold. */
export interface Payload {
  bytes: Buffer;
  points: number;
}

// A record is length, CRC of all that follows it, points, bytes; little-endian.
const HEADER_BYTES = 12;
const SEGMENT_BYTES = 4 * 1024 * 1024;

/**
 * Payloads on disk, oldest first, in numbered segment files. A segment is deleted when all of it was sent; what a crash
 * leaves is sent again from its segment's start, which does no harm: the last write of a point wins.
 */
export class Spool {
  readonly #folder: string;
  readonly #mostBytes: number;
  /** Sizes by number, in order. The last one is written to while `#active` is open. */
  readonly #segments = new Map<number, number>();
  #active: FileHandle | undefined;
  #next = 1;
  #bytes = 0;
  #appending = 0;
  // Reading and writing follow one another.
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, mostBytes: number) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  /** Opens a folder, made where it is missing, with what an earlier run left in it. */
  static async open(folder: string, mostBytes: number): Promise<Spool> {
    const spool = new Spool(folder, mostBytes);
    await mkdir(folder, { recursive: true });
    const numbers = (await readdir(folder)).map((name) => Number(/^(\d{8,})\.spool$/.exec(name)?.[1])).filter((number) => number > 0);
    for (const number of numbers.toSorted((a, b) => a - b)) {
      const { size } = await stat(spool.#path(number));
      spool.#segments.set(number, size);
      spool.#bytes += size;
      spool.#next = number + 1;
    }
    return spool;
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Nothing is on disk or on its way there. */
  get isEmpty(): boolean {
    return this.#segments.size === 0 && this.#appending === 0;
  }

  /** Appends; false when there is no room for it. */
  async append(payload: Payload): Promise<boolean> {
    this.#appending++;
    try {
      return await this.#inTurn(() => this.#append(payload));
    } finally {
      this.#appending--;
    }
  }

  /** The payloads of the oldest segment, to be given to `done` when they were sent; undefined when nothing is spooled. */
  oldest(): Promise<{ segment: number; payloads: Payload[] } | undefined> {
    return this.#inTurn(async () => {
      const [segment] = this.#segments.keys();
      if (segment === undefined) return undefined;
      if (this.#active && segment === this.#next - 1) await this.#endSegment();
      const path = this.#path(segment);
      const { payloads, damaged } = decodeSegment(await readSegment(path));
      if (damaged > 0) log.warn(`${path}: ${damaged} bytes are damaged and are not forwarded`);
      return { segment, payloads };
    });
  }

  /** Deletes a segment. */
  done(segment: number): Promise<void> {
    return this.#inTurn(async () => {
      this.#bytes -= this.#segments.get(segment) ?? 0;
      this.#segments.delete(segment);
      await rm(this.#path(segment), { force: true });
    });
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#endSegment());
  }

  async #append(payload: Payload): Promise<boolean> {
    const record = encodeRecord(payload);
    if (this.#bytes + record.length > this.#mostBytes) return false;
    const last = this.#next - 1;
    if (this.#active && (this.#segments.get(last) ?? 0) >= SEGMENT_BYTES) await this.#endSegment();
    if (!this.#active) {
      this.#active = await open(this.#path(this.#next), 'a');
      this.#segments.set(this.#next++, 0);
    }
    const number = this.#next - 1;
    try {
      await this.#active.appendFile(record);
    } catch (error) {
      // A torn record ends its segment; the next one starts clean.
      await this.#endSegment();
      throw error;
    }
    this.#segments.set(number, (this.#segments.get(number) ?? 0) + record.length);
    this.#bytes += record.length;
    return true;
  }

  async #endSegment(): Promise<void> {
    const active = this.#active;
    this.#active = undefined;
    await active?.close();
  }

  #path(number: number): string {
    return join(this.#folder, `${String(number).padStart(8, '0')}.spool`);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work, work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

/** A segment that cannot be read must not stop those after it. */
async function readSegment(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    log.warn(`cannot read ${path}, which is not forwarded: ${causeOf(error)}`);
    return Buffer.alloc(0);
  }
}

function encodeRecord({ bytes, points }: Payload): Buffer {
  const record = Buffer.allocUnsafe(HEADER_BYTES + bytes.length);
  record.writeUInt32LE(bytes.length, 0);
  record.writeUInt32LE(points, 8);
  bytes.copy(record, HEADER_BYTES);
  record.writeUInt32LE(crc32(record.subarray(8)), 4);
  return record;
}

/** Reads the records that are whole; `damaged` is the count of bytes in the others. */
export function decodeSegment(segment: Buffer): { payloads: Payload[]; damaged: number } {
  const payloads: Payload[] = [];
  let damaged = 0;
  let at = 0;
  while (at < segment.length) {
    const end = at + HEADER_BYTES <= segment.length ? at + HEADER_BYTES + segment.readUInt32LE(at) : Infinity;
    if (end > segment.length) return { payloads, damaged: damaged + segment.length - at };
    if (crc32(segment.subarray(at + 8, end)) === segment.readUInt32LE(at + 4))
      payloads.push({ bytes: segment.subarray(at + HEADER_BYTES, end), points: segment.readUInt32LE(at + 8) });
    else damaged += end - at;
    at = end;
  }
  return { payloads, damaged };
}
