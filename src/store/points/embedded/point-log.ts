import { closeSync, fdatasync, ftruncateSync, mkdirSync, openSync, readdirSync, writevSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { syncFolder } from './blocks/file-bytes.ts';
import { encodeRecord } from './log-record.ts';

const syncData = promisify(fdatasync);

/** Path of log file `number` in the points folder. */
export function logPath(folder: string, number: number): string {
  return join(folder, 'log', `${String(number).padStart(8, '0')}.log`);
}

/** Numbers of the log files in the points folder, oldest first. */
export function listLogs(folder: string): number[] {
  mkdirSync(join(folder, 'log'), { recursive: true });
  return readdirSync(join(folder, 'log'))
    .map((name) => /^(\d{8,})\.log$/.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .toSorted((a, b) => a - b);
}

/** One log file, open for appending. What `append` wrote survives a kill; what `sync` saw survives a power cut. */
export class PointLog {
  readonly number: number;
  readonly #fd: number;
  #bytes = 0;
  #synced = 0;
  #syncing: Promise<void> | undefined;

  /** @throws the file system's error, e.g. ENOSPC */
  constructor(folder: string, number: number) {
    this.number = number;
    this.#fd = openSync(logPath(folder, number), 'wx');
    syncFolder(join(folder, 'log'));
  }

  get bytes(): number {
    return this.#bytes;
  }

  get dirty(): boolean {
    return this.#synced < this.#bytes;
  }

  /**
   * Appends one record with a single system call, as a rule. `arrived` is in seconds.
   * @throws the file system's error, with the file cut back to its last whole record
   */
  append(arrived: number, series: Uint32Array, slots: Uint32Array, values: Float64Array): void {
    const parts = encodeRecord(this.number, arrived, series, slots, values);
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    try {
      let written = writevSync(this.#fd, parts, this.#bytes);
      while (written < length) written += this.#rest(parts, written);
    } catch (error) {
      ftruncateSync(this.#fd, this.#bytes);
      throw error;
    }
    this.#bytes += length;
  }

  /** Resolves when all that was appended before is on the disk. */
  async sync(): Promise<void> {
    // One at a time: a second call waits for the first, then sees whether anything is left.
    while (this.#syncing) await this.#syncing;
    if (!this.dirty) return;
    const reached = this.#bytes;
    this.#syncing = syncData(this.#fd);
    try {
      await this.#syncing;
      this.#synced = reached;
    } finally {
      this.#syncing = undefined;
    }
  }

  /** Closes the file once no sync uses it. */
  async close(): Promise<void> {
    await this.#syncing?.catch(() => {});
    closeSync(this.#fd);
  }

  /** Writes what a short write left. */
  #rest(parts: Uint8Array[], written: number): number {
    const all = Buffer.concat(parts);
    return writevSync(this.#fd, [all.subarray(written)], this.#bytes + written);
  }
}
