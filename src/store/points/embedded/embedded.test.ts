import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { allocateCounters, type CounterName, readCounters } from '../../../core/counters.ts';
import { defaultPolicy } from '../../../core/policy.ts';
import { pointsContract } from '../contract.suite.ts';
import { type ContractWorld, NOON } from '../contract/world.ts';
import { type EmbeddedPoints, openPoints } from './open.ts';
import { restorePoints } from './restore.ts';

function embeddedWorld(backup?: string): ContractWorld {
  const root = mkdtempSync(join(tmpdir(), 'heed-points-'));
  const folder = join(root, 'points');
  if (backup) restorePoints(backup, folder);
  const counters = allocateCounters();
  const clock = new SharedArrayBuffer(16);
  const times = new Float64Array(clock);
  times[0] = NOON;
  let store: EmbeddedPoints | undefined;
  let backups = 0;
  return {
    async open({ policy = defaultPolicy(), maxSeries = 1000 } = {}) {
      await store?.[Symbol.asyncDispose]();
      store = await openPoints({ folder, policy, maxSeries, counters, clock, headPoints: 100_000 });
      return store;
    },
    setNow(time) {
      times[0] = time;
    },
    async settle() {
      // Ten minutes of an evenly running clock are what deleting waits for.
      await store?.settle();
      for (const time of times.keys()) times[time] += 11 * 60_000;
      await store?.settle();
      times[0] -= 11 * 60_000;
    },
    counted: (name: CounterName) => readCounters(counters)[name],
    newFolder: () => join(root, `backup-${++backups}`),
    fromBackup: (folder) => embeddedWorld(folder),
    async [Symbol.asyncDispose]() {
      await store?.[Symbol.asyncDispose]();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

pointsContract('embedded points', () => embeddedWorld());

test('a folder that is open already is refused each time, however fast the refusing thread ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heed-points-'));
  const options = { folder, policy: defaultPolicy(), maxSeries: 10, counters: allocateCounters() };
  {
    await using _ = await openPoints(options);
    for (let i = 0; i < 5; i++) await assert.rejects(openPoints(options), { code: 'folder_in_use', message: new RegExp(`process ${process.pid} uses it`) });
  }
  rmSync(folder, { recursive: true });
});
