import { fold } from '../../../../core/fold.ts';
import type { Method } from '../../../../core/series.ts';
import type { BlockReader } from './block-reader.ts';
import type { BlockWriter } from './block-writer.ts';
import { eachSeries } from './each-series.ts';
import { PointColumns } from './point-columns.ts';

export interface RollUpOptions {
  /** Seconds of a coarse slot, the writer's step. */
  step: number;
  methodOf(id: number): Method;
  xFilesFactorOf(id: number): number;
  keep(id: number): boolean;
  /** Seconds of a source slot: how many fill a coarse one decides the xFilesFactor, and adaptive series have a rhythm of their own. */
  sourceStepOf(id: number): number;
}

/**
 * Folds the points of finer blocks, given oldest first, into slots of `step` seconds by each series' method, as a read of the finer
 * tier would: points that share a source slot become one, then source slots become a coarse one. The caller runs it slice by slice,
 * then finishes or aborts the writer.
 */
export function rollUp(readers: BlockReader[], writer: BlockWriter, options: RollUpOptions): Generator<void, void> {
  const { step } = options;
  const coarse = new PointColumns();
  let slots = new Float64Array(64);
  return eachSeries(readers, options, (id, points) => {
    const method = options.methodOf(id);
    const xFilesFactor = options.xFilesFactorOf(id);
    const sourceStep = Math.min(step, options.sourceStepOf(id));
    const ratio = Math.ceil(step / sourceStep);
    if (ratio > slots.length) slots = new Float64Array(ratio);
    const { times, values, count } = points;
    coarse.clear();
    for (let i = 0; i < count;) {
      const start = times[i] - (times[i] % step);
      slots.fill(NaN, 0, ratio);
      while (i < count && times[i] < start + step) {
        const slot = Math.floor((times[i] - start) / sourceStep);
        const slotEnd = start + (slot + 1) * sourceStep;
        let next = i + 1;
        while (next < count && times[next] < slotEnd && times[next] < start + step) next++;
        slots[slot] = next === i + 1 ? values[i] : fold(method, values, i, next, 0);
        i = next;
      }
      const value = fold(method, slots, 0, ratio, xFilesFactor);
      if (value === value) coarse.push(start, value);
    }
    writer.append(id, coarse.times, coarse.values, 0, coarse.count);
  });
}
