import type { ImportAnswer } from '../../api/contract.ts';
import { encodeFill, type FillBatch } from '../../core/fill-batch.ts';
import type { ServerClient } from '../client.ts';
import { withPatience } from './patience.ts';

/**
 * Hands a batch to the server; resolves when it is on its disk. A batch that was taken already does no harm, so it is sent again when
 * the server was busy or away.
 * @throws HeedError as the server refuses, `unreachable` when it stays away
 */
export async function sendBatch(client: ServerClient, batch: FillBatch, { dry, signal }: { dry: boolean; signal: AbortSignal }): Promise<ImportAnswer> {
  const body = encodeFill(batch);
  const init = { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' } };
  return withPatience(signal, () => client.json<ImportAnswer>(`/api/v1/import?dry=${dry ? 1 : 0}`, init));
}
