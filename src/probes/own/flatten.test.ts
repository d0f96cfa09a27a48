import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { flatten } from './flatten.ts';

test('numbers are named by the keys on the way; what is none breaks nothing', () => {
  const answer = {
    _all: { docs: { count: 12, deleted: '3' } },
    ok: true,
    off: false,
    name: 'web',
    list: [1, 2],
    nothing: null,
    '.kibana 1': { size: 5 },
    big: 7n,
  };
  assert.deepEqual(
    flatten(answer, 100).map(({ path, value }) => [path, value]),
    [
      ['_all.docs.count', 12],
      ['_all.docs.deleted', 3],
      ['ok', 1],
      ['off', 0],
      ['_kibana_1.size', 5],
      ['big', 7],
    ],
  );
  assert.deepEqual(flatten(42, 1), [{ path: '', value: 42 }]);
  assert.throws(() => flatten({ a: 1, b: 2 }, 1), /more than 1 numbers/);
});

test('any answer is read, however deep', () => {
  fc.assert(fc.property(fc.anything(), (answer) => assert.ok(flatten(answer, 1e6).every(({ value }) => Number.isFinite(value)))));
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = { a: deep };
  assert.deepEqual(flatten(deep, 10), []);
});
