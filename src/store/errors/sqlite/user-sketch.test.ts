import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { MOST_USERS, userHash, UserSketch } from './user-sketch.ts';

function sketchOf(from: number, until: number): UserSketch {
  const sketch = new UserSketch();
  for (let i = from; i < until; i++) sketch.add(userHash(`user ${i}`));
  return sketch;
}

test('users are counted exactly up to 2,048, and joined ones once', () => {
  assert.equal(sketchOf(0, MOST_USERS).count, MOST_USERS);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 500 })), fc.array(fc.integer({ min: 0, max: 500 })), (some, others) => {
      const [one, other] = [new UserSketch(), new UserSketch()];
      for (const user of some) one.add(userHash(String(user)));
      for (const user of others) other.add(userHash(String(user)));
      const kept = UserSketch.read(other.thinned, other.bytes());
      one.join(kept);
      assert.equal(one.count, new Set([...some, ...others]).size);
    }),
  );
});

test('more users are estimated within a tenth, however they were joined, and take no more room', () => {
  for (const users of [5000, 40_000, 300_000]) {
    const whole = sketchOf(0, users);
    const joined = sketchOf(0, Math.floor(users * 0.7));
    joined.join(sketchOf(Math.floor(users * 0.4), users));
    for (const sketch of [whole, joined]) {
      assert.ok(Math.abs(sketch.count / users - 1) < 0.1, `${sketch.count} of ${users}`);
      assert.ok(sketch.bytes().length <= MOST_USERS * 6);
    }
    assert.equal(joined.count, whole.count);
  }
});
