import assert from 'node:assert/strict';
import { HeedError } from '../../../core/errors.ts';
import type { Row } from '../../../core/frame.ts';
import { Kind, Method } from '../../../core/series.ts';
import type { PointsStore, SeriesRef } from '../points-store.ts';
import { NOON, SECOND, MINUTE, HOUR, DAY, carbonPolicy, write, read, valuesOf, everywhere, type Contract, type Point } from './world.ts';

/** Sixty points for each name, all different. */
async function writeTenMinutes(store: PointsStore, names: readonly string[]): Promise<void> {
  for (const name of names)
    await write(
      store,
      name,
      Array.from({ length: 60 }, (_, i) => [NOON - i * 10 * SECOND, name.charCodeAt(0) + i]),
    );
}

/** Points in, rows out. */
export function readingContract(test: Contract): void {
  test('answers points on the grid, from exclusive and until inclusive', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    await write(
      store,
      'a.b',
      [0, 10, 20, 40].map((at) => [NOON - MINUTE + at * SECOND, at + 0.5]),
    );
    await everywhere(world, store, async (store) => {
      const [row] = await read(store, ['a.b'], NOON - MINUTE, NOON - 10 * SECOND);
      assert.equal(row.start, NOON - 50 * SECOND);
      assert.equal(row.step, 10 * SECOND);
      assert.deepEqual([...row.values], [10.5, 20.5, NaN, 40.5, NaN]);
      assert.deepEqual([row.name, row.path, row.tags, row.consolidate, row.xFilesFactor], ['a.b', 'a.b', { name: 'a.b' }, 'average', 0]);
      const [one] = await read(store, ['a.b'], NOON - 20 * SECOND, NOON - 20 * SECOND);
      assert.deepEqual([one.start, ...one.values], [NOON - 10 * SECOND, NaN], 'an empty interval gives one point');
    });
  });

  test('floors times to slots; the last write to a slot wins, whenever it comes', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    await write(store, 'a', [
      [NOON - 15_001, 1],
      [NOON - 11_000, 2],
      [NOON - 5000, 3],
    ]);
    await everywhere(world, store, async (store) => assert.deepEqual(await valuesOf(store, 'a', NOON - 30_000, NOON), [2, 3, NaN]));
    const again = await world.open({ policy: carbonPolicy() });
    await write(again, 'a', [[NOON - 20_000, 9]]);
    await everywhere(world, again, async (store) => assert.deepEqual(await valuesOf(store, 'a', NOON - 30_000, NOON), [9, 3, NaN]));
  });

  test('takes points in any order, and keeps each series apart', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    const late = Array.from({ length: 500 }, (_, i): Point => [NOON - ((i * 7919) % 500) * 10_000, (i * 7919) % 500]);
    await write(store, 'late', late);
    await write(
      store,
      'other',
      late.map(([time, value]): Point => [time, -value]),
    );
    await everywhere(world, store, async (store) => {
      const values = await valuesOf(store, 'late', NOON - 500 * 10_000, NOON);
      assert.deepEqual(
        values,
        Array.from({ length: 500 }, (_, i) => 499 - i),
      );
      assert.deepEqual(await valuesOf(store, 'other', NOON - 20_000, NOON), [-1, -0]);
    });
  });

  test('drops NaN silently, and counts points too old or too far ahead', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    await write(store, 'a', [
      [NOON, NaN],
      [NOON - 31 * DAY, 1],
      [NOON + 25 * HOUR, 2],
      [NaN, 3],
      [NOON - 20_000, Infinity],
    ]);
    assert.deepEqual(await valuesOf(store, 'a', NOON - 30_000, NOON), [Infinity, NaN, NaN]);
    assert.equal(world.counted('points.dropped.too_old'), 2);
    assert.equal(world.counted('points.dropped.in_future'), 1);
    assert.equal(world.counted('points.stored'), 1);
    assert.equal(world.counted('points.received'), 5);
  });

  test('takes no more than it can hold, says when there is room, and loses nothing of what it took', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    const writer = store.writer();
    const id = writer.declare('a', Kind.gauge, Method.byRule);
    let waited = 0;
    for (let i = 0; i < 400_000; i++) {
      while (!writer.add(id, NOON - (i % 1000) * 10_000, i)) {
        waited++;
        await writer.drained();
      }
    }
    await store.sync();
    writer.close();
    assert.ok(waited > 0, 'the queue is bounded');
    assert.equal(world.counted('points.stored'), 400_000);
    assert.deepEqual(await valuesOf(store, 'a', NOON - 20_000, NOON), [399_001, 399_000]);
  });

  test('folds rows as they are read', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    await writeTenMinutes(store, ['a', 'b', 'c']);
    await everywhere(world, store, async (store) => {
      const reader = store.reader();
      const series = (await reader.select({ glob: '*' }, 9)).toReversed();
      const request = { series, from: NOON - 10 * MINUTE, until: NOON, now: NOON, maxPoints: 1000 };
      const whole = await reader.read(request);
      const same = await reader.read({ ...request, fold: (row) => row });
      assert.deepEqual(same, whole, 'and keeps what is not folded');
      const firsts = await reader.read({
        ...request,
        fold: (row, window) => {
          assert.deepEqual(window, { start: NOON - 9 * MINUTE - 50 * SECOND, end: NOON + 10 * SECOND });
          return { ...row, values: row.values.slice(0, 1) };
        },
      });
      assert.deepEqual(
        firsts.map(({ name, values }) => [name, ...values]),
        whole.map(({ name, values }) => [name, values[0]]),
      );
      await reader[Symbol.asyncDispose]();
    });
  });

  test('answers a read that was announced as any other, whatever is read then', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    await writeTenMinutes(store, ['a', 'b']);
    await everywhere(world, store, async (store) => {
      const reader = store.reader();
      const soon = { from: NOON - MINUTE, until: NOON, now: NOON, maxPoints: 1000 };
      const rowsOf = async (window: Partial<typeof soon>, change: (series: SeriesRef[]) => SeriesRef[], announced?: typeof soon): Promise<Row[]> =>
        reader.read({ series: change(await reader.select({ glob: '*' }, 9, announced)), ...soon, ...window });
      for (const window of [{}, { from: NOON - 2 * MINUTE }, { until: NOON - 20 * SECOND }])
        for (const change of [(series: SeriesRef[]) => series, (series: SeriesRef[]) => series.toReversed(), (series: SeriesRef[]) => series.slice(0, 1)])
          assert.deepEqual(await rowsOf(window, change, soon), await rowsOf(window, change));
      await reader[Symbol.asyncDispose]();
    });
  });

  test('refuses answers of more points than asked for', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    await write(store, 'a', [[NOON, 1]]);
    const reader = store.reader();
    const series = await reader.select({ glob: 'a' }, 1);
    await assert.rejects(
      reader.read({ series, from: NOON - HOUR, until: NOON, now: NOON, maxPoints: 359 }),
      (error) => error instanceof HeedError && error.code === 'too_many_points',
    );
    await reader[Symbol.asyncDispose]();
  });
}
