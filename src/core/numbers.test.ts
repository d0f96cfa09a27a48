import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, formatCount, formatDuration, formatNumber, plain } from './numbers.ts';

test('numbers have three significant digits at most', () => {
  const shown = [0, 0.00123, 1.9049, 12.345, 612.4, 1234, 9999, 10_000, 48_211, 1_250_000, 3e9, NaN, -48_211].map((value) => plain(formatNumber(value)));
  assert.deepEqual(shown, ['0', '0.00123', '1.9', '12.3', '612', '1,234', '9,999', '10 k', '48.2 k', '1.25 M', '3 G', 'none', '-48.2 k']);
});

test('bytes go by thousands', () => {
  assert.deepEqual(
    [0, 999, 1000, 3_100_000_000].map((value) => plain(formatBytes(value))),
    ['0 B', '999 B', '1 kB', '3.1 GB'],
  );
});

test('durations drop what no longer matters', () => {
  assert.deepEqual([999, 59_000, 320_000, 2_040_000, 7_200_000, 5_400_000, 1_036_800_000].map(formatDuration), [
    '1 s',
    '59 s',
    '5 min 20 s',
    '34 min',
    '2 h',
    '1 h 30 min',
    '12 d',
  ]);
});

test('counts are exact', () => assert.equal(formatCount(48_211), '48,211'));
