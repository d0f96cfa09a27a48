import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { FrameAnswer, FrameRow } from '../contract.ts';
import { pause } from './follow.ts';
import { changedTail } from './tail.ts';

const frame = (rows: Partial<FrameRow>[]): FrameAnswer => ({
  from: 0,
  until: 10_000,
  ms: 1,
  rows: rows.map((row) => ({ name: 'a', target: 0, kind: 'gauge', start: 0, step: 1000, values: [], ...row })),
});

test('only values that are new or other are sent, up to the newest', () => {
  const before = frame([{ values: [1, 2, null] }, { name: 'same', values: [7] }]);
  const after = frame([
    { start: 1000, values: [2, 3, 4] },
    { name: 'same', values: [7, null] },
  ]);
  assert.deepEqual(changedTail(before, after), [{ ...after.rows[0], start: 2000, values: [3, 4] }]);
  assert.deepEqual(changedTail(undefined, after), after.rows);
});

test('a row on another grid is sent whole, rows of one name are told apart', () => {
  const before = frame([{ values: [1, 2] }, { values: [3, 4] }]);
  assert.deepEqual(changedTail(before, frame([{ step: 2000, values: [1] }])), frame([{ step: 2000, values: [1] }]).rows);
  assert.deepEqual(changedTail(before, frame([{ start: 500, values: [1, 2] }])), frame([{ start: 500, values: [1, 2] }]).rows);
  assert.deepEqual(changedTail(before, frame([{ values: [1, 2] }, { values: [3, 5] }])), [{ ...before.rows[1], start: 1000, values: [5] }]);
});

test('who puts the tails together has what was asked', () => {
  const value = fc.option(fc.integer({ min: 0, max: 3 }), { nil: null });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 12 }), fc.array(value, { maxLength: 12 }), fc.nat(14), (old, fresh, shift) => {
      const before = frame([{ values: old }]);
      const after = frame([{ start: shift * 1000, values: fresh }]);
      const kept = new Map(old.map((each, index) => [index * 1000, each]));
      for (const row of changedTail(before, after)) row.values.forEach((each, index) => kept.set(row.start + index * row.step, each));
      assert.deepEqual(
        fresh.map((_, index) => kept.get((shift + index) * 1000) ?? null),
        fresh,
      );
    }),
  );
});

test('a costly question is asked less often, a coarse grid too', () => {
  assert.equal(pause(frame([{ step: 1000 }]), 5), 1500);
  assert.equal(pause(frame([{ step: 60_000 }, { step: 10_000 }]), 5), 2000);
  assert.equal(pause(frame([]), 900), 9000);
  assert.equal(pause(frame([{ step: 3_600_000 }]), 60_000), 30_000);
});
