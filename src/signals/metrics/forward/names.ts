// Names lie in chunks by number, so that those of numbers that are no longer used can be let go together.
const CHUNK_BITS = 16;
const CHUNK_NAMES = 1 << CHUNK_BITS;

interface Chunk {
  names: (string | undefined)[];
  /** Count of look-ups at the last one. */
  used: number;
}

/**
 * Names by their writer's number. Bounded: a table that forgets its names declares them again under new numbers, and the old
 * numbers are never used again, so the chunk that was not asked for longest goes.
 */
export class DeclaredNames {
  readonly #chunks = new Map<number, Chunk>();
  readonly #mostChunks: number;
  #uses = 0;

  constructor(mostChunks = 32) {
    this.#mostChunks = mostChunks;
  }

  set(id: number, name: string): void {
    const number = Math.floor(id / CHUNK_NAMES);
    let chunk = this.#chunks.get(number);
    if (!chunk) {
      if (this.#chunks.size === this.#mostChunks) this.#chunks.delete(this.#leastUsed());
      chunk = { names: [], used: 0 };
      this.#chunks.set(number, chunk);
    }
    chunk.used = ++this.#uses;
    chunk.names[id % CHUNK_NAMES] = name;
  }

  get(id: number): string | undefined {
    const chunk = this.#chunks.get(Math.floor(id / CHUNK_NAMES));
    if (!chunk) return undefined;
    chunk.used = ++this.#uses;
    return chunk.names[id % CHUNK_NAMES];
  }

  #leastUsed(): number {
    let least = -1;
    let uses = Infinity;
    for (const [number, { used }] of this.#chunks) if (used < uses) [least, uses] = [number, used];
    return least;
  }
}
