import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { DumpPoints } from './dump-points.ts';

test('points come back by series in order of time, of equal times the last', () => {
  const line = fc.record({ name: fc.constantFrom('a', 'b', 'c'), time: fc.nat(20), value: fc.integer() });
  const points = new DumpPoints();
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      for (const each of lines) points.add(each);
      const wanted = new Map<string, Map<number, number>>();
      for (const { name, time, value } of lines) wanted.set(name, (wanted.get(name) ?? new Map<number, number>()).set(time, value));
      const taken = [...points.take()];
      assert.deepEqual(
        taken.map(({ name, times, values }) => [name, Array.from(times, (time, i) => [time, values[i]])]),
        [...wanted].map(([name, byTime]) => [name, [...byTime].toSorted((a, b) => a[0] - b[0])]),
      );
      assert.ok(taken.every(({ runs, times }) => runs.length === 1 && runs[0].count === times.length));
      assert.deepEqual([...points.take()], []);
    }),
  );
});
