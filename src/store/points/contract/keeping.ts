import assert from 'node:assert/strict';
import { HeedError } from '../../../core/errors.ts';
import { NOON, SECOND, carbonPolicy, every, write, valuesOf, type Contract } from './world.ts';

/** State and backup. */
export function keepingContract(test: Contract): void {
  test('tells its state', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    await write(store, 'a', every(10 * SECOND, 1000));
    const before = await store.stats();
    assert.deepEqual([before.series, before.headPoints + before.pointsInBlocks, before.oldest], [1, 1000, NOON - 9990 * SECOND]);
    assert.deepEqual([before.writeProblem, before.damage], ['', []]);
    await world.settle();
    const after = await store.stats();
    assert.ok(after.bytesPerDay > 0 && after.bytesAtRest > after.bytesPerDay, 'the forecast');
    assert.ok(after.diskFree > 0);
  });

  test('writes a backup that holds all, while work goes on', async (world) => {
    const store = await world.open({ policy: carbonPolicy() });
    await write(store, 'a', every(10 * SECOND, 500));
    await world.settle();
    await write(store, 'b', every(10 * SECOND, 500));
    const folder = world.newFolder();
    const report = await store.backup(folder);
    assert.equal(report.series, 2);
    assert.ok(report.files > 0 && report.bytes > 0);
    await assert.rejects(store.backup(folder), (error) => error instanceof HeedError && error.code === 'not_empty');
    await write(store, 'a', [[NOON, 77]]);
    await using copy = world.fromBackup(folder);
    const restored = await copy.open({ policy: carbonPolicy() });
    for (const name of ['a', 'b'])
      assert.deepEqual(
        await valuesOf(restored, name, NOON - 5000 * SECOND, NOON),
        Array.from({ length: 500 }, (_, i) => 499 - i),
      );
  });
}
