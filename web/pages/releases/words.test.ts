import assert from 'node:assert/strict';
import { test } from 'node:test';
import { part, share } from './words.ts';

test('shares never say all or nothing when it is not', () => {
  assert.deepEqual([null, 100, 99.999, 99.96, 99.9, 98.26, 0].map(share), ['–', '100 %', '99.99 %', '99.96 %', '99.90 %', '98.2 %', '0.0 %']);
  assert.deepEqual([0, 0.4, 34.6, 99.7, 100].map(part), ['0 %', 'under 1 %', '35 %', '99 %', '100 %']);
});
