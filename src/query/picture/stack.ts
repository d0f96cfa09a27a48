import type { Series } from './series.ts';

/** What a stack holds so far, on the grid of the series that joined it last. */
interface Stack {
  start: number;
  step: number;
  totals: Float64Array;
}

function totalAt({ start, step, totals }: Stack, time: number): number {
  return totals[Math.floor((time - start) / step + 1e-6)] ?? 0;
}

/**
 * Says where areas begin: on the series below in the same stack, or on the one before for an area between two. With `all` every series
 * joins one stack, on top of those before it; a series of stacked() holds sums already.
 */
export function stackUp(series: readonly Series[], all: boolean): Series[] {
  const stacks = new Map<string, Stack>();
  return series.map((one, i) => {
    const { start, step, values, drawing } = one;
    if (drawing.between && i > 0) return { ...one, base: onGrid(series[i - 1], one) };
    const named = drawing.stack !== undefined;
    if (drawing.infinite || drawing.hidden || !(named || all)) return one;
    const key = `${drawing.secondAxis ? 'right' : 'left'} ${named ? drawing.stack : '*'}`;
    const below = stacks.get(key);
    const base = Float64Array.from(values, (_, k) => (below ? totalAt(below, start + k * step) : 0));
    const sums = named ? values : values.map((value, k) => value + base[k]);
    stacks.set(key, { start, step, totals: sums.map((value, k) => (Number.isNaN(value) ? base[k] : value)) });
    return { ...one, values: sums, base };
  });
}

function onGrid(from: Series, to: Series): Float64Array {
  return Float64Array.from(to.values, (value, i) => {
    const found = from.values[Math.floor((to.start + i * to.step - from.start) / from.step + 1e-6)] ?? NaN;
    return Number.isNaN(found) ? value : found;
  });
}
