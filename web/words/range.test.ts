import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parseRange, RANGES, rangeQuery, rangeShort, rangeText, relativeText, windowOf } from './range.ts';

test('a relative beginning is live, two times are fixed, nonsense is the default', () => {
  assert.deepEqual(parseRange('-3h', null), { live: true, span: 10_800_000 });
  assert.deepEqual(parseRange('-5min', null), { live: true, span: 300_000 });
  assert.deepEqual(parseRange('-3h', 'now'), { live: true, span: 10_800_000 });
  assert.deepEqual(parseRange('1795000000', '1795003600'), { live: false, from: 1_795_000_000_000, until: 1_795_003_600_000, span: 3_600_000 });
  for (const [from, until] of [
    [null, null],
    ['-0h', null],
    ['yesterday', null],
    ['-3h', '-1h'],
    ['20', '10'],
    ['1', '1e300'],
    ['NaN', 'NaN'],
  ] as const) {
    assert.deepEqual(parseRange(from, until), { live: true, span: 3_600_000 });
  }
});

test('what is written is read back', () => {
  for (const { span } of RANGES) assert.deepEqual(parseRange(relativeText(span), null), { live: true, span });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), (seconds) => {
      assert.deepEqual(parseRange(relativeText(seconds * 1000), null), { live: true, span: seconds * 1000 });
    }),
  );
});

test('a range has its ends, its question and its words', () => {
  const live = parseRange('-3h', null);
  assert.deepEqual(windowOf(live, 10_800_001), { from: 1, until: 10_800_001 });
  assert.deepEqual(rangeQuery(live), { from: '-3h' });
  assert.equal(rangeText(live), 'Last 3 h');
  assert.equal(rangeShort(live), '3 h');
  assert.equal(rangeText(parseRange('-90min', null)), 'Last 1 h 30 min');
  assert.deepEqual(rangeQuery(parseRange('1795000000', '1795003600')), { from: '1795000000', until: '1795003600' });
});
