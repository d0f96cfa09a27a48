import type { Libc } from '../udp/libc.ts';
import type { Slots } from '../udp/pump.ts';
import { decodeAddress } from '../udp/sockaddr.ts';

/** Datagrams that one call of recvmmsg may bring. */
const COUNT = 64;
/** Holds the largest datagram and a newline more. The kernel gives memory only to pages that were written. */
const SLOT_BYTES = 65_536;
const LARGEST = 65_507;

// struct mmsghdr of 64-bit Linux: name 0, its length 8, iovec 16, their number 24; the received length 56.
const HEADER_BYTES = 64;
const VECTOR_BYTES = 16;
const ADDRESS_BYTES = 128;

/** Where recvmmsg puts datagrams, each whole in a slot of its own. `take` may write one byte behind a datagram's end. */
export function datagramSlots(libc: Libc, take: (bytes: Buffer, start: number, end: number, from: () => string) => void): Slots {
  const headers = 0;
  const vectors = headers + COUNT * HEADER_BYTES;
  const addresses = vectors + COUNT * VECTOR_BYTES;
  const slots = addresses + COUNT * ADDRESS_BYTES;
  // WebAssembly's memory stays where it is, which the kernel relies on.
  const memory = new WebAssembly.Memory({ initial: Math.ceil((slots + COUNT * SLOT_BYTES) / 65_536) });
  const bytes = Buffer.from(memory.buffer);
  const view = new DataView(memory.buffer);
  const base = libc.addressOf(bytes);
  for (let i = 0; i < COUNT; i++) {
    const vector = vectors + i * VECTOR_BYTES;
    view.setBigUint64(vector, base + BigInt(slots + i * SLOT_BYTES), true);
    view.setBigUint64(vector + 8, BigInt(LARGEST), true);
    const header = headers + i * HEADER_BYTES;
    view.setBigUint64(header, base + BigInt(addresses + i * ADDRESS_BYTES), true);
    view.setBigUint64(header + 16, base + BigInt(vector), true);
    view.setBigUint64(header + 24, 1n, true);
  }
  return {
    count: COUNT,
    headers: base + BigInt(headers),
    prepare() {
      for (let i = 0; i < COUNT; i++) view.setUint32(headers + i * HEADER_BYTES + 8, ADDRESS_BYTES, true);
    },
    take(received) {
      for (let i = 0; i < received; i++) {
        const start = slots + i * SLOT_BYTES;
        const address = addresses + i * ADDRESS_BYTES;
        take(
          bytes,
          start,
          start + view.getUint32(headers + i * HEADER_BYTES + 56, true),
          () => decodeAddress(bytes.subarray(address, address + ADDRESS_BYTES)).host,
        );
      }
    },
  };
}
