import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { ErrorEvent } from '../../../core/error-event.ts';
import { keptCodecs, MOST_PACKED } from '../../../core/kept-codecs.ts';

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

/** Where JSON stands as bytes while it is packed: asking for memory each time takes longer than packing it. */
const scratch = Buffer.allocUnsafeSlow(MOST_PACKED);

/**
 * The body as it lies on disk: JSON in zstd with a checksum, so that a flipped bit is noticed. `dictionary` is JSON much like it.
 * @returns memory that the next call overwrites, and how many bytes it was
 */
export function packBody(json: string, dictionary?: Uint8Array): { packed: Uint8Array; bytes: number } {
  // A letter has three bytes at most.
  const fits = json.length * 3 <= MOST_PACKED || Buffer.byteLength(json) <= MOST_PACKED;
  const bytes = fits ? scratch.subarray(0, scratch.write(json)) : Buffer.from(json);
  return { packed: keptCodecs()?.zstd(bytes, dictionary) ?? packAnew(bytes, dictionary), bytes: bytes.length };
}

function packAnew(bytes: Uint8Array, dictionary?: Uint8Array): Uint8Array {
  // Told the size, zstd takes tables that fit: twice as fast for a few kilobytes.
  return zstdCompressSync(bytes, { pledgedSrcSize: bytes.length, params: PARAMS, ...(dictionary && { dictionary }) });
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
