import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';
import { causeOf, HeedError } from '../../core/errors.ts';
import type { Dsn } from '../../signals/errors/wire/dsn.ts';
import { readTunnelDsn } from '../../signals/errors/wire/tunnel.ts';

/** The first line of an envelope lies within so many bytes, compressed or not. */
const MOST_BEGINNING = 8192;
const MOST_INFLATED = 16_000_000;

const PARTLY: Record<string, (bytes: Uint8Array) => Uint8Array> = {
  gzip: (bytes) => gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_INFLATED }),
  deflate: (bytes) => inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_INFLATED }),
  br: (bytes) => brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: MOST_INFLATED }),
};

/**
 * The DSN in the first line of an envelope whose beginning has come.
 * @returns undefined while it takes more
 * @throws HeedError `no_key` (401), `bad_encoding`
 */
export function dsnInBody(beginning: Uint8Array, isWhole: boolean, encoding: string | undefined): Dsn | undefined {
  if (encoding === undefined || encoding === '' || encoding === 'identity') return firstLine(beginning, isWhole);
  const inflate = Object.hasOwn(PARTLY, encoding) ? PARTLY[encoding] : undefined;
  if (inflate === undefined) throw new HeedError('no_key', 'cannot accept the envelope: its DSN cannot be read; send it as it is, or by gzip', { status: 401 });
  return firstLine(beginningOf(inflate, beginning), isWhole || beginning.length >= MOST_BEGINNING);
}

/** What is no envelope names no key, and is not looked at further. */
function firstLine(beginning: Uint8Array, isWhole: boolean): Dsn | undefined {
  try {
    return readTunnelDsn(beginning, isWhole);
  } catch (error) {
    throw new HeedError('no_key', causeOf(error), { status: 401 });
  }
}

function beginningOf(inflate: (bytes: Uint8Array) => Uint8Array, bytes: Uint8Array): Uint8Array {
  try {
    return inflate(bytes.subarray(0, MOST_BEGINNING));
  } catch {
    throw new HeedError('bad_encoding', 'cannot read the envelope: it is not compressed as its Content-Encoding says');
  }
}
