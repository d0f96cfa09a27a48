import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { ErrorEvent } from '../../../core/error-event.ts';

/** Longest JSON that is kept of an event. */
export const MOST_BODY = 4_000_000;

const PARAMS = { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 };

/** All of an event that is read only with the event itself; what the lists need of it can be made from this anew. */
export interface Body {
  title: string;
  culprit: string;
  metadata: Readonly<Record<string, string>>;
  handled: boolean | undefined;
  user: string;
  hashes: readonly string[];
  event: ErrorEvent;
}

/** The body as it lies on disk: JSON in zstd with a checksum, so that a flipped bit is noticed. */
export function packBody(json: string): Uint8Array {
  const bytes = Buffer.from(json);
  // Told the size, zstd takes tables that fit: twice as fast for a few kilobytes.
  return zstdCompressSync(bytes, { pledgedSrcSize: bytes.length, params: PARAMS });
}

/** @throws when the bytes are damaged */
export function unpackBody(bytes: Uint8Array): Body {
  return JSON.parse(zstdDecompressSync(bytes, { maxOutputLength: 4 * MOST_BODY }).toString()) as Body;
}
