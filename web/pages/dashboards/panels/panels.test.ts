import assert from 'node:assert/strict';
import test from 'node:test';
import type { FrameRow } from '../../../../src/api/contract.ts';
import { boundOf, bucketsOf, cellsOf } from './buckets.ts';
import { slotsOf } from './slots.ts';

const row = (name: string, values: (number | null)[]): FrameRow => ({ name, target: 0, kind: 'gauge', start: 0, step: 10, values });

test('the worst value of a slot is its state, and no data is none', () => {
  assert.deepEqual(slotsOf(row('up', [1, 0, 1, 1, null, null]), 0, 60, 3, []), ['bad', 'ok', 'none']);
  const limits = [
    { value: 5, state: 'warn', below: false },
    { value: 9, state: 'bad', below: false },
  ] as const;
  assert.deepEqual(slotsOf(row('load', [1, 6, 9, 2]), 0, 40, 4, limits), ['ok', 'warn', 'bad', 'ok']);
});

test('a step longer than a slot holds for all slots in it', () => {
  assert.deepEqual(slotsOf(row('up', [1, 0]), 0, 20, 4, []), ['ok', 'ok', 'bad', 'bad']);
});

test('bounds are read from the names of bins and from le', () => {
  assert.equal(boundOf('stats.timers.search.histogram.bin_100'), 100);
  assert.equal(boundOf('stats.timers.search.histogram.bin_0_5'), 0.5);
  assert.equal(boundOf('stats.timers.search.histogram.bin_inf'), Infinity);
  assert.equal(boundOf('http_seconds_bucket;le=0.25;path=a'), 0.25);
  assert.equal(boundOf('http_seconds_bucket;le=+Inf'), Infinity);
  assert.equal(boundOf('a.b'), undefined);
});

test('buckets rise by bound, and those that count all below are told apart', () => {
  assert.deepEqual(
    bucketsOf([row('t.bin_inf', [1]), row('t.bin_50', [2]), row('t.bin_9', [3])]).map(({ label }) => label),
    ['9', '50', 'Infinity'],
  );
  assert.deepEqual(
    bucketsOf([row('t;le=2', [5]), row('t;le=1', [3])]).map(({ row: { values } }) => values),
    [[3], [2]],
  );
});

test('cells sum what falls into a column of time', () => {
  assert.deepEqual(cellsOf(bucketsOf([row('t.bin_1', [1, 2, null, 4])]), 0, 40, 2), { cells: [[3, 4]], most: 4 });
});
