import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { TokenBucket } from './token-bucket.ts';

test('a burst passes, then as many as the minute has', () => {
  const bucket = new TokenBucket(60, 0);
  assert.equal(bucket.take(100, 0), 60);
  assert.equal(bucket.take(1, 500), 0);
  assert.equal(bucket.take(5, 1000), 1);
  assert.equal(bucket.take(100, 3_600_000), 60);
  assert.equal(bucket.take(1, 0), 0, 'a clock that is set back gives nothing');
});

test('a burst may be smaller than what a minute lets through', () => {
  const bucket = new TokenBucket(600, 0, 20);
  assert.equal(bucket.take(100, 0), 20);
  assert.equal(bucket.take(100, 1000), 10);
  assert.equal(bucket.take(100, 60_000), 20);
});

test('never more pass than a burst and the rate allow', () => {
  const property = fc.property(fc.integer({ min: 1, max: 1000 }), fc.array(fc.tuple(fc.nat(100), fc.nat(5000)), { maxLength: 200 }), (perMinute, asked) => {
    const bucket = new TokenBucket(perMinute, 0);
    let [now, passed] = [0, 0];
    for (const [wanted, later] of asked) {
      now += later;
      const given = bucket.take(wanted, now);
      assert.ok(given >= 0 && given <= wanted);
      passed += given;
    }
    assert.ok(passed <= perMinute + (now / 60_000) * perMinute + 1e-6);
  });
  fc.assert(property);
});
