import type { Moment, Slots } from './score.ts';

/** Values of the span before and after, few enough for a picture of a word's size; null is unknown. */
export interface Trend {
  start: number;
  step: number;
  values: (number | null)[];
}

const MOST_VALUES = 60;

/** Means of slots from one span before the moment to one span after. */
export function trendOf({ start, step, values }: Slots, { at, span }: Moment): Trend {
  const ratio = Math.max(1, Math.ceil((2 * span) / step / MOST_VALUES));
  const first = Math.max(0, Math.floor((at - span - start) / step));
  const folded: (number | null)[] = [];
  for (let i = first; i < values.length; i += ratio) {
    let [sum, known] = [0, 0];
    for (let slot = i; slot < Math.min(i + ratio, values.length); slot++) {
      if (!Number.isFinite(values[slot])) continue;
      sum += values[slot];
      known++;
    }
    folded.push(known === 0 ? null : sum / known);
  }
  return { start: start + first * step, step: step * ratio, values: folded };
}
