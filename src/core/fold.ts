import { Method } from './series.ts';

/**
 * Folds the finer slots `values[start, end)` into one coarser value, as whisper propagates points to a lower archive.
 * NaN is an unknown slot. Answers NaN when none is known, or when fewer than `xFilesFactor` (0..1) of them are.
 * `byRule` means that no rule said otherwise, which is average. `avgZero` counts unknown slots as 0.
 */
export function fold(method: Method, values: Float64Array, start: number, end: number, xFilesFactor: number): number {
  let known = 0;
  let sum = 0;
  for (let i = start; i < end; i++) {
    const value = values[i];
    if (value === value) {
      known++;
      sum += value;
    }
  }
  if (known === 0 || (xFilesFactor > 0 && known / (end - start) < xFilesFactor)) return NaN;
  switch (method) {
    case Method.sum:
      return sum;
    case Method.avgZero:
      return sum / (end - start);
    case Method.first:
      return firstOf(values, start);
    case Method.last:
      return lastOf(values, end);
    case Method.max:
      return maxOf(values, start, end);
    case Method.min:
      return minOf(values, start, end);
    case Method.absMax:
      return absMaxOf(values, start, end);
    case Method.absMin:
      return absMinOf(values, start, end);
    default: // average and byRule
      return sum / known;
  }
}

function firstOf(values: Float64Array, start: number): number {
  let i = start;
  while (values[i] !== values[i]) i++;
  return values[i];
}

function lastOf(values: Float64Array, end: number): number {
  let i = end - 1;
  while (values[i] !== values[i]) i--;
  return values[i];
}

// Comparisons with NaN are false, so the four below pass over unknown slots by themselves.

function maxOf(values: Float64Array, start: number, end: number): number {
  let best = firstOf(values, start);
  for (let i = start; i < end; i++) if (values[i] > best) best = values[i];
  return best;
}

function minOf(values: Float64Array, start: number, end: number): number {
  let best = firstOf(values, start);
  for (let i = start; i < end; i++) if (values[i] < best) best = values[i];
  return best;
}

function absMaxOf(values: Float64Array, start: number, end: number): number {
  let best = firstOf(values, start);
  for (let i = start; i < end; i++) if (Math.abs(values[i]) > Math.abs(best)) best = values[i];
  return best;
}

function absMinOf(values: Float64Array, start: number, end: number): number {
  let best = firstOf(values, start);
  for (let i = start; i < end; i++) if (Math.abs(values[i]) < Math.abs(best)) best = values[i];
  return best;
}
