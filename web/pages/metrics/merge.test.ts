import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FrameAnswer } from '../../../src/api/contract.ts';
import { mergeFrame } from './merge.ts';

const frame = (from: number, until: number, start: number, values: (number | null)[], step = 10, name = 'a'): FrameAnswer => ({
  from,
  until,
  ms: 0,
  rows: [{ name, target: 0, kind: 'gauge', start, step, values }],
});

test('newest points are written over and after what is shown, and what has left the window goes', () => {
  const merged = mergeFrame(frame(0, 50, 0, [0, 1, 2, 3, 4]), frame(30, 80, 40, [44, 5, null, 7]));
  assert.deepEqual(merged, { ...frame(30, 80, 20, [2, 3, 44, 5, null, 7]) });
});

test('a row that reaches back to the beginning of the window replaces the one shown', () => {
  assert.deepEqual(mergeFrame(frame(0, 50, 0, [0, 1, 2]), frame(30, 80, 30, [1, 2], 20))?.rows, frame(30, 80, 30, [1, 2], 20).rows);
});

test('rows that did not change stay, new ones are added', () => {
  const merged = mergeFrame(frame(0, 50, 0, [0, 1, 2, 3, 4]), frame(0, 60, 40, [9, 9], 10, 'b'));
  assert.deepEqual(
    merged?.rows.map((row) => row.name),
    ['a', 'b'],
  );
});

test('points between that nobody knows are no data', () => {
  assert.deepEqual(mergeFrame(frame(0, 50, 0, [0, 1]), frame(0, 60, 40, [4]))?.rows[0].values, [0, 1, null, null, 4]);
});

test('another step or grid does not fit', () => {
  assert.equal(mergeFrame(frame(0, 50, 0, [0, 1, 2]), frame(0, 80, 60, [1], 20)), undefined);
  assert.equal(mergeFrame(frame(0, 50, 0, [0, 1, 2]), frame(0, 80, 45, [1])), undefined);
});
