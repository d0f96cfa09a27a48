import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Guesses, networkOf } from './guesses.ts';

const HOUR = 3_600_000;

test('of ten thousand guesses in an hour at most a hundred are tried, from however many addresses', () => {
  const guesses = new Guesses();
  let tried = 0;
  for (let i = 0; i < 10_000; i++) if (guesses.take('ann@example.org', `203.0.${i >> 8}.${i & 255}`, (i * HOUR) / 10_000) === 0) tried++;
  assert.ok(tried <= 100 && tried >= 60, String(tried));
});

test('an address that goes through accounts is held up too, and so is its IPv6 network', () => {
  for (const address of [() => '203.0.113.9', (i: number) => `2001:db8:1:2::${i.toString(16)}`]) {
    const guesses = new Guesses();
    let tried = 0;
    for (let i = 0; i < 10_000; i++) if (guesses.take(`somebody${i}@example.org`, address(i), (i * HOUR) / 10_000) === 0) tried++;
    assert.ok(tried <= 150, String(tried));
    assert.equal(guesses.take('ann@example.org', '198.51.100.1', HOUR), 0, 'others get in');
  }
});

test('who knows the password gets in as often as it takes, and who is held up is told how long', () => {
  const guesses = new Guesses();
  for (let i = 0; i < 1000; i++) {
    assert.equal(guesses.take('ann', '203.0.113.9', i), 0);
    guesses.giveBack('ann', '203.0.113.9', i);
  }
  for (let i = 0; i < 10; i++) assert.equal(guesses.take('ann', '203.0.113.9', 1000), 0);
  const wait = guesses.take('ann', '203.0.113.9', 1000);
  assert.equal(wait, 60_000);
  assert.ok(guesses.take('ann', '203.0.113.9', 1000 + wait - 1) > 0);
  assert.equal(guesses.take('ann', '203.0.113.9', 1000 + wait), 0);
});

test('a clock that is set back takes nothing', () => {
  const guesses = new Guesses();
  assert.equal(guesses.take('ann', '203.0.113.9', 10_000_000), 0);
  assert.equal(guesses.take('ann', '203.0.113.9', 0), 0);
});

test('addresses of an IPv6 network of 64 bits are one, whichever way they are written', () => {
  assert.equal(networkOf('203.0.113.9'), '203.0.113.9');
  assert.equal(networkOf('2001:DB8::1'), networkOf('2001:db8:0:0:ffff:ffff:ffff:ffff'));
  assert.notEqual(networkOf('2001:db8:0:1::1'), networkOf('2001:db8::1'));
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      assert.ok(networkOf(address).split(':').length <= 8);
    }),
  );
});
