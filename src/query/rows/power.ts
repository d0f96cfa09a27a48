/** Like C's `pow`, but no data where it has no answer: a negative number's root, zero's inverse, what is too large. A gap in either is a gap. */
export function power(base: number, exponent: number): number {
  // To the power of 0 JavaScript makes 1 of a gap.
  if (base !== base || exponent !== exponent) return NaN;
  // JavaScript does not know these two; C and Python say 1.
  if (Math.abs(base) === 1 && !Number.isFinite(exponent)) return 1;
  const result = base ** exponent;
  return Number.isFinite(result) || !Number.isFinite(base) || !Number.isFinite(exponent) ? result : NaN;
}
