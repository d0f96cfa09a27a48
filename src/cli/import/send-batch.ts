import { setTimeout as wait } from 'node:timers/promises';
import type { ImportAnswer } from '../../api/contract.ts';
import { HeedError } from '../../core/errors.ts';
import { encodeFill, type FillBatch } from '../../core/fill-batch.ts';
import type { ServerClient } from '../client.ts';

/** Seconds that a server may be away, e.g. to be started again, or busy with other batches. */
const PATIENCE = 30;
const AGAIN_MS = 1000;

/**
 * Hands a batch to the server; resolves when it is on its disk. A batch that was taken already does no harm, so it is sent again when
 * the server is busy or away.
 * @throws HeedError as the server refuses, `unreachable` when it stays away
 */
export async function sendBatch(client: ServerClient, batch: FillBatch, options: { dry: boolean; signal: AbortSignal }): Promise<ImportAnswer> {
  const body = encodeFill(batch);
  for (let left = PATIENCE; ; left--) {
    try {
      const init = { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' } };
      return await client.json<ImportAnswer>(`/api/v1/import?dry=${options.dry ? 1 : 0}`, init);
    } catch (error) {
      const passing = error instanceof HeedError && ['unreachable', 'busy', 'store_closed'].includes(error.code);
      if (!passing || left === 0) throw error;
      await wait(AGAIN_MS, undefined, { signal: options.signal });
    }
  }
}
