import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import type { PanelPlace } from '../../../src/core/dashboard.ts';
import { arrange, moveBy, readingOrder, resizeBy, roomFor } from './grid.ts';

const place = fc
  .record({ x: fc.nat(11), y: fc.nat(40), w: fc.integer({ min: 1, max: 12 }), h: fc.integer({ min: 1, max: 12 }) })
  .map((one) => ({ ...one, w: Math.min(one.w, 12 - one.x) }));
const overlap = (a: PanelPlace, b: PanelPlace): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const isSound = (places: readonly PanelPlace[]): boolean =>
  places.every((a, i) => a.x >= 0 && a.y >= 0 && a.x + a.w <= 12 && places.every((b, j) => i >= j || !overlap(a, b)));

test('whatever is moved or resized, no two panels overlap and none leaves the grid', () => {
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 1, maxLength: 12 }),
      fc.nat(),
      fc.integer({ min: -14, max: 14 }),
      fc.integer({ min: -50, max: 50 }),
      (places, seed, columns, rows) => {
        const settled = arrange(places);
        const at = seed % places.length;
        return isSound(settled) && isSound(moveBy(settled, at, columns, rows)) && isSound(resizeBy(settled, at, columns, rows));
      },
    ),
  );
});

test('what is arranged stays as it is', () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 12 }), (places) => {
      const settled = arrange(places);
      assert.deepEqual(arrange(settled), settled);
    }),
  );
});

test('a panel that is moved onto another one pushes it down', () => {
  const places = [
    { x: 0, y: 0, w: 4, h: 6 },
    { x: 4, y: 0, w: 4, h: 6 },
  ];
  assert.deepEqual(moveBy(places, 1, -4, 0), [
    { x: 0, y: 6, w: 4, h: 6 },
    { x: 0, y: 0, w: 4, h: 6 },
  ]);
});

test('a new panel finds room beside the last ones', () => {
  assert.deepEqual(roomFor([], 4, 6), { x: 0, y: 0, w: 4, h: 6 });
  assert.deepEqual(roomFor([{ x: 0, y: 0, w: 6, h: 6 }], 4, 6), { x: 6, y: 0, w: 4, h: 6 });
  assert.deepEqual(roomFor([{ x: 0, y: 0, w: 10, h: 6 }], 4, 6), { x: 0, y: 6, w: 4, h: 6 });
});

test('panels are read line by line', () => {
  assert.deepEqual(
    readingOrder([
      { x: 6, y: 0, w: 6, h: 2 },
      { x: 0, y: 2, w: 6, h: 2 },
      { x: 0, y: 0, w: 6, h: 2 },
    ]),
    [2, 0, 1],
  );
});
