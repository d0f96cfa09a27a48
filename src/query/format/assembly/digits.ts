// Digits of whole numbers. All functions write at `at`.

/** `00` to `99`. */
const pairs: usize = memory.data(200, 8);

/** 1, 10, … */
const tens: usize = memory.data(20 * 8, 8);

for (let i: usize = 0, power: u64 = 1; i < 20; i++, power *= 10) store<u64>(tens + i * 8, power);
for (let i: u32 = 0; i < 100; i++) store<u16>(pairs + i * 2, (48 + i / 10) | ((48 + (i % 10)) << 8));

// @ts-ignore: decorator
@inline
export function writeTwo(at: usize, value: u32): void {
  store<u16>(at, load<u16>(pairs + value * 2));
}

// @ts-ignore: decorator
@inline
function writeFour(at: usize, value: u32): void {
  const first = value / 100;
  writeTwo(at, first);
  writeTwo(at + 2, value - first * 100);
}

// @ts-ignore: decorator
@inline
export function writeEight(at: usize, value: u32): void {
  const first = value / 10_000;
  writeFour(at, first);
  writeFour(at + 4, value - first * 10_000);
}

/** How many digits a number has. */
// @ts-ignore: decorator
@inline
export function lengthOf(value: u64): usize {
  // log10(2) is about 1233 / 4096.
  const least = (<usize>(64 - clz(value | 1)) * 1233) >> 12;
  return least + usize((value | 1) >= load<u64>(tens + (least << 3)));
}

/** `length` digits, with zeros before those that the number has. */
export function writeDigits(at: usize, value: u64, length: usize): void {
  let end = at + length;
  let rest = value;
  while (end - at >= 8) {
    const next = rest / 100_000_000;
    end -= 8;
    writeEight(end, <u32>(rest - next * 100_000_000));
    rest = next;
  }
  let small = <u32>rest;
  while (end - at >= 2) {
    const next = small / 100;
    end -= 2;
    writeTwo(end, small - next * 100);
    small = next;
  }
  if (end > at) store<u8>(at, 48 + small);
}
