import { HeedError } from '../../../core/errors.ts';
import { type Dsn, parseDsn } from './dsn.ts';
import { MOST_HEADER_BYTES, readEnvelopeHeader } from './envelope.ts';

/**
 * The DSN in the first line of an envelope, of which only the beginning need be there.
 * @returns undefined while the line goes on after these bytes
 * @throws HeedError `bad_envelope`, `no_dsn` (401)
 */
export function readTunnelDsn(beginning: Uint8Array, isWhole: boolean): Dsn | undefined {
  const newline = beginning.subarray(0, MOST_HEADER_BYTES + 1).indexOf(0x0a);
  if (newline < 0 && !isWhole && beginning.length <= MOST_HEADER_BYTES) return undefined;
  const { dsn } = readEnvelopeHeader(newline < 0 ? beginning : beginning.subarray(0, newline));
  const parsed = parseDsn(dsn);
  if (parsed === undefined) {
    throw new HeedError('no_dsn', `cannot accept the envelope: its first line names no DSN; set 'tunnel' in an SDK, which adds it`, { status: 401 });
  }
  return parsed;
}
