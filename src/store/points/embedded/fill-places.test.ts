import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parseRetention } from '../../../core/retention.ts';
import { Method } from '../../../core/series.ts';
import { type FillShape, placePoints } from './fill-places.ts';

const NOW = 1_700_000_000;
const layout = { tiers: parseRetention('10s:1h,1m:6h,10m:2d'), adaptive: false };

const shapeOf = (taken: Uint32Array, method: Method = Method.last, xFilesFactor = 0): FillShape => ({
  layout,
  now: NOW,
  method,
  xFilesFactor,
  taken: (_, from, until) => taken.filter((time) => time >= from && time < until),
});

const ages = fc.uniqueArray(fc.integer({ min: -100, max: 200_000 }), { maxLength: 60 });

test('each point is written or left out once, and lies where a query of its age looks', () => {
  fc.assert(
    fc.property(ages, fc.constantFrom(0, 1, 10, 60, 600, 3600), ages, (list, step, others) => {
      const times = Uint32Array.from(list, (age) => NOW - age).toSorted();
      const values = Float64Array.from(times, (_, i) => i);
      const taken = Uint32Array.from(others, (age) => NOW - age).toSorted();
      const { tiers, written, left } = placePoints(shapeOf(taken), { runs: [{ step, count: times.length }], times, values, start: 0 });
      const places = left.flatMap(([from, count]) => Array.from({ length: count }, (_, i) => from + i));
      assert.equal(new Set(places).size, places.length);
      assert.equal(written + places.length, times.length);
      for (const [tier, columns] of tiers.entries()) {
        const own = columns.times.subarray(0, columns.count);
        for (const [i, time] of own.entries()) {
          assert.equal(time % (layout.tiers[tier].step / 1000), 0);
          assert.ok(i === 0 || time > own[i - 1]);
          // A tier holds nothing that only a coarser one can be asked for, but what shares a coarser slot with the youngest of that.
          const next = layout.tiers[tier + 1]?.step ?? 0;
          assert.ok(time * 1000 + next + layout.tiers[tier].step > NOW * 1000 - layout.tiers[tier].keep);
        }
      }
      for (const [i, time] of times.entries()) {
        if (places.includes(i)) continue;
        assert.ok(!taken.some((other) => other >= time && other < time + Math.min(step, 1)), 'what is there stays');
      }
    }),
  );
});

test('a point that stands for a longer step goes to each tier up to that step', () => {
  const time = NOW - 1800 - ((NOW - 1800) % 600);
  const stepsOf = (step: number): number[] => {
    const { tiers } = placePoints(shapeOf(new Uint32Array()), {
      runs: [{ step, count: 1 }],
      times: Uint32Array.of(time),
      values: Float64Array.of(5),
      start: 0,
    });
    return tiers.flatMap((columns, tier) => (columns.count === 1 && columns.values[0] === 5 ? [layout.tiers[tier].step / 1000] : []));
  };
  assert.deepEqual([stepsOf(1), stepsOf(10), stepsOf(60), stepsOf(600), stepsOf(7200)], [[10], [10], [10, 60], [10, 60, 600], [10, 60, 600]]);
});
