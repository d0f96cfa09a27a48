import { createRequire } from 'node:module';
import type * as Koffi from 'koffi';

/**
 * Node's own zlib and zstd, called with contexts and memory that are kept. node:zlib makes those anew for every call, which takes a
 * few kilobytes longer than the work itself. Undefined where that is not 64-bit Linux with a koffi that loads; node:zlib does then.
 */
export interface KeptCodecs {
  /**
   * The bytes of one gzip member, at most `MOST_INFLATED`.
   * @returns undefined for what is damaged, longer or goes on behind it: node:zlib can tell
   */
  gunzip(bytes: Uint8Array): Uint8Array | undefined;
  /**
   * A zstd frame with its size and a checksum; `dictionary` is much like what is packed.
   * @returns memory that the next call overwrites; undefined for what is longer than `MOST_PACKED` bytes
   */
  zstd(bytes: Uint8Array, dictionary?: Uint8Array): Uint8Array | undefined;
}

export const MOST_INFLATED = 262_144;
export const MOST_PACKED = 262_144;

/** What is inflated stands in pieces of this, so that memory is asked for seldom. */
const SLAB = 2 << 20;
const LEVEL = 3;

// Numbers of zlib.h and zstd.h.
const GZIP_WINDOW = 31;
const [Z_FINISH, Z_STREAM_END] = [4, 1];
const Z_STREAM_BYTES = 112;
const [ZSTD_LEVEL, ZSTD_CHECKSUM] = [100, 201];

let loaded: KeptCodecs | undefined | null = null;

/** Those of this thread. */
export function keptCodecs(): KeptCodecs | undefined {
  if (loaded === null) loaded = load();
  return loaded;
}

function load(): KeptCodecs | undefined {
  // The layout of z_stream below is that of 64-bit Linux, little endian.
  if (process.platform !== 'linux' || !['x64', 'arm64', 'riscv64', 'loong64'].includes(process.arch)) return undefined;
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi;
    const node = koffi.load(null);
    return { gunzip: gunzipBy(koffi, node), zstd: zstdBy(node) };
  } catch {
    // E.g. a Node that has them in libraries of the system, of which the symbols are not its own.
    return undefined;
  }
}

function gunzipBy(koffi: typeof Koffi, node: Koffi.LibraryHandle): KeptCodecs['gunzip'] {
  const version = (node.func('const char *zlibVersion()') as () => string)();
  const init = node.func('int inflateInit2_(void *stream, int window, const char *version, int size)') as (
    stream: BigUint64Array,
    window: number,
    version: string,
    size: number,
  ) => number;
  const reset = node.func('int inflateReset(void *stream)') as (stream: BigUint64Array) => number;
  const inflate = node.func('int inflate(void *stream, int flush)') as (stream: BigUint64Array, flush: number) => number;
  // next_in, avail_in, total_in, next_out, avail_out, total_out …
  const stream = new BigUint64Array(Z_STREAM_BYTES / 8);
  const words = new Uint32Array(stream.buffer);
  if (init(stream, GZIP_WINDOW, version, Z_STREAM_BYTES) !== 0) throw new Error('another zlib');
  let slab = new Uint8Array(SLAB);
  let used = 0;
  return (bytes) => {
    if (bytes.length === 0) return undefined;
    if (SLAB - used < MOST_INFLATED) [slab, used] = [new Uint8Array(SLAB), 0];
    reset(stream);
    stream[0] = koffi.address(bytes);
    words[2] = bytes.length;
    stream[3] = koffi.address(slab) + BigInt(used);
    words[8] = MOST_INFLATED;
    if (inflate(stream, Z_FINISH) !== Z_STREAM_END || words[2] !== 0) return undefined;
    const end = used + MOST_INFLATED - words[8];
    const inflated = slab.subarray(used, end);
    used = end;
    return inflated;
  };
}

function zstdBy(node: Koffi.LibraryHandle): KeptCodecs['zstd'] {
  type Context = unknown;
  const context = (node.func('void *ZSTD_createCCtx()') as () => Context)();
  const set = node.func('size_t ZSTD_CCtx_setParameter(void *context, int parameter, int value)') as (
    context: Context,
    parameter: number,
    value: number,
  ) => number;
  const refer = node.func('size_t ZSTD_CCtx_refPrefix(void *context, void *prefix, size_t size)') as (
    context: Context,
    prefix: Uint8Array,
    size: number,
  ) => number;
  const compress = node.func('size_t ZSTD_compress2(void *context, void *to, size_t room, void *from, size_t size)') as (
    context: Context,
    to: Uint8Array,
    room: number,
    from: Uint8Array,
    size: number,
  ) => number;
  const bound = node.func('size_t ZSTD_compressBound(size_t size)') as (size: number) => number;
  const room = bound(MOST_PACKED);
  const packed = new Uint8Array(room);
  set(context, ZSTD_LEVEL, LEVEL);
  set(context, ZSTD_CHECKSUM, 1);
  return (bytes, dictionary) => {
    if (bytes.length > MOST_PACKED) return undefined;
    // Holds for the next frame only.
    if (dictionary !== undefined && dictionary.length > 0) refer(context, dictionary, dictionary.length);
    const size = compress(context, packed, room, bytes, bytes.length);
    // Errors are sizes that cannot be.
    return size <= room ? packed.subarray(0, size) : undefined;
  };
}
