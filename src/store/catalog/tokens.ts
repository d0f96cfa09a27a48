import type { Scope } from '../../core/scopes.ts';

/** Tokens that programs ask with; part of the catalog. All times are milliseconds since 1970. */
export interface Tokens {
  /** All, the newest first. */
  list(): Promise<Token[]>;
  /**
   * Remembers a token by its SHA-256 in hex; the token itself is kept nowhere.
   * @throws HeedError `too_many_tokens` (507) above 200
   */
  add(token: Pick<Token, 'label' | 'ending' | 'scopes' | 'createdBy'>, hash: string): Promise<Token>;
  /** Resolves to whether it was there. From then on nobody is let in by it. */
  remove(id: number): Promise<boolean>;
  /** The one with this SHA-256; undefined when there is none. */
  find(hash: string): Promise<Token | undefined>;
  /** It was used at `time`; what is less than an hour later than what is known is not written. */
  used(id: number, time: number): Promise<void>;
}

export interface Token {
  id: number;
  /** Who uses it, e.g. `GitLab CI`. */
  label: string;
  /** Its last characters, by which people tell it from others. */
  ending: string;
  scopes: Scope[];
  created: number;
  createdBy: string;
  /** To the hour; undefined when never. */
  used: number | undefined;
}

export const MOST_TOKENS = 200;
/** Milliseconds between two notes of a token's use. */
export const USE_STEP = 3_600_000;
