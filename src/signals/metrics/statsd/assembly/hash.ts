import { seed } from './layout';

const FACTOR: u64 = 0x9e3779b97f4a7c15;

// @ts-ignore: decorator
@inline
export function mix(h: u64, x: u64): u64 {
  h = (h ^ x) * FACTOR;
  return h ^ (h >> 29);
}

/** The last 1 to 7 bytes as a number; reads up to 8. */
// @ts-ignore: decorator
@inline
export function tail(at: usize, length: usize): u64 {
  return load<u64>(at) & ((<u64>1 << (<u64>length << 3)) - 1);
}

/** Goes on from `h` over the bytes, eight at a time. Seeded, so that nobody outside can aim at one chain of the table. */
// @ts-ignore: decorator
@inline
export function hashBytes(h: u64, at: usize, length: usize): u64 {
  while (length >= 8) {
    h = mix(h, load<u64>(at));
    at += 8;
    length -= 8;
  }
  return length ? mix(h, tail(at, length)) : h;
}

// @ts-ignore: decorator
@inline
export function hashStart(): u64 {
  return seed;
}

/** Spreads all bits; the multiply alone leaves the low ones weak. */
// @ts-ignore: decorator
@inline
export function finish(h: u64, last: u64): u64 {
  h = mix(h, last) * 0xd6e8feb86659fd93;
  return h ^ (h >> 32);
}

export function sameBytes(a: usize, b: usize, length: usize): bool {
  while (length >= 8) {
    if (load<u64>(a) != load<u64>(b)) return false;
    a += 8;
    b += 8;
    length -= 8;
  }
  return length == 0 || tail(a, length) == tail(b, length);
}
