import type { Fact } from '../../../core/fact.ts';

/** Facts on their way to the main thread at most. */
const MOST_UNDER_WAY = 1000;

/** Hands facts to the main thread in batches, never more than it has taken plus a bound. */
export class FactQueue {
  readonly #send: (facts: Fact[]) => void;
  #batch: Fact[] = [];
  #underWay = 0;

  constructor(send: (facts: Fact[]) => void) {
    this.#send = send;
  }

  /** False when too many are under way; the fact was not taken. */
  push(fact: Fact): boolean {
    if (this.#underWay >= MOST_UNDER_WAY) return false;
    this.#underWay++;
    if (this.#batch.push(fact) === 1) setImmediate(() => this.flush());
    return true;
  }

  flush(): void {
    if (this.#batch.length > 0) this.#send(this.#batch);
    this.#batch = [];
  }

  /** The main thread has dealt with some. */
  taken(count: number): void {
    this.#underWay -= count;
  }
}
