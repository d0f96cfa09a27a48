// Looking for bytes, sixteen at a time. Every input ends in a newline of ours, so each of these stops there at the latest.

export const NEWLINE: u32 = 10;
export const HASH_SIGN: u32 = 35;
export const PLUS: u32 = 43;
export const MINUS: u32 = 45;
export const POINT: u32 = 46;
export const COLON: u32 = 58;
export const AT: u32 = 64;
export const BAR: u32 = 124;

// @ts-ignore: decorator
@inline
export function seek2(p: usize, a: u32, b: u32): usize {
  const va = i8x16.splat(<i8>a);
  const vb = i8x16.splat(<i8>b);
  while (true) {
    const v = v128.load(p);
    const found = i8x16.bitmask(v128.or(i8x16.eq(v, va), i8x16.eq(v, vb)));
    if (found) return p + <usize>ctz(found);
    p += 16;
  }
}

// @ts-ignore: decorator
@inline
export function seek3(p: usize, a: u32, b: u32, c: u32): usize {
  const va = i8x16.splat(<i8>a);
  const vb = i8x16.splat(<i8>b);
  const vc = i8x16.splat(<i8>c);
  while (true) {
    const v = v128.load(p);
    const found = i8x16.bitmask(v128.or(v128.or(i8x16.eq(v, va), i8x16.eq(v, vb)), i8x16.eq(v, vc)));
    if (found) return p + <usize>ctz(found);
    p += 16;
  }
}

export function seekNewline(p: usize): usize {
  return seek2(p, NEWLINE, NEWLINE);
}

// @ts-ignore: decorator
@inline
export function isDigit(c: u32): bool {
  return c - 48 <= 9;
}

const POWERS = memory.data<f64>([1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15]);
/** So many digits fit a float exactly, and a division by an exact power of ten rounds once: the result is Number()'s. */
const MOST_DIGITS: usize = 15;

export let number: f64 = 0;
export let numberSigned: bool = false;

/** Reads [+-]digits[.digits] into `number`; returns where it ends, or 0 when it is anything else or too long to be exact. */
// @ts-ignore: decorator
@inline
export function readNumber(p: usize): usize {
  let c = <u32>load<u8>(p);
  const sign = c;
  numberSigned = c == MINUS || c == PLUS;
  if (numberSigned) c = load<u8>(++p);
  const start = p;
  let whole: u64 = 0;
  let places: usize = 0;
  let digits: usize = 0;
  while (isDigit(c)) {
    whole = whole * 10 + (c - 48);
    c = load<u8>(++p);
  }
  digits = p - start;
  if (c == POINT) {
    const first = ++p;
    c = load<u8>(p);
    while (isDigit(c)) {
      whole = whole * 10 + (c - 48);
      c = load<u8>(++p);
    }
    places = p - first;
    digits += places;
  }
  if (digits - 1 >= MOST_DIGITS) return 0;
  let value = <f64>whole;
  if (places) value /= load<f64>(POWERS + places * 8);
  number = sign == MINUS ? -value : value;
  return p;
}
