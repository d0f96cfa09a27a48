import assert from 'node:assert/strict';
import { Kind, Method } from '../../../core/series.ts';
import { NOON, SECOND, MINUTE, HOUR, DAY, sixPerMinute, every, kindOf, write, read, valuesOf, everywhere, type Contract, type Point } from './world.ts';

/** Rules that keep the finest grid and answer in each series’ rhythm. */
export function adaptiveContract(test: Contract): void {
  test('answer in each series’ own rhythm', async (world) => {
    const store = await world.open();
    await write(store, 'seconds', every(SECOND, 120));
    await write(store, 'tens', every(10 * SECOND, 60));
    await write(store, 'minutes', every(MINUTE, 30));
    await write(
      store,
      'jitter',
      every(10 * SECOND, 60).map(([time, value], i): Point => [time + (i % 3) * 900, value]),
    );
    await write(store, 'once', [[NOON - 5000, 7]]);
    await everywhere(world, store, async (store) => {
      const rows = await read(store, ['seconds', 'tens', 'minutes', 'jitter', 'once'], NOON - 10 * MINUTE, NOON);
      assert.deepEqual(
        rows.map((row) => row.step / SECOND),
        [1, 10, 60, 10, 10],
      );
      assert.deepEqual([...rows[1].values], [...rows[3].values]);
      assert.deepEqual([...rows[2].values], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
      assert.deepEqual(
        [...rows[4].values].filter((value) => value === 7),
        [7],
      );
    });
  });

  test('fold points that share a slot by what they measure', async (world) => {
    const store = await world.open();
    const points = every(10 * SECOND, 30).flatMap(([time, value]): Point[] => [
      [time, value],
      [time + 3000, value + 100],
    ]);
    // The rhythm is known before two meet in one slot.
    for (const name of ['gauge', 'counter', 'upper']) await write(store, name, every(10 * SECOND, 60), kindOf(name));
    for (const name of ['gauge', 'counter', 'upper']) await write(store, name, points.slice(-6), kindOf(name), name === 'upper' ? Method.max : Method.byRule);
    await everywhere(world, store, async (store) => {
      assert.deepEqual(await valuesOf(store, 'gauge', NOON - 30_000, NOON), [102, 101, 100]);
      assert.deepEqual(await valuesOf(store, 'counter', NOON - 30_000, NOON), [104, 102, 100]);
      assert.deepEqual(await valuesOf(store, 'upper', NOON - 30_000, NOON), [102, 101, 100]);
    });
  });

  test('roll up in the rhythm of each series, the same before and after it was done', async (world) => {
    const old = NOON - 8 * DAY;
    world.setNow(old + HOUR);
    const store = await world.open();
    await write(store, 'hits', sixPerMinute(old, 20), Kind.counter);
    await write(store, 'level', sixPerMinute(old, 20), Kind.gauge);
    await write(store, 'time.upper', sixPerMinute(old, 20), Kind.timer);
    await write(
      store,
      'slow',
      Array.from({ length: 12 }, (_, i): Point => [old + i * 5 * MINUTE, i]),
      Kind.counter,
    );
    world.setNow(NOON);
    await everywhere(world, store, async (store) => {
      const rows = await read(store, ['hits', 'level', 'time.upper', 'slow'], old - MINUTE, old + 2 * MINUTE);
      assert.deepEqual(
        rows.map((row) => [row.step, ...row.values]),
        [
          [MINUTE, 15, 15, 15],
          [MINUTE, 2.5, 2.5, 2.5],
          [MINUTE, 5, 5, 5],
          [5 * MINUTE, 0],
        ],
      );
    });
  });
}
