import { crc32 } from 'node:zlib';
import { HEADER_BYTES } from './block-header.ts';

// The data section is cut into pages, so that a read checks just what it touches and damage stays in its page.
// A page is its share of the data and a trailer: u32 id of the first series that starts in it, u16 where, u16 zero, u32 page number, u32 CRC
// of all before. The trailer lets a scan find its way again behind a damaged page. The last page is as short as its data.

export const PAGE_BYTES = 16_384;
export const TRAILER_BYTES = 16;
/** Bytes of data in a full page. */
export const PAYLOAD_BYTES = PAGE_BYTES - TRAILER_BYTES;
/** In a trailer: no series starts in this page. */
export const NO_START = 0xffff;

/** Where page `number` starts in the file. */
export function pageOffset(number: number): number {
  return HEADER_BYTES + number * PAGE_BYTES;
}

export function pageCount(dataBytes: number): number {
  return Math.ceil(dataBytes / PAYLOAD_BYTES);
}

/** Bytes of the data section in the file, trailers included; the index follows it. */
export function sectionBytes(dataBytes: number): number {
  return dataBytes + pageCount(dataBytes) * TRAILER_BYTES;
}

/** Completes the page whose data is `bytes[at, at + payload)`: writes the trailer behind it. */
export function sealPage(bytes: Uint8Array, at: number, payload: number, number: number, firstId: number, firstAt: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at + payload, TRAILER_BYTES);
  view.setUint32(0, firstId, true);
  view.setUint16(4, firstAt, true);
  view.setUint16(6, 0, true);
  view.setUint32(8, number, true);
  view.setUint32(12, crc32(bytes.subarray(at, at + payload + TRAILER_BYTES - 4)), true);
}

/** True when the page at `bytes[at]` is the one that it should be, bit by bit. */
export function isSound(bytes: Uint8Array, at: number, payload: number, number: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at + payload, TRAILER_BYTES);
  return view.getUint32(8, true) === number && view.getUint32(12, true) === crc32(bytes.subarray(at, at + payload + TRAILER_BYTES - 4));
}

/** Where in a sound page the first series starts, and which; `at` is NO_START when none does. */
export function firstSeries(bytes: Uint8Array, at: number, payload: number): { id: number; at: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at + payload, TRAILER_BYTES);
  return { id: view.getUint32(0, true), at: view.getUint16(4, true) };
}
