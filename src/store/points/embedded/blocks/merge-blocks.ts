import type { BlockReader } from './block-reader.ts';
import type { BlockWriter } from './block-writer.ts';
import { eachSeries } from './each-series.ts';

/**
 * Copies the points of blocks, given oldest first, into one; at equal times the newest block wins, and series that `keep` refuses are
 * left out. Their windows must lie in the writer's. The caller runs it slice by slice, then finishes or aborts the writer.
 */
export function mergeBlocks(readers: BlockReader[], writer: BlockWriter, options: { keep(id: number): boolean }): Generator<void, void> {
  return eachSeries(readers, options, (id, points) => writer.append(id, points.times, points.values, 0, points.count));
}
