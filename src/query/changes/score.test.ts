import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { type Change, scoreChange, SPANS_BEFORE } from './score.ts';

const STEP = 10_000;
const SPAN = 30 * 60_000;
const AT = 1_700_000_000_000;
const BEFORE = (SPANS_BEFORE * SPAN) / STEP;
const AFTER = SPAN / STEP;
const START = AT - SPANS_BEFORE * SPAN;

/** Scores values a slot each from four spans before the moment on. */
const score = (value: (slot: number) => number, step = STEP): Change | undefined =>
  scoreChange(
    { start: START, step, values: Float64Array.from({ length: ((BEFORE + AFTER) * STEP) / step }, (_, i) => value(i - (BEFORE * STEP) / step)) },
    { at: AT, span: SPAN },
  );

/** The same numbers for the same seed, from 0 to 1. */
function noise(seed: number): () => number {
  let state = seed + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const seeds = fc.integer({ min: 0, max: 1_000_000 });

void test('a step stands above noise, and says which way it went', () => {
  fc.assert(
    fc.property(seeds, seeds, (one, other) => {
      const [a, b] = [noise(one), noise(other)];
      const step = score((slot) => a() + (slot >= 0 ? 1 : 0));
      const calm = score(() => b());
      assert.ok(step && calm && step.score > 5 && step.score > 2 * calm.score, `${step?.score} against ${calm?.score}`);
      assert.equal(step.how, 'rose');
    }),
  );
  assert.equal(score((slot) => (slot >= 0 ? 1 : 7))?.how, 'fell');
});

void test('neither scale nor offset matters', () => {
  const wave = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 5, maxLength: 100 });
  fc.assert(
    fc.property(wave, fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -8, max: 8 }), (values, offset, power) => {
      const plain = score((slot) => values[(slot + BEFORE) % values.length] + (slot >= 0 ? 100 : 0))?.score ?? NaN;
      const other = score((slot) => (values[(slot + BEFORE) % values.length] + (slot >= 0 ? 100 : 0) + offset) * 2 ** power)?.score ?? NaN;
      assert.ok(Math.abs(plain - other) <= 1e-6 * Math.max(1, plain), `${plain} is not ${other}`);
    }),
  );
});

void test('a score is a number from 0 to 100, whatever the values', () => {
  const any = fc.array(fc.double(), { maxLength: 1000 });
  fc.assert(
    fc.property(any, fc.integer({ min: 1, max: 1000 }), (values, seconds) => {
      const change = scoreChange({ start: START, step: seconds * 1000, values }, { at: AT, span: SPAN });
      if (change) assert.ok(change.score >= 0 && change.score <= 100, String(change.score));
    }),
  );
});

void test('a constant series scores 0, also with rounding and holes', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }), seeds, (value, seed) => {
      const random = noise(seed);
      assert.equal(score(() => value)?.score, 0);
      assert.equal(score(() => (random() < 0.3 ? NaN : value))?.score, 0);
    }),
  );
  assert.equal(score((slot) => 0.1 * 3 + (slot % 2) * 1e-16)?.score, 0);
});

void test('a change of what never moved scores highest', () => {
  assert.equal(score((slot) => (slot < 0 ? 5 : 6))?.score, 100);
});

void test('one spike, a steady slope, a step long ago and a slow wave are no changes', () => {
  assert.equal(score((slot) => (slot === 20 ? 1000 : 5))?.score, 0);
  const [a, b] = [noise(1), noise(2)];
  for (const value of [
    (slot: number) => slot,
    (slot: number) => slot + 20 * a(),
    (slot: number) => (slot > -300 ? 10 : 0) + b(),
    (slot: number) => Math.sin(slot / 200),
  ])
    assert.ok((score(value)?.score ?? NaN) < 4, String(score(value)?.score));
});

void test('the end of trouble is a change too', () => {
  const change = score((slot) => (slot < 0 && slot >= -AFTER ? 50 : 2));
  assert.deepEqual(change, { before: 50, after: 2, score: 100, how: 'fell' });
});

void test('a change right at the moment stands above one that came later', () => {
  const random = noise(3);
  const values = Array.from({ length: BEFORE + AFTER }, random);
  const shifted = (from: number): number => score((slot) => values[slot + BEFORE] + (slot >= from ? 3 : 0))?.score ?? NaN;
  assert.ok(shifted(0) > shifted(AFTER / 2));
});

void test('rare events that go on as before are no change, and many more of them are', () => {
  const random = noise(4);
  const rare = Array.from({ length: BEFORE + AFTER }, () => (random() < 0.02 ? 1 : 0));
  assert.ok((score((slot) => rare[slot + BEFORE])?.score ?? NaN) < 4);
  assert.ok((score((slot) => (slot >= 0 ? Math.round(random()) : rare[slot + BEFORE]))?.score ?? NaN) > 8);
});

void test('a series that begins appeared, one that ends went silent, by their own rhythm', () => {
  assert.deepEqual(
    score((slot) => (slot < 3 ? NaN : 4)),
    { before: null, after: 4, score: 50, how: 'appeared' },
  );
  assert.deepEqual(
    score((slot) => (slot < 0 ? 4 : NaN)),
    { before: 4, after: null, score: 50, how: 'went silent' },
  );
  // Every five minutes: six times missed.
  const slow = score((slot) => (slot < 0 && slot % 30 === 0 ? 4 : NaN));
  assert.ok(slow && slow.how === 'went silent' && slow.score > 4 && slow.score < 8, JSON.stringify(slow));
});

void test('what comes and goes as it does otherwise did not change', () => {
  // Twenty minutes on, forty off.
  const on = (slot: number): boolean => ((slot % 360) + 360) % 360 < 120;
  assert.ok((score((slot) => (on(slot) ? 1 : NaN))?.score ?? 0) < 4);
  assert.ok((score((slot) => (on(slot + 120) ? 1 : NaN))?.score ?? 0) < 4);
  assert.equal(score((slot) => (slot < -AFTER / 2 ? 1 : NaN))?.score, 0, 'it ended a quarter of an hour before');
  assert.equal(score((slot) => (slot === 5 ? 1 : NaN))?.score, 0, 'one point is no beginning');
  assert.equal(score((slot) => (slot > AFTER - 20 ? 1 : NaN))?.score, 0, 'it began when the time after was nearly over');
  assert.equal(
    score(() => NaN),
    undefined,
  );
});

void test('too little of the time before, or of the time after, is no change', () => {
  assert.equal(score((slot) => (slot < -60 ? NaN : slot < 0 ? 1 : 2))?.score, 0);
  assert.equal(score((slot) => (slot < 0 ? 1 : slot < 5 ? 2 : NaN))?.score, 0);
});

void test('the slot that the moment lies in is of neither side, and steps may be coarse', () => {
  const change = scoreChange({ start: START - 300_000, step: 600_000, values: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 99, 2, 2] }, { at: AT, span: SPAN });
  assert.deepEqual([change?.before, change?.after, change?.how], [1, 2, 'rose']);
  assert.ok((change?.score ?? 0) > 50);
});
