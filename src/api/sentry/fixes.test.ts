import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fixedBy } from './fixes.ts';

test('a commit says which issues it mends', () => {
  assert.deepEqual(fixedBy('Pay once\n\nFixes SHOP-1A'), ['SHOP-1A']);
  assert.deepEqual(fixedBy('fix: shop-web-2, SHOP-3 and SHOP-4 in the cart; see SHOP-9'), ['SHOP-WEB-2', 'SHOP-3', 'SHOP-4']);
  assert.deepEqual(fixedBy('Closes #SHOP-1.\nResolved SHOP-2'), ['SHOP-1', 'SHOP-2']);
  for (const none of ['see SHOP-1', 'prefixes SHOP-1', 'fixed the cart of SHOP-1', 'Fixes', '']) assert.deepEqual(fixedBy(none), [], none);
});

test('any message is read in no time', () => {
  assert.deepEqual(fixedBy('fixes '.repeat(200_000)), []);
  fc.assert(fc.property(fc.string(), (message) => fixedBy(message).every((id) => /^[A-Z0-9-]+$/.test(id))));
});
