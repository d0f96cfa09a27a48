import assert from 'node:assert/strict';
import { Method } from '../../../core/series.ts';
import { NOON, SECOND, MINUTE, every, kindOf, write, read, valuesOf, everywhere, type Contract, type Point } from './world.ts';

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
}
