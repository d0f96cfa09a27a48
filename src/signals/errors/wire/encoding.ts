import { Readable } from 'node:stream';
import {
  brotliDecompressSync,
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { keptCodecs } from '../../../core/kept-codecs.ts';
import { formatBytes, plain } from '../../../core/numbers.ts';

export type Encoding = 'gzip' | 'zlib' | 'deflate-raw' | 'br' | 'zstd';

/** Bodies up to these sizes are inflated on the spot: that takes less of the thread than a stream does. */
const SMALL_SENT = 32_768;
const SMALL_INFLATED = 262_144;
const MOST_ENCODINGS = 2;

// RFC 9659 allows a window of 8 MB for content; without this a frame of a few bytes may ask for 128 MB.
const ZSTD = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

const STREAMS = {
  gzip: createGunzip,
  zlib: createInflate,
  'deflate-raw': createInflateRaw,
  br: createBrotliDecompress,
  zstd: () => createZstdDecompress(ZSTD),
};
const AT_ONCE = {
  gzip: gunzipSync,
  zlib: inflateSync,
  'deflate-raw': inflateRawSync,
  br: brotliDecompressSync,
  zstd: (bytes: Uint8Array, options: object) => zstdDecompressSync(bytes, { ...options, ...ZSTD }),
};

/**
 * A body inflated as its Content-Encoding says (none, empty, or up to two of gzip, deflate, br, zstd). It ends as soon as the limit is passed.
 * @throws HeedError `body_too_large` (413), `unknown_encoding` (415), `bad_encoding`
 */
export async function inflateBody(bytes: Uint8Array, contentEncoding: string | undefined, most: number): Promise<Uint8Array> {
  const encodings = readEncodings(contentEncoding);
  if (encodings.length === 0 && bytes.length > most) throw tooLarge(most);
  let inflated = bytes;
  for (const encoding of encodings) {
    // A client without a body may still name its encoding.
    if (inflated.length > 0) inflated = await inflate(inflated, encoding === 'deflate' ? deflateKind(inflated) : encoding, most);
  }
  return inflated;
}

type Named = Exclude<Encoding, 'zlib' | 'deflate-raw'> | 'deflate';

/** Encodings in the order in which they are to be undone. */
function readEncodings(header = ''): Named[] {
  const names = header
    .slice(0, 200)
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
    .map((name) => (name === 'x-gzip' ? 'gzip' : name));
  const unknown = names.find((name) => !['gzip', 'deflate', 'br', 'zstd'].includes(name));
  if (unknown !== undefined || names.length > MOST_ENCODINGS) {
    const what = unknown === undefined ? `more than ${MOST_ENCODINGS} encodings` : `the encoding '${unknown.slice(0, 40)}'`;
    throw new HeedError('unknown_encoding', `cannot read the body: ${what}; send gzip, deflate, br, zstd or none`, { status: 415 });
  }
  return names.toReversed() as Named[];
}

/** `deflate` means zlib (RFC 9110), but some send it without zlib's header. */
export const deflateKind = (bytes: Uint8Array): 'zlib' | 'deflate-raw' => (isZlib(bytes) ? 'zlib' : 'deflate-raw');

/** True for bytes that begin like a zlib stream (RFC 1950). */
export const isZlib = (bytes: Uint8Array): boolean => bytes.length >= 2 && (bytes[0] & 0x0f) === 8 && ((bytes[0] << 8) | bytes[1]) % 31 === 0;

/**
 * Inflates up to `most` bytes.
 * @throws HeedError `body_too_large` (413), `bad_encoding`
 */
export async function inflate(bytes: Uint8Array, encoding: Encoding, most: number): Promise<Uint8Array> {
  try {
    if (bytes.length <= SMALL_SENT) {
      const quickly = encoding === 'gzip' ? keptCodecs()?.gunzip(bytes) : undefined;
      if (quickly !== undefined && quickly.length > most) throw tooLarge(most);
      if (quickly !== undefined) return quickly;
      try {
        return AT_ONCE[encoding](bytes, { maxOutputLength: Math.min(most, SMALL_INFLATED) });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw error;
        if (most <= SMALL_INFLATED) throw tooLarge(most);
      }
    }
    // The streams' own limit does not hold, so what comes out is counted.
    return await collect(Readable.from([bytes]).pipe(STREAMS[encoding]()), most);
  } catch (error) {
    if (error instanceof HeedError && error.code === 'body_too_large') throw error;
    throw new HeedError('bad_encoding', `cannot read the body: it is not ${encoding}: ${causeOf(error)}`, { cause: error });
  }
}

async function collect(source: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size);
}

const tooLarge = (most: number): HeedError =>
  new HeedError('body_too_large', `cannot read the body: it has more than ${plain(formatBytes(most))}; send less at once`, { status: 413 });
