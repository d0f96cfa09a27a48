import assert from 'node:assert/strict';
import type { FillBatch } from '../../../core/fill-batch.ts';
import { Kind, Method } from '../../../core/series.ts';
import type { PointsStore } from '../points-store.ts';
import { NOON, SECOND, MINUTE, HOUR, DAY, carbonPolicy, sixPerMinute, write, read, valuesOf, names, everywhere, type Contract, type Point } from './world.ts';

/** A batch of one series whose points each stand for `step`. */
function batchOf(name: string, step: number, points: readonly Point[], method: Method = Method.byRule): FillBatch {
  return {
    series: [{ name, kind: Kind.unknown, method, runs: [{ step: step / SECOND, count: points.length }] }],
    times: Uint32Array.from(points, ([time]) => time / SECOND),
    values: Float64Array.from(points, ([, value]) => value),
  };
}

/** `count` points from `start` on, counting up from 1. */
const upFrom = (start: number, step: number, count: number): Point[] => Array.from({ length: count }, (_, i): Point => [start + i * step, i + 1]);

/** Points of the past that are put between those that came live. */
export function fillingContract(test: Contract): void {
  const YEAR = 365 * DAY;

  test('of five years ago are answered by the archive that keeps them, whatever upkeep does', async (world) => {
    const policy = carbonPolicy('10s:1d,1m:30d,1h:6y', 0.5);
    const store = await world.open({ policy });
    const old = NOON - 5 * YEAR;
    const report = await store.fillIn(batchOf('old', HOUR, upFrom(old, HOUR, 48)));
    assert.deepEqual([report.written, report.made, report.left], [48, 1, []]);
    await everywhere(world, store, async (store) => {
      const [row] = await read(store, ['old'], old - HOUR, old + 47 * HOUR);
      assert.equal(row.step, HOUR);
      assert.deepEqual(
        [...row.values],
        Array.from({ length: 48 }, (_, i) => i + 1),
      );
    });
    await world.open({ policy });
    await world.settle();
    assert.deepEqual(await valuesOf(await world.open({ policy }), 'old', old - HOUR, old + HOUR), [1, 2]);
  });

  test('that stand for more than the finest step outlive their roll-up, whatever share it asks for', async (world) => {
    const policy = carbonPolicy('10s:1d,1m:30d,10m:1y', 0.5);
    world.setNow(NOON - 3 * DAY);
    const store = await world.open({ policy });
    const start = NOON - 3 * DAY - 2 * HOUR;
    await store.fillIn(batchOf('minutes', MINUTE, upFrom(start, MINUTE, 60)));
    await store.fillIn(batchOf('tens', 10 * MINUTE, upFrom(start, 10 * MINUTE, 6)));
    await world.settle();
    world.setNow(NOON);
    await everywhere(world, await world.open({ policy }), async (store) => {
      assert.deepEqual(await valuesOf(store, 'minutes', start - MINUTE, start + 3 * MINUTE), [1, 2, 3, 4]);
      assert.deepEqual(await valuesOf(store, 'minutes', start - 40 * DAY, start + 10 * MINUTE, (row) => [...row.values].slice(-2)), [5.5, 15.5]);
      assert.deepEqual(await valuesOf(store, 'tens', start - 40 * DAY, start + 10 * MINUTE, (row) => [...row.values].slice(-2)), [1, 2]);
    });
  });

  test('never take the place of what came live, nor stand beside it in one slot', async (world) => {
    const store = await world.open();
    const start = NOON - HOUR;
    await write(store, 'hits', [
      [start + 7 * SECOND, 5],
      [start + 17 * SECOND, 6],
    ]);
    for (const turn of ['in memory', 'in blocks']) {
      const points: Point[] = [
        [start, 100],
        [start + 10 * SECOND, 100],
        [start + 20 * SECOND, 7],
        [start + 30 * SECOND, 8],
      ];
      const { written, left } = await store.fillIn(batchOf('hits', 10 * SECOND, points));
      assert.deepEqual([written, left], turn === 'in memory' ? [2, [[0, 2, 'there']]] : [0, [[0, 4, 'there']]]);
      await world.settle();
    }
    await everywhere(world, await world.open(), async (store) =>
      assert.deepEqual(await valuesOf(store, 'hits', start - 10 * SECOND, start + 30 * SECOND), [5, 6, 7, 8]),
    );
  });

  test('give way to what is sent for their slot later', async (world) => {
    const policy = carbonPolicy();
    const store = await world.open({ policy });
    await write(store, 'other', [[NOON, 1]]);
    const start = NOON - HOUR;
    await store.fillIn(batchOf('a', 10 * SECOND, upFrom(start, 10 * SECOND, 3)));
    await write(store, 'a', [[start + 10 * SECOND, 77]]);
    await everywhere(world, store, async (store) => assert.deepEqual(await valuesOf(store, 'a', start - SECOND, start + 20 * SECOND), [1, 77, 3]));
  });

  test('come once, however often they are sent', async (world) => {
    const policy = carbonPolicy('10s:1d,1m:30d,1h:1y', 0.5);
    const batch = batchOf('a', MINUTE, upFrom(NOON - 2 * DAY, MINUTE, 2000));
    const first = await (await world.open({ policy })).fillIn(batch);
    assert.equal(first.written, 2000);
    await world.settle();
    const store = await world.open({ policy });
    const before = await store.stats();
    const again = await store.fillIn(batch);
    assert.deepEqual([again.written, again.made, again.left], [0, 0, [[0, 2000, 'there']]]);
    const after = await store.stats();
    assert.deepEqual([after.pointsInBlocks, after.blocks], [before.pointsInBlocks, before.blocks]);
  });

  test('that no archive keeps, or whose slot is not over, are left out and told', async (world) => {
    const store = await world.open({ policy: carbonPolicy('10s:1d,1m:30d') });
    const points: Point[] = [
      [NOON - 31 * DAY, 1],
      [NOON - 30 * DAY - MINUTE, 2],
      [NOON - 29 * DAY, 3],
      [NOON - 2 * MINUTE, 4],
      [NOON - MINUTE, 5],
      [NOON, 6],
      [NOON + DAY, 7],
    ];
    const { written, left } = await store.fillIn(batchOf('a', MINUTE, points));
    assert.deepEqual(
      [written, left],
      [
        2,
        [
          [0, 2, 'old'],
          [4, 3, 'new'],
        ],
      ],
    );
  });

  test('finer than what is kept of their age become one by the series’ method', async (world) => {
    const policy = carbonPolicy('10s:1d,1m:30d', 0.5);
    const store = await world.open({ policy });
    const old = NOON - 5 * DAY;
    for (const method of ['average', 'sum', 'max', 'last'] as const) await store.fillIn(batchOf(method, 10 * SECOND, sixPerMinute(old, 2), Method[method]));
    const { written, left } = await store.fillIn(batchOf('thin', 10 * SECOND, sixPerMinute(old, 1).slice(0, 2)));
    assert.deepEqual([written, left], [0, [[0, 2, 'thin']]]);
    await everywhere(world, store, async (store) => {
      const rows = await read(store, ['average', 'sum', 'max', 'last'], old - MINUTE, old + MINUTE);
      assert.deepEqual(
        rows.map(({ values, consolidate }) => [consolidate, ...values]),
        [
          ['average', 2.5, 2.5],
          ['sum', 15, 15],
          ['max', 5, 5],
          ['last', 5, 5],
        ],
      );
    });
  });

  test('are answered in their own rhythm under adaptive rules', async (world) => {
    const store = await world.open();
    await store.fillIn(batchOf('minutes', MINUTE, upFrom(NOON - DAY, MINUTE, 60)));
    await everywhere(world, store, async (store) => {
      const [row] = await read(store, ['minutes'], NOON - DAY - MINUTE, NOON - DAY + 2 * MINUTE);
      assert.deepEqual([row.step, ...row.values], [MINUTE, 1, 2, 3]);
    });
  });

  test('tell how each series is kept, and make no more series than there may be', async (world) => {
    const policy = { ...carbonPolicy(), rulesWin: true, defaultXFilesFactor: 0.5 };
    const store = await world.open({ policy, maxSeries: 2 });
    const point = (name: string): FillBatch => batchOf(name, MINUTE, [[NOON - HOUR, 1]], Method.last);
    const batch: FillBatch = {
      series: ['x.count', 'y', 'z'].flatMap((name) => point(name).series),
      times: Uint32Array.from(['x', 'y', 'z'], () => (NOON - HOUR) / SECOND),
      values: Float64Array.of(1, 2, 3),
    };
    const dry = await store.fillIn(batch, { dry: true });
    assert.deepEqual([dry.written, dry.made, dry.left], [2, 2, [[2, 1, 'refused']]]);
    assert.deepEqual(
      [dry.methods.slice(0, 2), dry.xFilesFactors.slice(0, 2)],
      [
        [Method.sum, Method.average],
        [0.5, 0.5],
      ],
    );
    assert.deepEqual(await names(store), []);
    const report = await store.fillIn(batch);
    assert.deepEqual([report.written, report.made, report.left], [2, 2, [[2, 1, 'refused']]]);
    assert.deepEqual(report.methods.slice(0, 2), [Method.sum, Method.average]);
    assert.deepEqual(report.xFilesFactors.slice(0, 2), [0.5, 0.5]);
    assert.deepEqual(report.retentions[report.retentionOf[0]], policy.retention[0].tiers);
    assert.deepEqual(await names(store), ['x.count', 'y']);
  });

  test('are counted apart from those that came live', async (world) => {
    const store: PointsStore = await world.open();
    await store.fillIn(batchOf('a', MINUTE, upFrom(NOON - DAY, MINUTE, 10)));
    assert.deepEqual([world.counted('points.filled'), world.counted('points.stored')], [10, 0]);
  });
}
