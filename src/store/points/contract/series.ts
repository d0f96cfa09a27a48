import assert from 'node:assert/strict';
import { Kind, Method } from '../../../core/series.ts';
import { NOON, carbonPolicy, write, read, valuesOf, names, everywhere, type Contract } from './world.ts';

/** Names: finding, removing, refusing. */
export function seriesContract(test: Contract): void {
  test('are found by glob, tags and words', async (world) => {
    const store = await world.open();
    for (const name of ['web.a.hits', 'web.b.hits', 'db.size', 'disk;host=x;kind=ssd', 'disk;host=y;kind=hdd']) await write(store, name, [[NOON, 1]]);
    await everywhere(world, store, async (store) => {
      const reader = store.reader();
      const nodes = await reader.find('*', { counts: true });
      assert.deepEqual(
        nodes.filter((node) => node.text === 'web'),
        [{ path: 'web', text: 'web', leaf: false, branch: true, count: 2 }],
      );
      const names = async (found: Promise<{ name: string }[]>): Promise<string[]> => (await found).map(({ name }) => name);
      assert.deepEqual(await names(reader.select({ glob: 'web.{a,b}.h*' }, 10)), ['web.a.hits', 'web.b.hits']);
      assert.deepEqual(await names(reader.select({ tags: ['name=disk', 'kind=ssd'] }, 10)), ['disk;host=x;kind=ssd']);
      assert.deepEqual(await names(reader.search('hits web', 10)), ['web.a.hits', 'web.b.hits']);
      assert.equal((await reader.names(-1, 10)).length, 5);
      assert.deepEqual((await reader.tagKeys([], 'h', 10)).includes('host'), true);
      assert.deepEqual(await reader.tagValues([], 'host', '', 10), ['x', 'y']);
      const [row] = await read(store, ['disk;host=x;kind=ssd'], NOON - 10_000, NOON);
      assert.deepEqual(row.tags, { name: 'disk', host: 'x', kind: 'ssd' });
      await reader[Symbol.asyncDispose]();
    });
  });

  test('that were removed are gone with their points; a later point starts anew', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    const writer = store.writer();
    const [a, b] = ['x.a', 'x.b'].map((name) => writer.declare(name, Kind.gauge, Method.byRule));
    for (const id of [a, b]) writer.add(id, NOON - 20_000, 1);
    assert.equal(await store.remove(['x.a', 'nothing.*']), 1);
    assert.deepEqual(await names(store), ['x.b']);
    writer.add(a, NOON - 10_000, 2);
    writer.add(b, NOON - 10_000, 2);
    writer.flush();
    await store.sync();
    writer.close();
    await everywhere(world, store, async (store) => {
      assert.deepEqual(await valuesOf(store, 'x.a', NOON - 30_000, NOON), [NaN, 2, NaN]);
      assert.deepEqual(await valuesOf(store, 'x.b', NOON - 30_000, NOON), [1, 2, NaN]);
    });
  });

  test('whose numbers a writer forgot keep their points; numbers begin at 0 again', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    const writer = store.writer();
    const old = writer.declare('x.old', Kind.gauge, Method.byRule);
    writer.add(old, NOON - 20_000, 1);
    writer.forget();
    const fresh = writer.declare('x.new', Kind.gauge, Method.byRule);
    assert.equal(fresh, old);
    writer.add(fresh, NOON - 20_000, 2);
    writer.flush();
    await store.sync();
    writer.close();
    await everywhere(world, store, async (store) => {
      assert.deepEqual(await valuesOf(store, 'x.old', NOON - 30_000, NOON), [1, NaN, NaN]);
      assert.deepEqual(await valuesOf(store, 'x.new', NOON - 30_000, NOON), [2, NaN, NaN]);
    });
  });

  test('beyond the bound are refused and counted point by point, others go on', async (world) => {
    const store = await world.open({ maxSeries: 3, policy: carbonPolicy() });
    const writer = store.writer();
    const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => writer.declare(name, Kind.gauge, Method.byRule));
    for (let round = 0; round < 4; round++) for (const id of ids) writer.add(id, NOON - round * 10_000, round);
    writer.flush();
    await store.sync();
    assert.equal(world.counted('points.dropped.too_many_series'), 8);
    assert.equal(world.counted('points.stored'), 12);
    await store.remove(['a', 'b']);
    for (const id of ids.slice(3)) writer.add(id, NOON, 5);
    await store.sync();
    writer.close();
    assert.deepEqual(await names(store), ['c', 'd', 'e'], 'there is room now');
    assert.equal((await store.stats()).maxSeries, 3);
  });

  test('with names that cannot be are refused and counted', async (world) => {
    const store = await world.open();
    await write(store, 'x'.repeat(1025), [[NOON, 1]]);
    await write(store, 'é'.repeat(600), [[NOON, 1]]);
    await write(store, '', [[NOON, 1]]);
    await write(store, 'é'.repeat(512), [[NOON, 1]]);
    assert.equal(world.counted('points.dropped.bad_name'), 3);
    assert.deepEqual(await names(store), ['é'.repeat(512)]);
  });

  test('declared twice are the same', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    await write(store, 'a', [[NOON - 10_000, 1]]);
    await write(store, 'a', [[NOON, 2]], Kind.counter, Method.sum);
    assert.deepEqual(await valuesOf(store, 'a', NOON - 20_000, NOON), [1, 2]);
    const [ref] = await store.reader().select({ glob: 'a' }, 1);
    assert.deepEqual([ref.kind, ref.method], [Kind.counter, Method.sum]);
  });
}
