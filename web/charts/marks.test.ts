import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelText, placeLabel } from './marks.ts';

test('a label stands to the right of its line, at the edge to the left, and never on another', () => {
  const lane = { left: 50, right: 500 };
  assert.deepEqual(placeLabel(100, 60, lane), { left: 100, right: 160 });
  assert.deepEqual(placeLabel(480, 60, lane), { left: 420, right: 480 });
  assert.equal(placeLabel(480, 60, { left: 430, right: 500 }), undefined);
  assert.equal(placeLabel(100, 60, { left: 110, right: 500 }), undefined);
});

test('a long label is cut', () => {
  assert.equal(labelText('release 1.4.2'), 'release 1.4.2');
  assert.equal(labelText('x'.repeat(40)), `${'x'.repeat(27)}…`);
});
