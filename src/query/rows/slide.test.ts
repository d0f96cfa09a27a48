import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { aggregateByName } from './aggregate.ts';
import { slide } from './slide.ts';

const value = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -100_000, max: 100_000 }).map((number) => number / 100) },
  { weight: 1, arbitrary: fc.constant(NaN) },
);

void test('sliding windows give what looking at the known values of each window anew gives', () => {
  const names = fc.constantFrom('sum', 'average', 'max', 'min', 'median', 'last', 'diff', 'count', 'range', 'stddev', 'multiply', 'avg_zero');
  fc.assert(
    fc.property(fc.array(value, { maxLength: 80 }), fc.integer({ min: 0, max: 40 }), fc.constantFrom(0, 0.5, 1), names, (list, size, xFilesFactor, name) => {
      const values = Float64Array.from(list);
      const slid = slide(name, values, size, xFilesFactor);
      assert.equal(slid.length, Math.max(0, values.length - size));
      for (let i = 0; i < slid.length; i++) {
        const known = values.subarray(i, i + size).filter((one) => !Number.isNaN(one));
        const expected = known.length > 0 && known.length / size >= xFilesFactor ? aggregateByName(name)(known, 0, known.length) : NaN;
        assert.ok(
          Object.is(slid[i], expected) || Math.abs(slid[i] - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
          `${name}: ${slid[i]} for ${expected}`,
        );
      }
    }),
    { numRuns: 2000 },
  );
});

void test('infinite values leave the sum when they leave the window', () => {
  const values = Float64Array.from([Infinity, ...Array.from({ length: 20 }, () => 1)]);
  assert.deepEqual(Array.from(slide('sum', values, 10, 0)).slice(0, 3), [Infinity, 10, 10]);
});

void test('infinities of both signs have no sum while they are in one window', () => {
  const values = Float64Array.from([Infinity, -Infinity, ...Array.from({ length: 10 }, () => 1)]);
  assert.deepEqual(Array.from(slide('average', values, 9, 0)), [NaN, -Infinity, 1]);
});

void test('a window longer than all values gives nothing, at once', () => {
  for (const aggregation of ['average', 'median', 'max', 'stddev']) assert.equal(slide(aggregation, new Float64Array(5), 1e15, 0).length, 0);
});
