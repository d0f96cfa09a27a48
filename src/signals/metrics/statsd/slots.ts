import type { Slots } from '../udp/pump.ts';
import type { Libc } from '../udp/libc.ts';
import type { DatagramSocket } from '../udp/socket.ts';
import { decodeAddress } from '../udp/sockaddr.ts';
import { SLOT_BYTES, SLOT_GUARD, SLOT_OVERFLOW_BYTES, type Aggregation } from './aggregation.ts';

/** Datagrams that one call of recvmmsg may bring. */
export const SLOT_COUNT = 256;

/** Datagrams of a batch whose senders are known. */
export const NAMED_SLOTS = 8;

const HEADER_BYTES = 64;
const NAME_BYTES = 128;

/**
 * Lays the mmsghdr and iovec tables out in the parser's memory (struct msghdr of 64-bit Linux: name 0, its length 8, iovec 16, their
 * number 24, flags 48; the received length at 56). A datagram goes into a slot of 2 kB, what is longer into an overflow of 64 kB. Only
 * the first few of a batch get their sender's address, for the packet echo.
 */
export function makeSlots(libc: Libc, aggregation: Aggregation, take: (received: number, socket: DatagramSocket) => void): Slots {
  const { wasm, memory } = aggregation;
  const base = libc.addressOf(memory);
  const view = new DataView(memory.buffer);
  const headers = wasm.headers.value;
  for (let i = 0; i < SLOT_COUNT; i++) {
    const vector = wasm.vectors.value + i * 32;
    view.setBigUint64(vector, base + BigInt(wasm.packets.value + i * SLOT_BYTES), true);
    view.setBigUint64(vector + 8, BigInt(SLOT_BYTES - SLOT_GUARD), true);
    view.setBigUint64(vector + 16, base + BigInt(wasm.overflow.value + i * SLOT_OVERFLOW_BYTES), true);
    view.setBigUint64(vector + 24, BigInt(SLOT_OVERFLOW_BYTES - (SLOT_BYTES - SLOT_GUARD)), true);
    const header = headers + i * HEADER_BYTES;
    view.setBigUint64(header + 16, base + BigInt(vector), true);
    view.setBigUint64(header + 24, 2n, true);
  }
  for (let i = 0; i < NAMED_SLOTS; i++) view.setBigUint64(headers + i * HEADER_BYTES, base + BigInt(wasm.senders.value + i * NAME_BYTES), true);
  return {
    count: SLOT_COUNT,
    headers: base + BigInt(headers),
    prepare() {
      for (let i = 0; i < NAMED_SLOTS; i++) view.setUint32(headers + i * HEADER_BYTES + 8, NAME_BYTES, true);
    },
    take,
  };
}

function lengthAt({ wasm, memory }: Aggregation, index: number): number {
  return new DataView(memory.buffer).getUint32(wasm.headers.value + index * HEADER_BYTES + 56, true);
}

/** Where a received datagram stands in the memory; of one longer than a slot, its beginning. Valid until the next batch. */
export function slotAt(aggregation: Aggregation, index: number): { start: number; end: number } {
  const start = aggregation.wasm.packets.value + index * SLOT_BYTES;
  return { start, end: start + Math.min(lengthAt(aggregation, index), SLOT_BYTES - SLOT_GUARD) };
}

/** Who sent one of the first NAMED_SLOTS datagrams of the batch, `` where the socket tells no address. */
export function senderOf(aggregation: Aggregation, index: number): string {
  const start = aggregation.wasm.senders.value + index * NAME_BYTES;
  return decodeAddress(aggregation.memory.subarray(start, start + NAME_BYTES)).host;
}

/** A copy of a received datagram, joined where it is longer than a slot. */
export function copySlot(aggregation: Aggregation, index: number): Buffer {
  const { wasm, memory } = aggregation;
  const { start, end } = slotAt(aggregation, index);
  const length = lengthAt(aggregation, index);
  const rest = wasm.overflow.value + index * SLOT_OVERFLOW_BYTES;
  return Buffer.concat([memory.subarray(start, end), memory.subarray(rest, rest + length - (end - start))]);
}
