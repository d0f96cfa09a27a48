import { join } from 'node:path';
import type { Partition } from './block-list.ts';
import { readChecked, writeChecked } from './checked-json.ts';

const FILE = 'rolled.json';

/**
 * Which windows have been rolled up into the next tier, and up to which sequence number of their blocks. Kept in a small
 * file; when it is lost the roll-ups are made again, with the same result.
 */
export class Rolled {
  readonly #path: string;
  #until: Record<string, number> = {};

  constructor(folder: string, damaged: (file: string, what: string) => void) {
    this.#path = join(folder, FILE);
    const { value, problem } = readChecked<Record<string, number>>(this.#path);
    if (value) this.#until = value;
    if (problem) damaged(this.#path, `${problem}; windows are rolled up again`);
  }

  /** All that the window's blocks hold is in the next tier. */
  covers(partition: Partition): boolean {
    return (this.#until[nameOf(partition)] ?? -1) >= lastOf(partition);
  }

  /** The window is rolled up as it is now. */
  add(partition: Partition): void {
    this.#until[nameOf(partition)] = lastOf(partition);
    writeChecked(this.#path, this.#until);
  }

  /** The window is gone. */
  forget(partition: Partition): void {
    if (!(nameOf(partition) in this.#until)) return;
    delete this.#until[nameOf(partition)];
    writeChecked(this.#path, this.#until);
  }
}

const nameOf = ({ layout, tier, start }: Partition): string => `${layout}/${tier}/${start}`;

/** Sequence number of the newest block. */
function lastOf({ blocks }: Partition): number {
  return Math.max(...blocks.map((block) => block.lastSequence));
}

/** The file and what is wrong with it, for `heed verify`. */
export function checkRolled(folder: string): [file: string, problem: string][] {
  return [[FILE, readChecked(join(folder, FILE)).problem]];
}
