/** Random, so that nobody can send names that all fall into one slot. */
export interface HashKey {
  k0: number;
  k1: number;
}

export function randomHashKey(): HashKey {
  const [k0, k1] = crypto.getRandomValues(new Int32Array(2));
  return { k0, k1 };
}

/** HalfSipHash-1-3 of bytes: 32 bits that an attacker who does not know the key cannot steer. */
export function hashBytes({ k0, k1 }: HashKey, bytes: Uint8Array, start: number, end: number): number {
  let v0 = k0;
  let v1 = k1;
  let v2 = 0x6c796765 ^ k0;
  let v3 = 0x74656462 ^ k1;
  const whole = end - ((end - start) & 3);
  let rounds = 0;
  for (let at = start; rounds < 4;) {
    let word = 0;
    if (at < whole) {
      word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
      at += 4;
    } else if (rounds === 0) {
      word = (end - start) << 24;
      for (let i = at; i < end; i++) word |= bytes[i] << ((i - at) * 8);
      rounds = 1;
    } else {
      if (rounds === 1) v2 ^= 0xff;
      rounds++;
    }
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  return (v1 ^ v3) >>> 0;
}

/** 32 bits of a pair of small numbers. */
export function hashPair({ k0, k1 }: HashKey, a: number, b: number): number {
  let hash = Math.imul(a ^ k0, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0x85ebca6b) + k1;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
