import type { Aggregation } from './aggregation.ts';
import { Kind } from '../../../core/series.ts';

/** Above this share of the bound, names that were silent for long make room for new ones. */
const NEARLY_FULL = 7 / 8;
const IDLE_MS = 600_000;

/**
 * Series to forget: those that got nothing for ten minutes, when the table is nearly full; none while there is room, for
 * StatsD goes on sending 0 for idle names. `idle` is flushes without a value, by record.
 */
export function longIdle(aggregation: Aggregation, idle: Uint32Array, maxSeries: number, intervalMs: number): number[] {
  if (aggregation.seriesInUse < maxSeries * NEARLY_FULL) return [];
  // Spellings have no idle time of their own; those in use come back with their next line.
  aggregation.forgetSpellings(() => true);
  const longest = Math.max(1, IDLE_MS / intervalMs);
  const gone: number[] = [];
  for (let index = 0; index < aggregation.recordLimit; index++) {
    if (idle[index] >= longest && aggregation.kindAt(index) !== Kind.unknown) gone.push(index);
  }
  return gone;
}
