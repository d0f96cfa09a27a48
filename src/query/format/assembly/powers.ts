// The powers of ten that `shortest` multiplies by: 128 bits each, low word first. JavaScript fills them in.

export const LEAST_POWER: i32 = -292;
export const MOST_POWER: i32 = 324;
export const powers: usize = memory.data((324 + 292 + 1) * 16, 16);

// @ts-ignore: decorator
@inline
export function powerAt(exponent: i32): usize {
  return powers + (<usize>(exponent - LEAST_POWER) << 4);
}
