import type { Series } from './series.ts';

/** Times of a window in slots of equal length, each as wide as it is drawn. */
export interface Slots {
  count: number;
  /** Milliseconds. */
  start: number;
  step: number;
}

/** Slots for a width: as long as the series' steps where those have room, else as many of them as have. */
export function slotsFor(series: readonly Series[], from: number, until: number, width: number, least: number): Slots {
  const fine = Math.max(1, Math.min(...series.map(({ step }) => step)));
  const most = Math.max(1, Math.floor(width / least));
  const step = fine * Math.max(1, Math.ceil((until - from) / fine / most));
  const start = Math.round(from / step) * step;
  return { count: Math.max(1, Math.min(most + 1, Math.ceil((until - start) / step))), start, step };
}

/** What the values of a series that begin in each slot make together, as `join` has it; NaN without any. A long step fills all its slots. */
export function inSlots({ values, start, step }: Series, slots: Slots, join: (sum: number, value: number) => number): Float64Array {
  const joined = new Float64Array(slots.count).fill(NaN);
  const span = Math.max(1, Math.floor(step / slots.step));
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    const first = Math.floor((start + i * step - slots.start) / slots.step);
    for (let slot = Math.max(0, first); slot < Math.min(first + span, slots.count); slot++) {
      joined[slot] = Number.isNaN(joined[slot]) ? value : join(joined[slot], value);
    }
  }
  return joined;
}
