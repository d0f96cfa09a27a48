import { average } from './aggregate.ts';
import { roundHalfEven } from './text.ts';

/**
 * An exponential moving average, rounded to 6 digits as in Graphite: first the plain average of the first `size` values, 0 where
 * none is known, then one for each value behind them.
 */
export function exponentialAverage(values: Float64Array, size: number, weight: number): Float64Array {
  const averages = new Float64Array(1 + Math.max(0, values.length - size));
  const first = average(values, 0, Math.min(size, values.length));
  let current = first === first ? first : 0;
  averages[0] = roundHalfEven(current, 6);
  for (let i = size; i < values.length; i++) {
    const value = values[i];
    if (value === value) current = weight * value + (1 - weight) * current;
    averages[i - size + 1] = value === value ? roundHalfEven(current, 6) : NaN;
  }
  return averages;
}
