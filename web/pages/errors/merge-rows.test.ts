import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appendRows, mergeRows } from './merge-rows.ts';

const rows = (...ids: number[]): { id: number; events: number }[] => ids.map((id) => ({ id, events: 1 }));

test('a list that is pointed at keeps its order and takes new figures', () => {
  const { rows: shown, waiting } = mergeRows(rows(1, 2, 3), [{ id: 9, events: 1 }, { id: 3, events: 7 }, ...rows(1)], true);
  assert.deepEqual(shown, [...rows(1, 2), { id: 3, events: 7 }]);
  assert.equal(waiting, 1);
});

test('a list that nobody points at is as it was answered', () => {
  assert.deepEqual(mergeRows(rows(1, 2), rows(2, 1, 4), false), { rows: rows(2, 1, 4), waiting: 0 });
  assert.deepEqual(mergeRows([], rows(2), true), { rows: rows(2), waiting: 0 });
});

test('an issue that moved between two pages is there once', () => {
  assert.deepEqual(appendRows(rows(1, 2), rows(2, 3)), rows(1, 2, 3));
});
