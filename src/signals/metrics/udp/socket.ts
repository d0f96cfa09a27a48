import { lookup } from 'node:dns/promises';
import { unlink } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { formatAddress, type Address } from '../../../core/config/values.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { freeSocketFile } from '../receive/socket-file.ts';
import { encodeInet, encodeUnix, decodeAddress } from './sockaddr.ts';
import type { Libc } from './libc.ts';

const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0o4000 | 0o2000000;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SO_RCVBUFFORCE = 33;
const SO_MEMINFO = 55;
const MEMINFO_DROPS = 8;

/** A bound datagram socket of the kernel's. */
export interface DatagramSocket {
  fd: number;
  transport: 'udp' | 'unix';
  address: string;
  port: number;
  /** Bytes of kernel memory that waiting datagrams may take, as granted. */
  receiveBuffer: number;
  /** Datagrams that the kernel dropped because nobody took them in time, since the socket was bound. */
  kernelDrops(): number;
  close(): void;
}

/**
 * Binds a UDP or Unix datagram socket and asks for `bufferBytes` of kernel memory.
 * @throws HeedError `cannot_listen` that names the address
 */
export async function openDatagramSocket(libc: Libc, address: Address, bufferBytes: number): Promise<DatagramSocket> {
  const where = `${address.transport} ${formatAddress(address)}`;
  const unix = address.transport === 'unix';
  try {
    if (unix) await freeSocketFile(address.path);
    const host = unix ? '' : (await lookup(address.host)).address;
    const sockaddr = unix ? encodeUnix(address.path) : encodeInet(host, address.port);
    const fd = libc.socket(unix ? AF_UNIX : isIPv6(host) ? AF_INET6 : AF_INET, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0);
    if (fd < 0) throw new Error(libc.errorName(libc.errno()));
    const size = askBuffer(libc, fd, bufferBytes);
    if (libc.bind(fd, sockaddr, sockaddr.length) !== 0) {
      const cause = libc.errorName(libc.errno());
      libc.close(fd);
      throw new Error(cause);
    }
    const bound = new Uint8Array(128);
    libc.getsockname(fd, bound, uint32(bound.length));
    return {
      fd,
      transport: unix ? 'unix' : 'udp',
      address: unix ? address.path : host,
      port: unix ? 0 : decodeAddress(bound).port,
      receiveBuffer: size,
      kernelDrops: () => readOption(libc, fd, SO_MEMINFO, 9)[MEMINFO_DROPS],
      close() {
        libc.close(fd);
        if (unix) void unlink(address.path).catch(() => undefined);
      },
    };
  } catch (error) {
    throw new HeedError('cannot_listen', `cannot listen on ${where}: ${causeOf(error)}`, { cause: error });
  }
}

/** Root may go beyond the system's limit; others get what net.core.rmem_max allows. The kernel doubles what is asked. */
function askBuffer(libc: Libc, fd: number, bytes: number): number {
  const value = uint32(bytes);
  if (libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, value, 4) !== 0) libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, value, 4);
  return readOption(libc, fd, SO_RCVBUF, 1)[0];
}

function readOption(libc: Libc, fd: number, option: number, words: number): Uint32Array {
  const value = new Uint32Array(words);
  const bytes = new Uint8Array(value.buffer);
  libc.getsockopt(fd, SOL_SOCKET, option, bytes, uint32(bytes.length));
  return value;
}

function uint32(value: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(value).buffer);
}
