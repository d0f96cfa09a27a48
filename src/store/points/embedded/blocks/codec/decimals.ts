/**
 * What values are multiplied by to become whole numbers. Decimals as clients print them; 3,600 for rates per minute or hour;
 * 720,720, which 1 to 16 divide, for means of few whole samples. The order is kept on disk: only ever add at the end.
 */
export const SCALES = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 3600, 720_720] as const;

/** Beyond it neither differences nor ranges of differences would be exact. */
const LIMIT = 2 ** 51;

/** Finds the first scale that makes all values whole and writes the whole numbers; answers its index, or -1 when there is none. */
export function toIntegers(values: Float64Array, start: number, count: number, out: Float64Array): number {
  if (allWhole(values, start, count, out)) return 0;
  for (let i = 1; i < SCALES.length; i++) if (allScaled(values, start, count, SCALES[i], out)) return i;
  return -1;
}

function allWhole(values: Float64Array, start: number, count: number, out: Float64Array): boolean {
  for (let i = 0; i < count; i++) {
    const value = values[start + i];
    if (Math.floor(value) !== value || value > LIMIT || value < -LIMIT || Object.is(value, -0)) return false;
    out[i] = value;
  }
  return true;
}

function allScaled(values: Float64Array, start: number, count: number, scale: number, out: Float64Array): boolean {
  for (let i = 0; i < count; i++) {
    const value = values[start + i];
    const whole = Math.floor(value * scale + 0.5);
    // Only what comes back bit by bit is taken; the comparison is false for NaN as well.
    if (whole / scale !== value || whole > LIMIT || whole < -LIMIT || Object.is(value, -0)) return false;
    out[i] = whole;
  }
  return true;
}

/** Greatest common divisor of all differences, 1 at least: numbers may come in pages of 4,096 or steps of 0.5. */
export function unitOf(deltas: Float64Array, count: number): number {
  let unit = 0;
  for (let i = 0; i < count; i++) {
    let rest = Math.abs(deltas[i]);
    // Below 2^53 a rounded quotient is whole only when the exact one is, and dividing is faster than a remainder.
    if (rest === 0 || (unit !== 0 && Math.floor(rest / unit) === rest / unit)) continue;
    while (rest !== 0) {
      const next = unit % rest;
      unit = rest;
      rest = next;
    }
    if (unit === 1) break;
  }
  return unit === 0 ? 1 : unit;
}
