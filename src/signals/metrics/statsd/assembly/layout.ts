// The map of the wasm memory, laid out once by `init`. Everything has a fixed bound, so nothing here ever grows.

/** What a line measures; the numbers are core/series.ts's kinds, ALIAS is our own. */
export const COUNTER: u32 = 1;
export const GAUGE: u32 = 2;
export const TIMER: u32 = 3;
export const SET: u32 = 4;
export const ALIAS: u32 = 5;

/** A series' record: 64 bytes, one cache line. The two banks are the interval being received and the one being flushed. */
export const RECORD_BYTES: usize = 64;
export const HASH: usize = 0; // u64 of the raw spelling and the class
export const NAME: usize = 8; // u32, where the spelling stands in the arena: name, then tags
export const LENGTHS: usize = 12; // u32, length of the name | length of the tags << 16
export const CLASS: usize = 16; // u32, 0 is a free record
export const TARGET: usize = 20; // u32, an alias's series; of a free record the next free one + 1
export const BANK0: usize = 24; // AMOUNT, TOUCHES, PAGE
export const BANK1: usize = 40;
export const LATEST: usize = 56; // f64, a gauge's value now

/** Inside a bank: a counter's sum, a gauge's value at the end of the interval, a timer's summed 1/rate, a set's members. */
export const AMOUNT: usize = 0; // f64
export const TOUCHES: usize = 8; // u32, how often it was written; a timer's samples
export const PAGE: usize = 12; // u32, a timer's newest page + 1

export const PAGE_BYTES: usize = 256;
export const ARENA_GRAIN: usize = 16;
export const LONGEST_SPELLING: usize = 2048;
export const SIMD_GUARD: usize = 64; // readable bytes behind every input, for loads of 16

export let records: usize = 0;
export let maxRecords: u32 = 0;
export let table: usize = 0; // u64 each: record + 1 | upper half of the hash << 32
export let tableMask: u32 = 0;
export let arena: usize = 0;
export let arenaEnd: usize = 0;
export let pages: usize = 0;
export let links: usize = 0; // u32 per page: the page before it + 1
export let maxPages: u32 = 0;
export let members: usize = 0; // u64 each: hash of series and member, generation in the low byte
export let memberMask: u32 = 0;
export let input: usize = 0;
export let inputBytes: usize = 0;
export let scratch: usize = 0; // as large as the input, for JavaScript's names, members and samples
export let headers: usize = 0; // mmsghdr of recvmmsg, 64 bytes each
export let senders: usize = 0; // sockaddrs of a batch's first datagrams, 128 bytes each
export const SENDERS: usize = 8;
export let vectors: usize = 0; // two iovec each
export let packets: usize = 0;
export let packetBytes: usize = 0;
export let overflow: usize = 0; // what does not fit into a packet's slot
export let overflowBytes: usize = 0;
export let seed: u64 = 0;

let top: usize = 0;

function take(bytes: usize): usize {
  const start = top;
  top = (top + bytes + 63) & ~63;
  return start;
}

function powerOfTwo(least: u32): u32 {
  return 1 << (32 - clz(least - 1));
}

/** Lays the memory out and makes it large enough. Called once. Slots may be 0 where datagrams come another way. */
export function init(
  series: u32,
  arenaSize: u32,
  pageCount: u32,
  memberCount: u32,
  inputSize: u32,
  slots: u32,
  slotSize: u32,
  overflowSize: u32,
  random: u64,
): void {
  seed = random;
  top = (__heap_base + 63) & ~63;
  maxRecords = series;
  records = take(<usize>series * RECORD_BYTES);
  const entries = powerOfTwo(series * 2);
  tableMask = entries - 1;
  table = take(<usize>entries * 8);
  arena = take(arenaSize);
  arenaEnd = arena + arenaSize;
  maxPages = pageCount;
  pages = take(<usize>pageCount * PAGE_BYTES);
  links = take(<usize>pageCount * 4);
  const places = powerOfTwo(memberCount * 2);
  memberMask = places - 1;
  members = take(<usize>places * 8);
  inputBytes = inputSize;
  input = take(<usize>inputSize + SIMD_GUARD);
  scratch = take(<usize>inputSize + SIMD_GUARD);
  headers = take(<usize>slots * 64);
  senders = take(SENDERS * 128);
  vectors = take(<usize>slots * 32);
  packetBytes = slotSize;
  packets = take(<usize>slots * slotSize);
  overflowBytes = overflowSize;
  overflow = take(<usize>slots * overflowSize + SIMD_GUARD);
  const wanted = <i32>((top + 65535) >> 16);
  if (memory.size() < wanted) memory.grow(wanted - memory.size());
}
