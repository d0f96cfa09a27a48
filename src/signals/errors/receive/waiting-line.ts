/** What a waiting line may hold. */
export interface LineLimits {
  count: number;
  bytes: number;
}

interface Waiting<Item> {
  item: Item;
  bytes: number;
}

/**
 * Requests that wait to be read, one project after the other: who sends much waits for itself. A project may fill half of the line, one more
 * half of what is then left, and so on, so that there is room for those who send little.
 */
export class WaitingLine<Item> {
  readonly #limits: LineLimits;
  /** In the order in which they have their turn; none is empty. */
  readonly #projects = new Map<number, { items: Waiting<Item>[]; bytes: number }>();
  #count = 0;
  #bytes = 0;

  constructor(limits: LineLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#count;
  }

  /** Whether so many bytes more of the project may wait. */
  hasRoom(project: number, bytes: number): boolean {
    const own = this.#projects.get(project);
    return (own?.items.length ?? 0) + this.#count < this.#limits.count && (own?.bytes ?? 0) + this.#bytes + bytes <= this.#limits.bytes;
  }

  add(project: number, item: Item, bytes: number): void {
    let own = this.#projects.get(project);
    if (own === undefined) this.#projects.set(project, (own = { items: [], bytes: 0 }));
    own.items.push({ item, bytes });
    own.bytes += bytes;
    this.#count++;
    this.#bytes += bytes;
  }

  /** The oldest of the project whose turn it is. */
  next(): Item | undefined {
    const [first] = this.#projects;
    if (first === undefined) return undefined;
    const [project, own] = first;
    const { item, bytes } = own.items.shift() as Waiting<Item>;
    own.bytes -= bytes;
    this.#count--;
    this.#bytes -= bytes;
    this.#projects.delete(project);
    if (own.items.length > 0) this.#projects.set(project, own);
    return item;
  }
}
