import { readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PointsStats } from '../points-store.ts';
import type { BlockList } from './block-list.ts';
import type { Layout } from './layouts.ts';

/** Less than this much time in the last day's blocks is too little for a forecast, seconds. */
const ENOUGH = 1800;
const DAY = 86_400;

/** Growth of the last day and the size at rest, from the blocks of each layout's and tier's newest day. */
export function forecast(blocks: BlockList, layouts: readonly Layout[]): Pick<PointsStats, 'bytesPerDay' | 'bytesAtRest'> {
  let bytesPerDay = 0;
  let bytesAtRest = 0;
  let known = false;
  for (const [number, { tiers }] of layouts.entries()) {
    let finer = NaN;
    for (const [tier, { step, keep }] of tiers.entries()) {
      // What has not been rolled up yet is guessed from the finer tier: as many bytes a point, fewer points.
      const perDay = dailyBytes(blocks, number, tier) ?? (finer * tiers[Math.max(0, tier - 1)].step) / step;
      finer = perDay;
      if (Number.isNaN(perDay)) continue;
      known = true;
      bytesPerDay += perDay;
      bytesAtRest += (perDay * keep) / (DAY * 1000);
    }
  }
  return known ? { bytesPerDay, bytesAtRest } : { bytesPerDay: NaN, bytesAtRest: NaN };
}

/** Bytes a day of a tier, over its newest day of points; undefined while that is too short. */
function dailyBytes(list: BlockList, layout: number, tier: number): number | undefined {
  const blocks = list.blocks.filter((block) => block.policy === layout && block.tier === tier && block.points > 0);
  const newest = Math.max(...blocks.map((block) => block.maxTime));
  const from = Math.max(newest - DAY, Math.min(...blocks.map((block) => block.minTime)));
  const span = newest - from;
  if (!(span >= ENOUGH)) return undefined;
  let bytes = 0;
  for (const block of blocks) {
    const overlap = Math.max(0, Math.min(block.maxTime, newest) - Math.max(block.minTime, from));
    bytes += block.bytes * (overlap / Math.max(1, block.maxTime - block.minTime));
  }
  return (bytes * DAY) / span;
}

/** Bytes of all files below a folder; 0 when it is not there. */
export function folderBytes(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + (statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** Bytes that we may still use on the folder's file system. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
