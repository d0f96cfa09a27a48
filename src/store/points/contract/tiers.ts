import assert from 'node:assert/strict';
import { Kind, Method } from '../../../core/series.ts';
import type { PointsStore } from '../points-store.ts';
import { NOON, MINUTE, HOUR, DAY, carbonPolicy, sixPerMinute, write, read, valuesOf, everywhere, type Contract } from './world.ts';

/** Coarser tiers: which answers, how it folds, what late points do, what is forgotten. */
export function tiersContract(test: Contract): void {
  const TWO_DAYS_AGO = NOON - 2 * DAY;

  test('answer the finest that reaches back, folded by each series’ method, before and after it is rolled up', async (world) => {
    world.setNow(TWO_DAYS_AGO + 10 * MINUTE);
    const store = await world.open({ policy: carbonPolicy() });
    const methods = { average: 2.5, sum: 15, last: 5, max: 5, min: 0, first: 0 };
    for (const name of Object.keys(methods)) await write(store, name, sixPerMinute(TWO_DAYS_AGO, 10), Kind.unknown, Method[name as keyof typeof methods]);
    world.setNow(NOON);
    await everywhere(world, store, async (store) => {
      const rows = await read(store, Object.keys(methods), TWO_DAYS_AGO - MINUTE, TWO_DAYS_AGO + 2 * MINUTE);
      assert.deepEqual(Object.fromEntries(rows.map((row) => [row.name, row.values[0]])), methods);
      assert.deepEqual(
        rows.map((row) => row.step),
        rows.map(() => MINUTE),
      );
      assert.deepEqual(
        rows.map((row) => row.consolidate),
        Object.keys(methods),
      );
    });
  });

  test('need the share of known points that the rules say', async (world) => {
    world.setNow(TWO_DAYS_AGO + 10 * MINUTE);
    const store = await world.open({ policy: carbonPolicy('10s:1d,1m:30d', 0.5) });
    await write(store, 'three', sixPerMinute(TWO_DAYS_AGO, 1).slice(0, 3));
    await write(store, 'two', sixPerMinute(TWO_DAYS_AGO, 1).slice(0, 2));
    world.setNow(NOON);
    await everywhere(world, store, async (store) => {
      assert.deepEqual(await valuesOf(store, 'three', TWO_DAYS_AGO - MINUTE, TWO_DAYS_AGO), [1]);
      assert.deepEqual(await valuesOf(store, 'two', TWO_DAYS_AGO - MINUTE, TWO_DAYS_AGO), [NaN]);
    });
  });

  test('roll up by what a series measures when nobody said how', async (world) => {
    world.setNow(TWO_DAYS_AGO + 10 * MINUTE);
    const store = await world.open({ policy: carbonPolicy() });
    await write(store, 'hits', sixPerMinute(TWO_DAYS_AGO, 1), Kind.counter);
    await write(store, 'level', sixPerMinute(TWO_DAYS_AGO, 1), Kind.gauge);
    await write(store, 'time.upper_90', sixPerMinute(TWO_DAYS_AGO, 1), Kind.timer);
    world.setNow(NOON);
    await everywhere(world, store, async (store) => {
      const rows = await read(store, ['hits', 'level', 'time.upper_90'], TWO_DAYS_AGO - MINUTE, TWO_DAYS_AGO);
      assert.deepEqual(
        rows.map((row) => row.values[0]),
        [15, 2.5, 5],
      );
    });
  });

  test('let carbon’s rules beat the sender when they are given', async (world) => {
    world.setNow(TWO_DAYS_AGO + 10 * MINUTE);
    const store = await world.open({ policy: { ...carbonPolicy(), rulesWin: true } });
    await write(store, 'x.count', sixPerMinute(TWO_DAYS_AGO, 1), Kind.gauge, Method.last);
    await write(store, 'x.other', sixPerMinute(TWO_DAYS_AGO, 1), Kind.counter, Method.last);
    world.setNow(NOON);
    const rows = await read(await world.open({ policy: { ...carbonPolicy(), rulesWin: true } }), ['x.count', 'x.other'], TWO_DAYS_AGO - MINUTE, TWO_DAYS_AGO);
    assert.deepEqual(
      rows.map((row) => [row.consolidate, row.values[0]]),
      [
        ['sum', 15],
        ['average', 2.5],
      ],
    );
  });

  test('take late points into what was rolled up already', async (world) => {
    // A window ends at midnight, so yesterday's is rolled up at noon while a day of it is still kept.
    const yesterday = NOON - 20 * HOUR;
    world.setNow(yesterday + MINUTE);
    const store = await world.open({ policy: carbonPolicy() });
    await write(store, 'a', sixPerMinute(yesterday, 2), Kind.counter);
    world.setNow(NOON);
    await world.settle();
    const later = await world.open({ policy: carbonPolicy() });
    const ask = (store: PointsStore): Promise<number[]> => valuesOf(store, 'a', yesterday - 25 * HOUR, yesterday + MINUTE, (row) => [...row.values].slice(-2));
    await write(later, 'a', [[yesterday + 50_000, 1000]], Kind.counter);
    await everywhere(world, later, async (store) => assert.deepEqual(await ask(store), [1010, 15]));
  });

  test('put points that are too old for a fine tier into the next', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    const old = NOON - 5 * DAY;
    await write(store, 'a', [
      [old, 1],
      [old + 10_000, 2],
      [old + 70_000, 3],
    ]);
    await everywhere(world, store, async (store) => assert.deepEqual(await valuesOf(store, 'a', old - MINUTE, old + 2 * MINUTE), [2, 3, NaN]));
  });

  test('fold three tiers one after another', async (world) => {
    const policy = carbonPolicy('10s:1d,1m:7d,10m:60d');
    const old = NOON - 3 * DAY;
    world.setNow(old + HOUR);
    const store = await world.open({ policy });
    await write(store, 'a', sixPerMinute(old, 30), Kind.gauge, Method.max);
    await write(store, 'b', sixPerMinute(old, 30), Kind.counter);
    world.setNow(NOON);
    await everywhere(world, store, async (store) => {
      const ask = (from: number): Promise<number[][]> =>
        read(store, ['a', 'b'], from, old + 20 * MINUTE).then((rows) => rows.map((row) => [...row.values].slice(-3)));
      assert.deepEqual(await ask(old - DAY), [
        [5, 5, 5],
        [15, 15, 15],
      ]);
      assert.deepEqual(await ask(old - 30 * DAY), [
        [5, 5, 5],
        [150, 150, 150],
      ]);
    });
  });

  test('fold three tiers also over the end of a window of the one between', async (world) => {
    // Windows of an hour below windows of three hours, one of which ends at noon.
    const policy = carbonPolicy('10s:1h,1m:6h,10m:4d');
    world.setNow(NOON + 25 * MINUTE);
    const store = await world.open({ policy });
    await write(store, 'a', sixPerMinute(NOON - 30 * MINUTE, 50), Kind.gauge, Method.max);
    await everywhere(world, store, async (store) => {
      const [row] = await read(store, ['a'], NOON - 2 * DAY, NOON + 19 * MINUTE);
      assert.deepEqual([...row.values].slice(-5), [5, 5, 5, 5, 5]);
    });
  });

  test('forget what is older than they keep', async (world) => {
    const policy = carbonPolicy('10s:1d,1m:3d');
    world.setNow(NOON - 10 * DAY);
    const store = await world.open({ policy });
    await write(store, 'a', [[NOON - 10 * DAY, 1]]);
    await world.settle();
    world.setNow(NOON);
    const later = await world.open({ policy });
    await write(later, 'a', [[NOON, 2]]);
    await world.settle();
    const stats = await (await world.open({ policy })).stats();
    assert.equal(stats.pointsInBlocks + stats.headPoints, 1);
    assert.equal(stats.oldest, NOON);
  });
}
