import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Recent } from './recent.ts';

test('what is asked for stays, what is not goes, and it never holds more than it may', () => {
  const recent = new Recent<number, string>(10);
  recent.set(0, 'kept');
  for (let i = 1; i < 1000; i++) {
    recent.set(i, String(i));
    assert.equal(recent.get(0), 'kept');
  }
  const held = Array.from({ length: 1000 }, (_, i) => i).filter((i) => recent.get(i) !== undefined);
  assert.ok(held.length <= 10, `${held.length}`);
  assert.equal(recent.get(999), '999');
});

test('it never gives another value than the one that was set last', () => {
  const step = fc.record({ key: fc.nat(12), does: fc.constantFrom('set', 'get', 'delete'), value: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const recent = new Recent<number, number>(6);
      const truth = new Map<number, number>();
      for (const { key, does, value } of steps) {
        if (does === 'set') {
          recent.set(key, value);
          truth.set(key, value);
          assert.equal(recent.get(key), value);
        } else if (does === 'delete') {
          recent.delete(key);
          truth.delete(key);
        }
        const found = recent.get(key);
        assert.ok(found === undefined || found === truth.get(key));
      }
    }),
  );
});
