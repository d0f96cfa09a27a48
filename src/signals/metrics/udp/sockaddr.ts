import { isIPv6, SocketAddress } from 'node:net';

// Socket addresses as Linux has them in memory.

const AF_INET = 2;
const AF_INET6 = 10;

/** sockaddr_in or sockaddr_in6 of a numeric address. */
export function encodeInet(host: string, port: number): Uint8Array {
  const six = isIPv6(host);
  const bytes = new Uint8Array(six ? 28 : 16);
  new DataView(bytes.buffer).setUint16(2, port);
  bytes[0] = six ? AF_INET6 : AF_INET;
  bytes.set(six ? ipv6Bytes(host) : host.split('.').map(Number), six ? 8 : 4);
  return bytes;
}

function ipv6Bytes(host: string): Uint8Array {
  // The URL parser writes out every short form but the double colon, and an embedded IPv4 part as hex.
  const [left, right = ''] = new URL(`http://[${host.replace(/%.*/, '')}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const bytes = new DataView(new ArrayBuffer(16));
  groups(left).forEach((group, i) => bytes.setUint16(i * 2, group));
  const end = groups(right);
  end.forEach((group, i) => bytes.setUint16(16 - (end.length - i) * 2, group));
  return new Uint8Array(bytes.buffer);
}

/** sockaddr_un of a path, at most 107 bytes. */
export function encodeUnix(path: string): Uint8Array {
  const text = Buffer.from(path);
  if (text.length > 107) throw new Error('the path of a Unix socket may have 107 bytes');
  const bytes = new Uint8Array(text.length + 3);
  bytes[0] = 1;
  bytes.set(text, 2);
  return bytes;
}

/** Host and port of a sockaddr; a Unix or unnamed one has none. */
export function decodeAddress(bytes: Uint8Array): { host: string; port: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (bytes[0] === AF_INET) return { host: bytes.slice(4, 8).join('.'), port: view.getUint16(2) };
  if (bytes[0] !== AF_INET6) return { host: '', port: 0 };
  const groups = Array.from({ length: 8 }, (_, i) => view.getUint16(8 + i * 2).toString(16));
  const parsed = SocketAddress.parse(`[${groups.join(':')}]:0`);
  return { host: parsed?.address ?? '', port: view.getUint16(2) };
}
