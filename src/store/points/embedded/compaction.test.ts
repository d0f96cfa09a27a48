import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BlockInfo } from './blocks/block-key.ts';
import { pickBlocks, wholeRun } from './compaction.ts';
import type { Partition } from './block-list.ts';

/** Blocks of the levels given, oldest first, each a thousand bytes unless said. */
function partition(levels: readonly number[], bytes: readonly number[] = []): Partition {
  const blocks = levels.map((level, i) => ({ level, bytes: bytes[i] ?? 1000, firstSequence: i, lastSequence: i }) as BlockInfo);
  return { layout: 0, tier: 0, step: 10, start: 0, end: 86_400, blocks, changed: 0 };
}

const pick = (from: Partition, finished: boolean, now = 0): number[] =>
  pickBlocks(from, { now, finished, merged: -Infinity }).map((block) => block.firstSequence);

void test('six blocks of one level become one of the next; older ones are left alone', () => {
  assert.deepEqual(pick(partition([0, 0, 0, 0, 0]), false), []);
  assert.deepEqual(pick(partition([0, 0, 0, 0, 0, 0]), false), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(pick(partition([2, 1, 1, 0, 0, 0, 0, 0, 0]), false), [3, 4, 5, 6, 7, 8]);
  assert.deepEqual(pick(partition([2, 1, 1, 1, 1, 1, 1, 0]), false), [1, 2, 3, 4, 5, 6, 7]);
});

void test('a finished window becomes one block once it is quiet', () => {
  assert.deepEqual(pick(partition([2, 1, 0]), true, 60_000), []);
  assert.deepEqual(pick(partition([2, 1, 0]), true, 3_600_000), [0, 1, 2]);
  assert.deepEqual(pick(partition([2]), true, 3_600_000), []);
});

void test('no block grows beyond a gigabyte', () => {
  const { blocks } = partition([3, 2, 1], [0.9 * 2 ** 30, 0.2 * 2 ** 30, 1000]);
  assert.deepEqual(
    wholeRun(blocks).map((block) => block.firstSequence),
    [1, 2],
  );
});

/** Replays years of seals: each block written anew only a few times. */
void test('points are rewritten only a few times', () => {
  let blocks = partition([]).blocks;
  let written = 0;
  for (let seal = 0; seal < 5000; seal++) {
    blocks = [...blocks, { level: 0, bytes: 1, firstSequence: seal, lastSequence: seal } as BlockInfo];
    for (let picked = pickBlocks({ ...partition([]), blocks }, { now: 0, finished: false, merged: 0 }); picked.length > 0;) {
      const bytes = picked.reduce((sum, block) => sum + block.bytes, 0);
      written += bytes;
      const merged = { ...picked[0], level: Math.max(...picked.map((block) => block.level)) + 1, bytes };
      blocks = [...blocks.filter((block) => !picked.includes(block)), merged];
      picked = pickBlocks({ ...partition([]), blocks }, { now: 0, finished: false, merged: 0 });
    }
  }
  assert.ok(written / 5000 < 5, `written ${written / 5000} times`);
  assert.ok(blocks.length < 30);
});
