import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { allocateCounters } from '../../../core/counters.ts';
import { HeedError } from '../../../core/errors.ts';
import { defaultPolicy } from '../../../core/policy.ts';
import { parseRetention } from '../../../core/retention.ts';
import { Kind, Method } from '../../../core/series.ts';
import { carbonPolicy, NOON, read, valuesOf, write } from '../contract/world.ts';
import { attachPoints } from './attach.ts';
import { openPoints, type OpenPointsOptions } from './open.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Options for a folder and a clock of the test's own. */
function place(context: TestContext): { options: OpenPointsOptions; times: Float64Array } {
  const root = mkdtempSync(join(tmpdir(), 'heed-open-'));
  context.after(() => rmSync(root, { recursive: true, force: true }));
  const clock = new SharedArrayBuffer(16);
  const times = new Float64Array(clock);
  times[0] = NOON;
  return { options: { folder: join(root, 'points'), policy: carbonPolicy(), maxSeries: 1000, counters: allocateCounters(), clock, headPoints: 50_000 }, times };
}

void test('other threads attach through ports; their names and points are the same store’s', async (context) => {
  const { options } = place(context);
  await using store = await openPoints(options);
  const other = attachPoints(store.connect());
  const writer = other.writer();
  writer.add(writer.declare('a', Kind.gauge, Method.byRule), NOON, 1);
  writer.flush();
  await store.sync();
  await write(store, 'b', [[NOON, 2]]);
  const reader = other.reader();
  const series = await reader.select({ glob: '*' }, 10);
  const rows = await reader.read({ series, from: NOON - 10_000, until: NOON, now: NOON, maxPoints: 10 });
  assert.deepEqual(
    rows.map((row) => [row.name, ...row.values]),
    [
      ['a', 1],
      ['b', 2],
    ],
  );
  other.close();
});

void test('a folder that is in use is refused, a closed one is free', async (context) => {
  const { options } = place(context);
  const store = await openPoints(options);
  await assert.rejects(openPoints(options), (error) => error instanceof HeedError && error.code === 'folder_in_use');
  await store[Symbol.asyncDispose]();
  await using again = await openPoints(options);
  assert.equal((await again.stats()).series, 0);
});

void test('whoever asks or waits when the store closes is told so', async (context) => {
  const { options } = place(context);
  const store = await openPoints(options);
  const other = attachPoints(store.connect());
  const writer = other.writer();
  const id = writer.declare('a', Kind.gauge, Method.byRule);
  const reader = other.reader();
  await store[Symbol.asyncDispose]();
  await assert.rejects(reader.find('*'), { code: 'store_closed' });
  for (let i = 0; i < 200_000; i++) if (!writer.add(id, NOON, i)) break;
  await assert.rejects(writer.drained(), { code: 'store_closed' });
});

void test('a clock that jumps ahead for a moment deletes nothing and refuses nobody', async (context) => {
  const { options, times } = place(context);
  await using store = await openPoints(options);
  const pass = (milliseconds: number): void => {
    for (const at of times.keys()) times[at] += milliseconds;
  };
  await write(store, 'a', [[NOON - 2 * DAY, 1]]);
  pass(20 * MINUTE);
  await store.settle();
  for (const jump of [365 * DAY, -365 * DAY]) {
    times[0] += jump;
    await write(store, 'a', [[NOON - 10_000, jump]]);
    pass(5 * MINUTE);
    await store.settle();
    assert.equal((await store.stats()).oldest, NOON - 2 * DAY);
    times[0] -= jump;
    pass(MINUTE);
    await store.settle();
    assert.deepEqual(await valuesOf(store, 'a', NOON - 20_000, NOON - 10_000), [jump]);
  }
});

void test('when the rules change, points that are there stay readable and new ones follow the new rules', async (context) => {
  const { options } = place(context);
  const old = await openPoints({ ...options, policy: carbonPolicy('10s:1d,1m:30d') });
  await write(old, 'a', [
    [NOON - 10 * MINUTE, 1],
    [NOON - 10 * MINUTE + 10_000, 3],
  ]);
  await old.settle();
  await old[Symbol.asyncDispose]();
  const policy = { ...defaultPolicy(), retention: [{ name: 'minutes', pattern: /./, tiers: parseRetention('1m:7d'), adaptive: false }] };
  const later = await openPoints({ ...options, policy });
  await write(later, 'a', [[NOON, 7]]);
  const check = async (): Promise<void> => {
    const [row] = await read(later, ['a'], NOON - 11 * MINUTE, NOON);
    assert.equal(row.step, MINUTE);
    assert.deepEqual(
      [...row.values].filter((value) => !Number.isNaN(value)),
      [2, 7],
    );
  };
  await check();
  await later.settle();
  await check();
  await later[Symbol.asyncDispose]();
  // And back again.
  await using again = await openPoints({ ...options, policy: carbonPolicy('10s:1d,1m:30d') });
  assert.deepEqual(await valuesOf(again, 'a', NOON - 11 * MINUTE, NOON - 10 * MINUTE + 10_000), [NaN, NaN, NaN, NaN, NaN, 1, 3]);
});
