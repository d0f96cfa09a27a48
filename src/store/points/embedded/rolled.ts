import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Partition } from './block-list.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Which windows have been rolled up into the next tier, and up to which sequence number of their blocks. Kept in a small
 * file; when it is lost the roll-ups are made again, with the same result.
 */
export class Rolled {
  readonly #path: string;
  #until: Record<string, number> = {};

  constructor(folder: string, damaged: (file: string, what: string) => void) {
    this.#path = join(folder, 'rolled.json');
    try {
      const { crc, until } = JSON.parse(readFileSync(this.#path, 'utf8')) as { crc: number; until: Record<string, number> };
      if (crc === crc32(JSON.stringify(until))) this.#until = until;
      else damaged(this.#path, 'wrong checksum; windows are rolled up again');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') damaged(this.#path, 'unreadable; windows are rolled up again');
    }
  }

  /** All that the window's blocks hold is in the next tier. */
  covers(partition: Partition): boolean {
    return (this.#until[nameOf(partition)] ?? -1) >= lastOf(partition);
  }

  /** The window is rolled up as it is now. */
  add(partition: Partition): void {
    this.#until[nameOf(partition)] = lastOf(partition);
    this.#write();
  }

  /** The window is gone. */
  forget(partition: Partition): void {
    if (!(nameOf(partition) in this.#until)) return;
    delete this.#until[nameOf(partition)];
    this.#write();
  }

  #write(): void {
    writeWhole(this.#path, JSON.stringify({ crc: crc32(JSON.stringify(this.#until)), until: this.#until }));
  }
}

const nameOf = ({ layout, tier, start }: Partition): string => `${layout}/${tier}/${start}`;

/** Sequence number of the newest block. */
function lastOf({ blocks }: Partition): number {
  return Math.max(...blocks.map((block) => block.lastSequence));
}
