import { headers, overflow, overflowBytes, packetBytes, packets, SIMD_GUARD, input, inputBytes } from './layout';
import { cursor, DONE, limit, parse, setInput } from './parse';
import { NEWLINE } from './scan';

// Datagrams as recvmmsg left them, one after the other.

const MESSAGE_FLAGS: usize = 48;
const MESSAGE_LENGTH: usize = 56;
const TRUNCATED: u32 = 0x20;

let next: u32 = 0;
let count: u32 = 0;

/** Bytes of the datagrams begun since the last `start`; datagrams that were cut because they did not fit. */
export let batchBytes: u32 = 0;
export let cutPackets: u32 = 0;

/** Begins with the first of `received` datagrams. */
export function startPackets(received: u32): u32 {
  next = 0;
  count = received;
  batchBytes = 0;
  cutPackets = 0;
  setInput(input, input);
  return resume();
}

/** Begins with `length` bytes in the input area. */
export function startInput(length: u32): u32 {
  next = count = 0;
  setInput(input, input + length);
  return resume();
}

/** Goes on at the cursor. */
export function resume(): u32 {
  while (true) {
    const stop = parse();
    if (stop != DONE || next == count) return stop;
    openPacket(next++);
  }
}

/** Points the parser at a datagram; a long one, which stands in two places, is joined in the input area. */
function openPacket(slot: u32): void {
  const header = headers + <usize>slot * 64;
  const room = packetBytes - SIMD_GUARD;
  let length = <usize>load<u32>(header, MESSAGE_LENGTH);
  let start = packets + <usize>slot * packetBytes;
  batchBytes += <u32>length;
  if (length > room) {
    length = min(length, min(inputBytes, room + overflowBytes));
    memory.copy(input, start, room);
    memory.copy(input + room, overflow + <usize>slot * overflowBytes, length - room);
    start = input;
  }
  if (load<u32>(header, MESSAGE_FLAGS) & TRUNCATED) {
    cutPackets++;
    while (length && load<u8>(start + length - 1) != NEWLINE) length--;
  }
  setInput(start, start + length);
}
