import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { BlockInfo, BlockKey } from './block-key.ts';
import { BlockWriter } from './block-writer.ts';

// Block files for tests, and what they hold as a plain model.

export const WINDOW_START = 1_760_000_000;

/** What a block holds: points by time, by series. */
export type Model = Map<number, Map<number, number>>;

export function sampleKey(changes: Partial<BlockKey> = {}): BlockKey {
  return {
    policy: 0,
    tier: 0,
    step: 1,
    windowStart: WINDOW_START,
    windowEnd: WINDOW_START + 10_000_000,
    firstSequence: 1,
    lastSequence: 1,
    level: 0,
    ...changes,
  };
}

/** A folder that goes with the test. */
export function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-blocks-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeModel(folder: string, model: Model, key: BlockKey): BlockInfo {
  const writer = new BlockWriter(folder, key);
  for (const [id, points] of [...model].toSorted(([a], [b]) => a - b)) {
    const sorted = [...points].toSorted(([a], [b]) => a - b);
    const times = Uint32Array.from(sorted, ([time]) => time);
    const values = Float64Array.from(sorted, ([, value]) => value);
    // In pieces, as a seal and a merge bring them.
    for (let at = 0; at < times.length; at += 500) writer.append(id, times, values, at, Math.min(500, times.length - at));
  }
  return writer.finish();
}

/** `series` series of `points` points each, with ids 10 apart; their data takes about 7 bytes a point. */
export function bulkyModel(series: number, points: number): Model {
  const model: Model = new Map();
  for (let s = 0; s < series; s++) {
    const column = new Map<number, number>();
    for (let i = 0; i < points; i++) column.set(WINDOW_START + i * 10, Math.sqrt(s * points + i + 2));
    model.set(5 + s * 10, column);
  }
  return model;
}
