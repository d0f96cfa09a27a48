const EMPTY = 0;

/**
 * An open-addressing table of numbers by 32-bit hash. Hashes stand beside the numbers, so growing it asks nobody. The owner compares
 * what the numbers stand for:
 * `for (let at = slots.first(hash); (value = slots.value(at)) >= 0; at = slots.next(at)) if (slots.hash(at) === hash && …)`.
 */
export class Slots {
  /** Pairs of hash and value + 1; 0 is free. */
  pairs: Uint32Array;
  #mask: number;
  #used = 0;

  /** `expected`: values for which there shall be room without growing. */
  constructor(expected = 0) {
    let size = 1024;
    while (size * 3 < expected * 4) size *= 2;
    this.pairs = new Uint32Array(size * 2);
    this.#mask = size - 1;
  }

  first(hash: number): number {
    return hash & this.#mask;
  }

  next(at: number): number {
    return (at + 1) & this.#mask;
  }

  hash(at: number): number {
    return this.pairs[at * 2];
  }

  /** -1 where the run ends. */
  value(at: number): number {
    return this.pairs[at * 2 + 1] - 1;
  }

  add(hash: number, value: number): void {
    if ((this.#used + 1) * 4 > (this.pairs.length / 2) * 3) this.#grow();
    this.#put(hash, value);
    this.#used++;
  }

  #put(hash: number, value: number): void {
    let at = this.first(hash);
    while (this.pairs[at * 2 + 1] !== EMPTY) at = this.next(at);
    this.pairs[at * 2] = hash;
    this.pairs[at * 2 + 1] = value + 1;
  }

  #grow(): void {
    const old = this.pairs;
    this.pairs = new Uint32Array(old.length * 2);
    this.#mask = this.pairs.length / 2 - 1;
    for (let i = 0; i < old.length; i += 2) if (old[i + 1] !== EMPTY) this.#put(old[i], old[i + 1] - 1);
  }

  /** Takes a value out and moves up what was pushed behind it, so that no run is broken. */
  remove(hash: number, value: number): void {
    let hole = this.first(hash);
    while (this.pairs[hole * 2 + 1] !== value + 1) {
      if (this.pairs[hole * 2 + 1] === EMPTY) return;
      hole = this.next(hole);
    }
    this.#used--;
    for (let at = this.next(hole); this.pairs[at * 2 + 1] !== EMPTY; at = this.next(at)) {
      const home = this.first(this.pairs[at * 2]);
      // An entry may move up only if its home does not lie between the hole and where it stands.
      if (((at - home) & this.#mask) < ((at - hole) & this.#mask)) continue;
      this.pairs.copyWithin(hole * 2, at * 2, at * 2 + 2);
      hole = at;
    }
    this.pairs.fill(EMPTY, hole * 2, hole * 2 + 2);
  }
}
