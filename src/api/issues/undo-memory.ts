import { randomBytes } from 'node:crypto';
import type { UndoneIssue } from '../../store/errors/errors-store.ts';

const LIFE = 10 * 60_000;
const MOST_CHANGES = 200;
const MOST_ISSUES = 20_000;

/** What issues were before they were changed, ten minutes long; the oldest are forgotten when there are many. */
export class UndoMemory {
  readonly #kept = new Map<string, { time: number; before: readonly UndoneIssue[] }>();
  readonly #now: () => number;
  #issues = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @returns a token for `take` */
  keep(before: readonly UndoneIssue[]): string {
    const token = randomBytes(16).toString('hex');
    this.#kept.set(token, { time: this.#now(), before });
    this.#issues += before.length;
    this.#forget();
    return token;
  }

  /** What the token stands for, once; undefined when it is forgotten. */
  take(token: string): readonly UndoneIssue[] | undefined {
    this.#forget();
    const found = this.#kept.get(token);
    if (found) this.#remove(token, found.before.length);
    return found?.before;
  }

  #forget(): void {
    for (const [token, { time, before }] of this.#kept) {
      if (this.#kept.size <= MOST_CHANGES && this.#issues <= MOST_ISSUES && this.#now() - time < LIFE) return;
      this.#remove(token, before.length);
    }
  }

  #remove(token: string, issues: number): void {
    this.#kept.delete(token);
    this.#issues -= issues;
  }
}
