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

/** Most of a body that others are packed by. */
const MOST_DICTIONARY = 64 << 10;

/** The body as it lies on disk: JSON in zstd with a checksum, so that a flipped bit is noticed. `dictionary` is JSON much like it. */
export function packBody(json: Uint8Array, dictionary?: Uint8Array): Uint8Array {
  // Told the size, zstd takes tables that fit: twice as fast for a few kilobytes.
  return zstdCompressSync(json, { pledgedSrcSize: json.length, params: PARAMS, ...(dictionary && { dictionary }) });
}

/** @throws when the bytes are damaged, or the dictionary is not the one that they were packed by */
export function unpackBody(bytes: Uint8Array, dictionary?: Uint8Array): Body {
  return JSON.parse(unpack(bytes, dictionary).toString()) as Body;
}

/** What a body is as a dictionary. @throws when it is damaged */
export function dictionaryOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(unpack(bytes).subarray(0, MOST_DICTIONARY));
}

function unpack(bytes: Uint8Array, dictionary?: Uint8Array): Buffer {
  return zstdDecompressSync(bytes, { maxOutputLength: 4 * MOST_BODY, ...(dictionary && { dictionary }) });
}
