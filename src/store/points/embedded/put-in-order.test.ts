import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { PointColumns } from './blocks/point-columns.ts';
import { putInOrder } from './put-in-order.ts';

void test('points come out in order of time, and of equal times the last written', () => {
  const runs = fc
    .array(
      fc.array(fc.nat(60), { maxLength: 30 }).map((run) => run.toSorted((a, b) => a - b)),
      { maxLength: 6 },
    )
    .map((all) => all.flat());
  fc.assert(
    fc.property(fc.oneof(runs, fc.array(fc.nat(40), { maxLength: 100 })), (times) => {
      const points = new PointColumns();
      const expected = new Map<number, number>();
      for (const [value, time] of times.entries()) {
        points.push(time, value);
        expected.set(time, value);
      }
      putInOrder(points);
      const inOrder = Array.from(points.times.subarray(0, points.count), (time, i): [number, number] => [time, points.values[i]]);
      assert.deepEqual(
        inOrder,
        [...expected].toSorted(([a], [b]) => a - b),
      );
    }),
    { numRuns: 2000 },
  );
});
