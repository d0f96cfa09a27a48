import { setTimeout as wait } from 'node:timers/promises';
import { HeedError } from '../../core/errors.ts';

/** Seconds that a server may be away, e.g. to be started again, or busy with other batches. */
const PATIENCE = 30;
const AGAIN_MS = 1000;
const PASSING = ['unreachable', 'busy', 'store_closed'];

/**
 * Asks again while the server is busy or away; only for what may be asked twice.
 * @throws the last error when it stays so, and any other at once
 */
export async function withPatience<Answer>(signal: AbortSignal, ask: () => Promise<Answer>): Promise<Answer> {
  for (let left = PATIENCE; ; left--) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error) || left === 0) throw error;
      await wait(AGAIN_MS, undefined, { signal });
    }
  }
}

/** An answer that ends in its middle is a TypeError of fetch (WHATWG Fetch, 5.6). */
function isPassing(error: unknown): boolean {
  return error instanceof HeedError ? PASSING.includes(error.code) : error instanceof TypeError;
}
