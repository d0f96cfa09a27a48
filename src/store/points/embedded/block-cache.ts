import { BlockReader } from './blocks/block-reader.ts';

/** Open files, and bytes of their indexes, that one thread keeps. */
const MAX_FILES = 256;
const MAX_BYTES = 96 << 20;

/** Open block readers of one thread; the least recently used are closed first. */
export class BlockCache {
  readonly #readers = new Map<string, BlockReader>();
  readonly #damaged: (file: string, what: string) => void;

  constructor(damaged: (file: string, what: string) => void) {
    this.#damaged = damaged;
  }

  /** @throws the file system's error; ENOENT when the block was merged into another since the plan was made */
  open(path: string): BlockReader {
    const known = this.#readers.get(path);
    if (known) {
      this.#readers.delete(path);
      this.#readers.set(path, known);
      return known;
    }
    const reader = BlockReader.open(path, this.#damaged);
    this.#readers.set(path, reader);
    return reader;
  }

  /** Closes what is over the bounds; only between reads, as a read holds its readers. */
  trim(): void {
    let bytes = 0;
    for (const reader of this.#readers.values()) bytes += reader.indexBytes;
    for (const [path, reader] of this.#readers) {
      if (this.#readers.size <= MAX_FILES && bytes <= MAX_BYTES) return;
      this.#readers.delete(path);
      bytes -= reader.indexBytes;
      reader.close();
    }
  }

  close(): void {
    for (const reader of this.#readers.values()) reader.close();
    this.#readers.clear();
  }
}
