import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compileStatsd } from './build-wasm.ts';

test('the StatsD parser in the repository is what its sources compile to', async () => {
  const kept = readFileSync(new URL('../src/signals/metrics/statsd/statsd.gen.wasm', import.meta.url));
  assert.ok(kept.equals(await compileStatsd()), 'run node scripts/build-wasm.ts');
});
