import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Largest body that is read back; `add` lets none pass that is larger. */
export const MOST_BODY = 1_000_000;

const PARAMS = { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 };

/** A fact's text and data as they lie on disk: JSON in zstd with a checksum, so that a flipped bit is noticed. */
export function packBody(json: string): Uint8Array {
  return zstdCompressSync(json, { params: PARAMS });
}

/**
 * The body again, and its length as JSON.
 * @throws when the bytes are damaged
 */
export function unpackBody(bytes: Uint8Array): { json: { text: string; data: Record<string, unknown> }; length: number } {
  const text = zstdDecompressSync(bytes, { maxOutputLength: 4 * MOST_BODY }).toString();
  return { json: JSON.parse(text) as { text: string; data: Record<string, unknown> }, length: text.length };
}
