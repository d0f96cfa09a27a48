import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Head } from './head.ts';
import { Rhythms } from './rhythm.ts';

/** Feeds one series' slots; @returns the rhythm believed after each. */
function believe(slots: readonly number[]): number[] {
  const head = new Head(slots.length, 1);
  const rhythms = new Rhythms();
  return slots.map((slot, i) => {
    head.slots[i] = slot;
    head.link(1);
    rhythms.observe(
      head,
      i,
      i + 1,
      () => true,
      () => {},
    );
    return rhythms.seconds(0);
  });
}

const steps = (deltas: readonly number[]): number[] => deltas.reduce((slots, delta) => [...slots, slots[slots.length - 1] + delta], [1_700_000_000]);

void test('the first interval is believed at once, rounded to what people use', () => {
  assert.deepEqual(believe(steps([10])), [0, 10]);
  assert.deepEqual(believe(steps([11])), [0, 10]);
  assert.deepEqual(believe(steps([58])), [0, 60]);
  assert.deepEqual(believe(steps([1])), [0, 1]);
});

void test('lost, late, double and jittering points do not sway it', () => {
  assert.equal(believe(steps([10, 10, 10, 10, 20, 10, 40, 10, 9, 11, 10, 0, 10, -30, 40, 10])).at(-1), 10);
});

void test('a lasting change is followed', () => {
  const believed = believe(steps([...Array.from({ length: 20 }, () => 10), ...Array.from({ length: 20 }, () => 60)]));
  assert.equal(believed[20], 10);
  assert.equal(believed.at(-1), 60);
});

void test('what was known before a restart counts', () => {
  const rhythms = new Rhythms();
  rhythms.restore(5, 300);
  assert.deepEqual([rhythms.seconds(5), rhythms.seconds(4), rhythms.seconds(100_000)], [300, 0, 0]);
});
