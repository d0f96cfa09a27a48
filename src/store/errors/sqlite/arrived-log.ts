import { closeSync, fdatasyncSync, existsSync, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { decodeArrived, encodeAlone, encodeArrived } from './arrived-record.ts';
import type { EventRow } from './event-row.ts';

/** Within the folder of the errors. */
export const ARRIVED_FOLDER = 'arrived';

/** A file is not appended to beyond this, and goes when all of it is in the tables. */
const MOST_FILE_BYTES = 64_000_000;
/** Bytes that are written together. */
const PART_BYTES = 1 << 20;

interface LogFile {
  path: string;
  number: number;
  bytes: number;
  /** Events that are not in the tables yet. */
  left: number;
}

/**
 * Events that were answered and are not in the tables yet: when more come than those can take one by one, they are written here first,
 * which costs little, and go into the tables in bulk. Writing an event to the tables again changes nothing, so a crash at any place is harmless.
 */
export class ArrivedLog {
  readonly #folder: string;
  /** Oldest first; the last is the one that is written. */
  #files: LogFile[] = [];
  #descriptor: number | undefined;
  readonly #scratch = Buffer.allocUnsafeSlow(PART_BYTES);
  #unsynced = false;

  constructor(folder: string) {
    this.#folder = join(folder, ARRIVED_FOLDER);
  }

  /**
   * What an earlier process left, in the order that it came. `told` is called for a file that is damaged.
   */
  recover(told: (file: string, what: string) => void): EventRow[] {
    if (!existsSync(this.#folder)) return [];
    const all: EventRow[] = [];
    for (const name of readdirSync(this.#folder)
      .filter((name) => /^\d+\.log$/.test(name))
      .toSorted((a, b) => parseInt(a) - parseInt(b))) {
      const path = join(this.#folder, name);
      const bytes = readFileSync(path);
      const { rows, end } = decodeArrived(bytes);
      if (end < bytes.length) told(path, `${bytes.length - end} of ${bytes.length} bytes of events that had just come cannot be read`);
      all.push(...rows);
      this.#files.push({ path, number: parseInt(name), bytes: bytes.length, left: rows.length });
    }
    this.#dropFinished();
    return all;
  }

  /** All of the rows are written or, when it throws, none of them counts. A kill loses nothing of what was written. */
  append(rows: readonly EventRow[]): void {
    const file = this.#current();
    let bytes = 0;
    try {
      for (const part of this.#parts(rows)) {
        if (writeSync(this.#descriptor as number, part, 0, part.length, file.bytes + bytes) < part.length)
          throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
        bytes += part.length;
      }
    } catch (error) {
      // What was begun would hide all that follows it.
      ftruncateSync(this.#descriptor as number, file.bytes);
      throw error;
    }
    file.bytes += bytes;
    file.left += rows.length;
    this.#unsynced = true;
  }

  /** Records of the rows, as many together as there is memory for; each part is good until the next. */
  *#parts(rows: readonly EventRow[]): Generator<Buffer> {
    let end = 0;
    for (const row of rows) {
      const next = encodeArrived(row, this.#scratch, end);
      if (next === undefined && end > 0) yield this.#scratch.subarray(0, end);
      end = next ?? encodeArrived(row, this.#scratch, 0) ?? 0;
      if (end === 0) yield encodeAlone(row);
    }
    if (end > 0) yield this.#scratch.subarray(0, end);
  }

  /** The oldest so many are in the tables. */
  done(count: number): void {
    for (const file of this.#files) {
      const here = Math.min(count, file.left);
      file.left -= here;
      count -= here;
      if (count === 0) break;
    }
    this.#dropFinished();
  }

  /** For a power cut. */
  sync(): void {
    if (!this.#unsynced || this.#descriptor === undefined) return;
    this.#unsynced = false;
    fdatasyncSync(this.#descriptor);
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #current(): LogFile {
    const last = this.#files.at(-1);
    if (last !== undefined && this.#descriptor !== undefined && last.bytes < MOST_FILE_BYTES) return last;
    this.close();
    mkdirSync(this.#folder, { recursive: true });
    const number = (last?.number ?? 0) + 1;
    const path = join(this.#folder, `${number}.log`);
    // Not for appending: where a write fails half way, the next one takes its place.
    this.#descriptor = openSync(path, 'w');
    const file = { path, number, bytes: 0, left: 0 };
    this.#files.push(file);
    return file;
  }

  /** The one that is written stays, empty: it will be needed again. */
  #dropFinished(): void {
    this.#files = this.#files.filter((file, index) => {
      if (file.left > 0) return true;
      const isOpen = index === this.#files.length - 1 && this.#descriptor !== undefined;
      if (!isOpen) unlinkSync(file.path);
      else if (file.bytes > 0) {
        ftruncateSync(this.#descriptor as number, 0);
        file.bytes = 0;
      }
      return isOpen;
    });
  }
}
