/**
 * The standard deviation of each value and those before it, `points` in all; NaN where less than the share `tolerance` of them is known.
 * Graphite keeps a sum and a sum of squares as it goes along, and so do we, in its order: where values are large and alike the answer is
 * what rounding leaves of their difference, or nothing, and charts and alerts are held against that.
 */
export function runningDeviation(values: Float64Array, points: number, tolerance: number): Float64Array {
  const deviations = new Float64Array(values.length);
  let known = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const gone = i < points ? NaN : values[i - points];
    if (gone === gone) {
      known--;
      sum -= gone;
      squares -= gone ** 2;
    }
    const value = values[i];
    if (value === value) {
      known++;
      sum += value;
      squares += value ** 2;
    }
    // The root of what is below 0 is NaN.
    deviations[i] = known > 0 && known / points >= tolerance ? Math.sqrt(known * squares - sum ** 2) / known : NaN;
  }
  return deviations;
}
