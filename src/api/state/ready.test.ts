import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { allocateCounters } from '../../core/counters.ts';
import { defaultPolicy } from '../../core/policy.ts';
import { Kind, Method } from '../../core/series.ts';
import { openPoints } from '../../store/points/embedded/open.ts';
import { storeCheck } from './ready.ts';

for (const minutes of [1, 5, 60, 1440])
  test(`it is ready when somebody asks each ${minutes} minutes`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-ready-'));
    {
      await using points = await openPoints({ folder, policy: defaultPolicy(), maxSeries: 10, counters: allocateCounters() });
      const writer = points.writer();
      const id = writer.declare('heed.ready', Kind.gauge, Method.last);
      for (let ago = 5; ago > 0; ago--) writer.add(id, Date.now() - ago * minutes * 60_000, 1);
      await points.sync();
      await storeCheck({ points, reader: points.reader() })();
    }
    rmSync(folder, { recursive: true });
  });

test('it is not ready once the store is closed, and says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heed-ready-'));
  const points = await openPoints({ folder, policy: defaultPolicy(), maxSeries: 10, counters: allocateCounters() });
  const check = storeCheck({ points, reader: points.reader() });
  await points[Symbol.asyncDispose]();
  await assert.rejects(check(), { code: 'not_ready', status: 503, message: /^cannot serve: / });
  rmSync(folder, { recursive: true });
});
