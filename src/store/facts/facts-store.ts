import type { Fact } from '../../core/fact.ts';

/**
 * Where facts live. The embedded engine keeps them in SQLite; a distributed one will keep them in ClickHouse.
 * `contract.suite.ts` runs against every implementation. Facts never change; they only age out.
 */
export interface FactsStore extends AsyncDisposable {
  /**
   * Takes a fact. False when it was not taken: the queue is full (counted as `facts.dropped.queue_full`), or the fact has more
   * than 1 MB or no time (`facts.dropped.bad_fact`).
   * A fact that was taken is on disk within a second; what a crash may lose is what was taken in the last one.
   */
  add(fact: Fact): boolean;
  /** Resolves when all that was taken before is on disk (or was counted as dropped). */
  sync(): Promise<void>;
  /** Facts that match, newest first; of equal times the later taken first. */
  find(question: FactsQuestion): Promise<StoredFact[]>;
  /** Forgets facts of a kind (of all kinds without one) older than `time`; resolves to how many. */
  removeBefore(time: number, kind?: string): Promise<number>;
  /** Damage met since the start, each with a file and what was lost. */
  readonly damage: { file: string; what: string; time: number }[];
  /** Not empty: why facts cannot be written at the moment, e.g. a full disk. */
  readonly writeProblem: string;
}

/** What to look for; everything given must match. */
export interface FactsQuestion {
  id?: number;
  kind?: string;
  /** Milliseconds since 1970, inclusive. */
  from?: number;
  /** Milliseconds since 1970, exclusive. */
  until?: number;
  /** Each tag must have exactly this value. */
  tags?: Record<string, string>;
  /** At most this many; fewer when they would have more than 16 MB of text. */
  limit: number;
}

/** A fact with the number by which the store knows it. */
export interface StoredFact extends Fact {
  id: number;
}
