import { createRequire } from 'node:module';
import type * as Koffi from 'koffi';

/** Addresses and descriptors; everything returns -1 and sets errno on failure. */
export interface Libc {
  socket(domain: number, type: number, protocol: number): number;
  bind(fd: number, address: Uint8Array, length: number): number;
  close(fd: number): number;
  getsockname(fd: number, address: Uint8Array, length: Uint8Array): number;
  getsockopt(fd: number, level: number, option: number, value: Uint8Array, length: Uint8Array): number;
  setsockopt(fd: number, level: number, option: number, value: Uint8Array, length: number): number;
  recvmmsg(fd: number, headers: bigint, count: number, flags: number, timeout: null): number;
  errno(): number;
  /** The errno's name, e.g. EADDRINUSE. */
  errorName(errno: number): string;
  /** Where a view's first byte stands in this process. The view must not move: WebAssembly memory that never grows. */
  addressOf(view: Uint8Array): bigint;
  /** Calls back on the event loop whenever the descriptor can be read, until the handle is closed. */
  watch(fd: number, readable: () => void): Watch;
}

export interface Watch {
  pause(): void;
  resume(): void;
  close(): void;
}

let loaded: Libc | undefined | null = null;

/** The C library's sockets, or undefined where that is not 64-bit Linux with a koffi that loads. */
export function loadLibc(): Libc | undefined {
  if (loaded === null) loaded = load();
  return loaded;
}

function load(): Libc | undefined {
  // The message layouts below are those of 64-bit Linux, little endian.
  if (process.platform !== 'linux' || !['x64', 'arm64', 'riscv64', 'loong64'].includes(process.arch)) return undefined;
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi;
    const library = koffi.load(null);
    const names = new Map(Object.entries(koffi.os.errno).map(([name, number]) => [number, name]));
    return {
      socket: library.func('int socket(int, int, int)'),
      bind: library.func('int bind(int, void*, unsigned int)'),
      close: library.func('int close(int)'),
      getsockname: library.func('int getsockname(int, void*, void*)'),
      getsockopt: library.func('int getsockopt(int, int, int, void*, void*)'),
      setsockopt: library.func('int setsockopt(int, int, int, void*, unsigned int)'),
      recvmmsg: library.func('int recvmmsg(int, void*, unsigned int, int, void*)'),
      errno: () => koffi.errno(),
      errorName: (errno) => names.get(errno) ?? `errno ${errno}`,
      addressOf: (view) => koffi.address(view),
      watch(fd, readable) {
        const start = (): void => handle.start({ readable: true }, readable);
        const handle = koffi.node.poll(fd, { readable: true }, readable);
        return { pause: () => handle.stop(), resume: start, close: () => handle.close() };
      },
    };
  } catch {
    return undefined;
  }
}
