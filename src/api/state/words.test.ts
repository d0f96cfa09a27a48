import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesText, countText, durationText, plural } from './words.ts';

test('figures read as the screens write them', () => {
  assert.deepEqual([0, 7, 999, 1000, 48_211, 1_234_567.4].map(countText), ['0', '7', '999', '1,000', '48,211', '1,234,567']);
  assert.deepEqual([plural(1, 'line'), plural(0, 'line'), plural(1200, 'line')], ['1 line', '0 lines', '1,200 lines']);
  assert.deepEqual([0, 999, 1000, 8_388_608, 3.14e9, 212_992, 999_999, 12_345_678].map(bytesText), [
    '0 B',
    '999 B',
    '1 kB',
    '8.4 MB',
    '3.1 GB',
    '213 kB',
    '1 MB',
    '12.3 MB',
  ]);
  assert.deepEqual([0, 59_400, 60_000, 320_000, 2_040_000, 7_200_000, 12 * 86_400_000].map(durationText), [
    '0 s',
    '59 s',
    '1 min',
    '5 min 20 s',
    '34 min',
    '2 h',
    '12 d',
  ]);
});
