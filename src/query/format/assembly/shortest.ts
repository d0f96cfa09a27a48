import { powerAt } from './powers';

// The shortest decimal that reads back as the same double, and of several the nearest: Raffaello Giulietti, "The Schubfach way to render
// doubles" (2020). Names of variables are the paper's.

const HIDDEN: u64 = 1 << 52;

/** Power of ten of the digits that `shortest` answered last. */
export let exponent: i32 = 0;

/** High word of a product of two words. */
// @ts-ignore: decorator
@inline
function high(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const middle = aHigh * bLow + ((aLow * bLow) >> 32);
  const other = aLow * bHigh + (middle & 0xffffffff);
  return aHigh * bHigh + (middle >> 32) + (other >> 32);
}

/** High word of a difference, its lowest bit set when there is a rest. */
// @ts-ignore: decorator
@inline
function minus(v0: u64, v1: u64, v2: u64, d0: u64, d1: u64, d2: u64): u64 {
  const borrow0 = u64(v0 < d0);
  const w1 = v1 - d1 - borrow0;
  return (v2 - d2 - u64(v1 < d1 || (v1 == d1 && borrow0 != 0))) | u64(w1 > 1);
}

/** High word of a sum, its lowest bit set when there is a rest. */
// @ts-ignore: decorator
@inline
function plus(v0: u64, v1: u64, v2: u64, d0: u64, d1: u64, d2: u64): u64 {
  const carry0 = u64(v0 + d0 < v0);
  const w1 = v1 + d1 + carry0;
  return (v2 + d2 + u64(w1 < v1 || (w1 == v1 && carry0 != 0))) | u64(w1 > 1);
}

/** Digits, without zeros at their end, of a finite number above 0; `exponent` is the power of ten that they stand for. */
export function shortest(value: f64): u64 {
  const bits = reinterpret<u64>(value);
  const fraction = bits & (HIDDEN - 1);
  const biased = <i32>(bits >> 52);
  const c = biased == 0 ? fraction : fraction | HIDDEN;
  const q = max(biased, 1) - 1075;
  // Below a power of two the doubles lie closer.
  const closer = fraction == 0 && biased > 1;
  const k = (q * 1262611 - (closer ? 524031 : 0)) >> 22;
  const h = q + ((-k * 1741647) >> 19) + 1;
  const g = powerAt(-k);
  const low = load<u64>(g);
  const top = load<u64>(g, 8);
  // g * cp, in three words; the two bounds lie by a multiple of g below and above.
  const cp = c << (h + 2);
  const v0 = low * cp;
  const v1 = top * cp + high(low, cp);
  const v2 = high(top, cp) + u64(v1 < top * cp);
  const down = h + i32(!closer);
  const up = h + 1;
  const odd = c & 1;
  const lower = minus(v0, v1, v2, low << down, (top << down) | (low >> (64 - down)), top >> (64 - down)) + odd;
  const upper = plus(v0, v1, v2, low << up, (top << up) | (low >> (64 - up)), top >> (64 - up)) - odd;
  const vb = v2 | u64(v1 > 1);
  const s = vb >> 2;
  if (s >= 10) {
    const tens = s / 10;
    const below = lower <= tens * 40;
    const above = tens * 40 + 40 <= upper;
    if (below != above) {
      exponent = k + 1;
      return withoutZeros(tens + u64(above));
    }
  }
  exponent = k;
  const below = lower <= 4 * s;
  const above = 4 * s + 4 <= upper;
  if (below != above) return withoutZeros(s + u64(above));
  const middle = 4 * s + 2;
  return withoutZeros(s + u64(vb > middle || (vb == middle && (s & 1) != 0)));
}

// @ts-ignore: decorator
@inline
function withoutZeros(digits: u64): u64 {
  let rest = digits;
  for (let next = rest / 10; next * 10 == rest; next = rest / 10) {
    rest = next;
    exponent++;
  }
  return rest;
}
