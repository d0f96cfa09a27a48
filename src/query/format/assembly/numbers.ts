import { lengthOf, writeDigits } from './digits';
import { exponent, shortest } from './shortest';

// Numbers as JavaScript writes them (ECMA-262, Number::toString). All functions write at `at` and answer where they ended.

/** Integers up to here have exact digits. */
const MAX_INTEGER: f64 = 9007199254740992;
/** Below this a value with up to four decimals has at most 15 digits, which name one double only. */
const MAX_DECIMAL: f64 = 1e11;

/** More than two roundings can move a number, as a share of it. */
const EPSILON: f64 = 1 / 2251799813685248;

const ZERO: u8 = 48;
const MINUS: u8 = 45;
const POINT: u8 = 46;

/** A finite number: 25 bytes at most. */
export function writeNumber(at: usize, value: f64): usize {
  let start = at;
  let size = value;
  if (value < 0) {
    store<u8>(start++, MINUS);
    size = -value;
  }
  if (size < MAX_INTEGER && floor(size) == size) {
    const whole = <u64>size;
    const length = lengthOf(whole);
    writeDigits(start, whole, length);
    return start + length;
  }
  if (size < MAX_DECIMAL) {
    const product = size * 10_000;
    const scaled = floor(product + 0.5);
    // Most are told apart without dividing.
    if (abs(product - scaled) <= product * EPSILON && scaled / 10_000 == size) return writeDecimal(start, size, <u64>scaled);
  }
  const digits = shortest(size);
  return place(start, digits, <i32>lengthOf(digits), exponent);
}

/** A number that is not whole; `scaled` is 10,000 times it. */
// @ts-ignore: decorator
@inline
function writeDecimal(at: usize, size: f64, scaled: u64): usize {
  // Dividing integers of 64 bits would take longer than all the rest.
  const whole = <u64>size;
  const point = at + lengthOf(whole);
  writeDigits(at, whole, point - at);
  store<u8>(point, POINT);
  let decimals = <u32>(scaled - whole * 10_000);
  let end = point + 5;
  if (decimals % 100 == 0) {
    decimals /= 100;
    end -= 2;
  }
  if (decimals % 10 == 0) {
    decimals /= 10;
    end--;
  }
  writeDigits(point + 1, decimals, end - point - 1);
  return end;
}

/** `digits`, of which there are `length`, times a power of ten. */
function place(at: usize, digits: u64, length: i32, power: i32): usize {
  /** Digits before the point. */
  const before = length + power;
  if (before > 21 || before < -5) return writeWithExponent(at, digits, length, before - 1);
  if (before <= 0) {
    store<u16>(at, (<u16>POINT << 8) | ZERO);
    writeDigits(at + 2, digits, length - before);
    return at + 2 + length - before;
  }
  if (power >= 0) {
    writeDigits(at, digits, length);
    memory.fill(at + length, ZERO, power);
    return at + before;
  }
  writeDigits(at + 1, digits, length);
  movePoint(at, before);
  return at + 1 + length;
}

/** Moves `before` digits one to the left, and the point behind them. */
// @ts-ignore: decorator
@inline
function movePoint(at: usize, before: usize): void {
  for (let i: usize = 0; i < before; i++) store<u8>(at + i, load<u8>(at + i, 1));
  store<u8>(at + before, POINT);
}

function writeWithExponent(at: usize, digits: u64, length: usize, power: i32): usize {
  let end = at + length;
  if (length == 1) writeDigits(at, digits, 1);
  else {
    writeDigits(at + 1, digits, length);
    movePoint(at, 1);
    end++;
  }
  store<u8>(end, 101);
  store<u8>(end + 1, power < 0 ? MINUS : 43);
  const size = <u64>abs(power);
  const sizeLength = lengthOf(size);
  writeDigits(end + 2, size, sizeLength);
  return end + 2 + sizeLength;
}
