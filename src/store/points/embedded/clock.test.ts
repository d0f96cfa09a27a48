import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Present, sharedClock } from './clock.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = 1_700_000_000_000;

function present(): { now: Present; pass(wall: number, monotonic?: number): void } {
  const memory = new SharedArrayBuffer(16);
  const times = new Float64Array(memory);
  times[0] = START;
  const now = new Present(sharedClock(memory));
  return {
    now,
    pass(wall, monotonic = wall) {
      times[0] += wall;
      times[1] += monotonic;
    },
  };
}

void test('a clock that runs evenly is believed, and trusted after ten minutes', () => {
  const { now, pass } = present();
  assert.equal(now.trusted(), false);
  pass(5 * MINUTE);
  assert.deepEqual(now.range(), { earliest: START + 5 * MINUTE, latest: START + 5 * MINUTE });
  pass(5 * MINUTE);
  assert.equal(now.trusted(), true);
});

void test('after a jump both times are possible, until the new one has held', () => {
  for (const jump of [DAY, -DAY]) {
    const { now, pass } = present();
    pass(20 * MINUTE);
    assert.equal(now.trusted(), true);
    pass(jump, 0);
    assert.equal(now.trusted(), false);
    const old = START + 20 * MINUTE;
    assert.deepEqual(now.range(), { earliest: Math.min(old, old + jump), latest: Math.max(old, old + jump) });
    pass(11 * MINUTE);
    assert.deepEqual(now.range(), { earliest: old + jump + 11 * MINUTE, latest: old + jump + 11 * MINUTE });
    assert.equal(now.trusted(), true);
  }
});

void test('a jump there and back leaves nothing behind', () => {
  const { now, pass } = present();
  pass(20 * MINUTE);
  pass(365 * DAY, 0);
  now.range();
  pass(MINUTE);
  pass(-365 * DAY, 0);
  assert.deepEqual(now.range(), { earliest: START + 21 * MINUTE, latest: START + 21 * MINUTE });
});
