import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fold } from './fold.ts';
import { Method } from './series.ts';

const some = Float64Array.of(NaN, -4, 1, NaN, 3, NaN);

function folded(method: Method, xFilesFactor = 0): number {
  return fold(method, some, 0, some.length, xFilesFactor);
}

void test('each method folds the known slots as whisper does', () => {
  assert.equal(folded(Method.average), 0);
  assert.equal(folded(Method.byRule), 0);
  assert.equal(folded(Method.sum), 0);
  assert.equal(folded(Method.last), 3);
  assert.equal(folded(Method.first), -4);
  assert.equal(folded(Method.max), 3);
  assert.equal(folded(Method.min), -4);
  assert.equal(folded(Method.absMax), -4);
  assert.equal(folded(Method.absMin), 1);
});

void test('avg_zero counts unknown slots as zero', () => {
  assert.equal(fold(Method.avgZero, Float64Array.of(NaN, 6, NaN), 0, 3, 0), 2);
});

void test('nothing known, or an empty range, is unknown', () => {
  for (const method of Object.values(Method)) {
    assert.ok(Number.isNaN(fold(method, some, 0, 1, 0)));
    assert.ok(Number.isNaN(fold(method, some, 2, 2, 0)));
  }
});

void test('the share of known slots must reach the xFilesFactor', () => {
  assert.equal(folded(Method.max, 0.5), 3);
  assert.ok(Number.isNaN(folded(Method.max, 0.51)));
});

void test('only the range counts', () => {
  assert.equal(fold(Method.sum, some, 2, 5, 0.6), 4);
  assert.equal(fold(Method.last, some, 0, 2, 0), -4);
});

void test('min, max, first and last answer one of the slots', () => {
  const slots = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constant(NaN)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(slots, fc.constantFrom(Method.min, Method.max, Method.first, Method.last, Method.absMax, Method.absMin), (values, method) => {
      const known = values.filter((value) => !Number.isNaN(value));
      const result = fold(method, Float64Array.from(values), 0, values.length, 0);
      return known.length === 0 ? Number.isNaN(result) : known.includes(result);
    }),
  );
});
