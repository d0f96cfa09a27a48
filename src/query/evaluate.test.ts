import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeedError } from '../core/errors.ts';
import { DEFAULT_LIMITS, type Limits } from './budget.ts';
import { type Evaluated, evaluateTargets } from './evaluate.ts';
import { parseWholeTarget } from './parse/parse.ts';
import { MemoryReader } from './testing/memory-reader.ts';

const MINUTE = 60_000;
const UNTIL = Date.UTC(2026, 10, 22);
const FROM = UNTIL - 60 * MINUTE;

function reader(): MemoryReader {
  const values = Array.from({ length: 200 }, (_, i) => i);
  const fast = Array.from({ length: 1200 }, (_, i) => i);
  return new MemoryReader([
    ...['a.x', 'a.y', 'b.x'].map((name) => ({ name, step: MINUTE, start: UNTIL - 199 * MINUTE, values })),
    { name: 'fast', step: 10_000, start: UNTIL - 1199 * 10_000, values: fast },
  ]);
}

function evaluate(targets: string[], store = reader(), limits: Limits = DEFAULT_LIMITS, signal?: AbortSignal): Promise<Evaluated> {
  const question = { from: FROM, until: UNTIL, now: UNTIL, timeZone: 'UTC', xFilesFactor: 0, limits, signal };
  return evaluateTargets(targets.map(parseWholeTarget), question, store);
}

void test('all targets of a window are read at once, each series once', async () => {
  const store = reader();
  const { targets } = await evaluate(['a.*', 'sumSeries(a.*, b.x)', 'alias(scale(a.x, 2), "z")'], store);
  assert.equal(store.reads, 1);
  assert.deepEqual(
    targets.map((rows) => rows.length),
    [2, 1, 1],
  );
  assert.equal(targets[0][0].values.length, 60);
});

void test('windows that reach further back are read together too', async () => {
  const store = reader();
  await evaluate(["movingAverage(a.x, '5min')", "movingMax(a.y, '5min')", 'b.x'], store);
  assert.equal(store.reads, 2);
});

void test('rows of different steps meet on the least common one, averaged', async () => {
  const { targets } = await evaluate(['sumSeries(a.x, fast)']);
  const [row] = targets[0];
  assert.equal(row.step, MINUTE);
  assert.equal(row.start, FROM + 10_000);
  assert.equal(row.values.length, 60);
});

void test('more points or series than allowed are refused before they are read', async () => {
  const code = (expected: string) => (error: HeedError) => error.code === expected && error.status === 400;
  await assert.rejects(evaluate(['*.*'], reader(), { ...DEFAULT_LIMITS, maxPoints: 100, maxSeries: 10 }), code('too_many_points'));
  await assert.rejects(evaluate(['*.*'], reader(), { ...DEFAULT_LIMITS, maxPoints: 1e6, maxSeries: 2 }), code('too_many_series'));
  await assert.rejects(evaluate(["summarize(a.x, '1s')"], reader(), { ...DEFAULT_LIMITS, maxPoints: 1000, maxSeries: 10 }), code('too_many_points'));
  await assert.rejects(evaluate(['scale(scale(scale(a.x,1),1),1)'], reader(), { ...DEFAULT_LIMITS, maxPoints: 200, maxSeries: 10 }), code('too_many_points'));
  // A row that only passes through costs as much as a point.
  await evaluate(['alias(alias(alias(a.x,"1"),"2"),"3")'], reader(), { ...DEFAULT_LIMITS, maxPoints: 63, maxSeries: 10 });
});

void test('moving windows in moving windows ask for each of their windows once', async () => {
  const target = `${'movingMax('.repeat(60)}a.x${',1)'.repeat(60)}`;
  const { targets } = await evaluate([target]);
  assert.equal(targets[0].length, 1);
});

void test('a withdrawn question ends', async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(evaluate(['scale(a.x, 2)'], reader(), DEFAULT_LIMITS, signal), (error: HeedError) => error.code === 'withdrawn');
});

void test('nested windows are refused before they double the work too often', async () => {
  const nested = (depth: number, open: string): string =>
    `${`${open}(`.repeat(depth)}a.x${Array.from({ length: depth }, (_, i) => `,${2 ** Math.min(i, 20) + i})`).join('')}`;
  await assert.rejects(evaluate([nested(40, 'movingAverage')]), (error: HeedError) => ['too_many_windows', 'too_many_points'].includes(error.code));
  await assert.rejects(
    evaluate([`sumSeries(${'scale(a.x,1),'.repeat(7000)}a.x)`, ...Array.from({ length: 3 }, () => `sumSeries(${'scale(b.x,1),'.repeat(7000)}a.x)`)]),
    (error: HeedError) => ['too_many_calls', 'too_many_points'].includes(error.code),
  );
});
