/** The known values in order. */
export function sortedKnown(values: Float64Array): Float64Array {
  // Typed arrays sort NaN to the end.
  const sorted = values.toSorted();
  let known = sorted.length;
  while (known > 0 && sorted[known - 1] !== sorted[known - 1]) known--;
  return sorted.subarray(0, known);
}

/**
 * The value that `n` percent lie below, by Graphite's rule: always one of the values themselves, at rank
 * n / 100 × (count + 1) rounded up. Percentages outside 0 to 100 mean the ends; NaN where nothing is known.
 */
export function percentile(sorted: Float64Array, n: number): number {
  if (sorted.length === 0) return NaN;
  const rank = Math.ceil((n / 100) * (sorted.length + 1));
  return sorted[Math.min(Math.max(rank, 1), sorted.length) - 1];
}

/**
 * As `percentile`, but as Graphite's lists answer percentages outside 0 to 100: a negative rank counts from the highest value down,
 * and there is none beyond the ends.
 */
export function rankedValue(sorted: Float64Array, n: number): number | undefined {
  const rank = (n / 100) * (sorted.length + 1);
  const whole = Math.trunc(rank) + Math.ceil(rank - Math.trunc(rank));
  if (whole === 0) return sorted[0];
  return whole - 1 === sorted.length ? sorted.at(-1) : sorted.at(whole - 1);
}

/** As `percentile`, but between two ranks in proportion. */
export function interpolated(sorted: Float64Array, n: number): number {
  if (sorted.length === 0) return NaN;
  const rank = Math.min(Math.max((n / 100) * (sorted.length + 1), 1), sorted.length);
  const whole = Math.floor(rank);
  return whole === sorted.length ? sorted[whole - 1] : sorted[whole - 1] + (rank - whole) * (sorted[whole] - sorted[whole - 1]);
}

/** Tells values that are not between the percentiles `n` and 100 - `n`; 10 and 90 mean the same. NaN is never outside. */
export function outside(sorted: Float64Array, n: number): (value: number) => boolean {
  const upper = n < 50 ? 100 - n : n;
  const low = percentile(sorted, 100 - upper);
  const high = percentile(sorted, upper);
  return (value) => value <= low || value >= high;
}
