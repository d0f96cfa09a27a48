/**
 * Keeps the `limit` least of what is offered, of equals one, so that asking for the first of very many costs no more memory than for few.
 */
export class Best<T> {
  readonly #limit: number;
  readonly #compare: (a: T, b: T) => number;
  #items: T[] = [];
  #worst: T | undefined;

  constructor(limit: number, compare: (a: T, b: T) => number) {
    this.#limit = Math.max(0, limit);
    this.#compare = compare;
  }

  /** Nothing from this one on can be among the best any more; undefined while all can. */
  get worst(): T | undefined {
    return this.#worst;
  }

  offer(item: T): void {
    if (this.#worst !== undefined && this.#compare(item, this.#worst) >= 0) return;
    this.#items.push(item);
    if (this.#items.length < this.#limit * 2 + 1000) return;
    this.#items = this.take();
    if (this.#items.length === this.#limit) this.#worst = this.#items.at(-1);
  }

  /** The best in order. */
  take(): T[] {
    const sorted = this.#items.toSorted(this.#compare);
    return sorted.filter((item, i) => i === 0 || this.#compare(sorted[i - 1], item) !== 0).slice(0, this.#limit);
  }
}

/** Order of texts as Graphite sorts names, by UTF-16 unit. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
