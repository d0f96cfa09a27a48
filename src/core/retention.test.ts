import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { formatRetention, parseRetention } from './retention.ts';

test('precision and duration are read as carbon reads them', () => {
  assert.deepEqual(parseRetention('10s:6h,1m:7d'), [
    { step: 10_000, keep: 21_600_000 },
    { step: 60_000, keep: 604_800_000 },
  ]);
  // A bare second number counts points: 60:90d and 60:1440 mean different things.
  assert.deepEqual(parseRetention('60:1440'), [{ step: 60_000, keep: 86_400_000 }]);
  assert.deepEqual(parseRetention('60:90d'), [{ step: 60_000, keep: 7_776_000_000 }]);
  assert.deepEqual(parseRetention(' 1m:1y '), [{ step: 60_000, keep: 31_536_000_000 }]);
});

test('archives that whisper would refuse are refused in words', () => {
  const cases: [string, RegExp][] = [
    ['10s', /not precision:duration/],
    ['10x:1d', /'10x' is not a duration/],
    ['0:5', /precision is 0/],
    ['10s:1d,15s:2d', /not a multiple/],
    ['10s:2d,1m:1d', /must reach further back/],
    ['10s:1d,10s:2d', /same precision/],
    ['1s:10s,1m:1d', /too short to fill/],
    ['1h:1m', /less than one point/],
  ];
  for (const [text, words] of cases) assert.throws(() => parseRetention(text), words, text);
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 2, max: 60 }), (step, times, factor) => {
      const tiers = [
        { step: step * 1000, keep: step * factor * times * 1000 },
        { step: step * factor * 1000, keep: step * factor * (times + 1) * 1000 },
      ];
      assert.deepEqual(parseRetention(formatRetention(tiers)), tiers);
    }),
  );
});
