/**
 * Numbers in the names of results, as Python writes them there: dashboards and alerts match on these names.
 */

/** C's `%g`: significant digits, six unless told otherwise, no trailing zeros, an exponent below 1e-4 and where the digits do not reach the point. */
export function formatG(value: number, digits = 6): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return '0';
  const [mantissa, power] = value.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < digits) return withoutZeros(value.toFixed(digits - 1 - exponent));
  return withoutZeros(mantissa) + exponentText(exponent);
}

/** C's `%d`: what is behind the point is cut off. */
export function formatWhole(value: number): string {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)).toString() : formatG(value);
}

/** A float's `repr`: the shortest digits that read back the same, always with a point or an exponent: `2.0`, `1e+16`. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [mantissa, power] = value.toExponential().split('e');
    return mantissa + exponentText(Number(power));
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** Python's `round(value, digits)`: to the nearest, halves to the even digit. */
export function roundHalfEven(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value;
  const scale = 10 ** Math.abs(digits);
  if (digits < 0 && scale === Infinity) return 0;
  const scaled = digits < 0 ? value / scale : value * scale;
  const whole = Math.floor(scaled);
  const rest = scaled - whole;
  // Powers of ten are exact up to the 22nd.
  const clear = Math.abs(rest - 0.5) > 1e-4 && Math.abs(scaled) < 2 ** 40 && digits >= -22;
  if (!clear) return roundExactly(value, digits, scale);
  const nearest = rest > 0.5 ? whole + 1 : whole;
  return digits < 0 ? nearest * scale : nearest / scale;
}

/** Near a half the scaled number's own rounding would decide; the decimal digits do so exactly. */
function roundExactly(value: number, digits: number, scale: number): number {
  const isWhole = Math.abs(value) >= 2 ** 53;
  if (digits < 0) {
    if (isWhole) return roundWhole(BigInt(value), 10n ** BigInt(-digits));
    const scaled = value / scale;
    const whole = Math.floor(scaled);
    const rest = value - whole * scale;
    const up = rest > scale / 2 || (rest === scale / 2 && whole % 2 !== 0);
    return (up ? whole + 1 : whole) * scale;
  }
  if (digits > 15 || isWhole) return value;
  const half = value * 2 ** (digits + 1);
  // A value is exactly between two decimals only if it is an odd multiple of 2^-(digits+1).
  if (Number.isInteger(half) && half % 2 !== 0) {
    const down = Math.floor(value * scale);
    return (down % 2 === 0 ? down : down + 1) / scale;
  }
  return Number(value.toFixed(digits));
}

function roundWhole(value: bigint, scale: bigint): number {
  const rest = ((value % scale) + scale) % scale;
  const down = value - rest;
  const up = rest * 2n > scale || (rest * 2n === scale && (down / scale) % 2n !== 0n);
  return Number(up ? down + scale : down);
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function exponentText(exponent: number): string {
  return `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
