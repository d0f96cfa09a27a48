import { HeedError } from '../../core/errors.ts';

/** Which changes are looked for. Times are milliseconds. */
export interface ChangesQuestion {
  at: number;
  /** Length of the time before and of the time after. */
  span: number;
  /** A glob of names; empty for all but Heed's own. */
  pattern: string;
  /** Most changes to answer. */
  limit: number;
}

/** Less is known of a shorter time than can be compared. */
const LEAST_SPAN = 60_000;

/**
 * The time that can be compared: of a moment just past only so much after it as there is yet.
 * @throws HeedError `too_recent`
 */
export function comparedSpan({ at, span }: ChangesQuestion, now: number): number {
  const possible = Math.min(span, now - at);
  if (possible >= LEAST_SPAN) return possible;
  throw new HeedError('too_recent', 'cannot look for changes: too little is known of the time after; choose a moment that is a minute old or more');
}

/** Heed's own series are about Heed; they are looked at when they are asked for. */
export function isWanted(name: string, pattern: string): boolean {
  return !name.startsWith('heed.') || pattern.startsWith('heed.');
}
