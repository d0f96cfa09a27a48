import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { lines, timeLabel, timeTicks, valueAxis, valueLabels } from './ticks.ts';

test('a value axis has two to seven round lines that hold the values, from 0 unless it fits', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (high, share, fit) => {
      const { min, max, step } = valueAxis(high * share, high, 'number', fit);
      const count = lines(min, max, step).length;
      assert.ok(min <= high * share + step * 1e-6 && max >= high);
      assert.ok(fit || min === 0);
      assert.ok(count >= 2 && count <= 8, `${count} lines`);
    }),
  );
});

test('labels of an axis share one unit', () => {
  assert.deepEqual(valueLabels([0, 500, 1000, 1500], 'ms'), ['0', '0.5 s', '1 s', '1.5 s']);
  assert.deepEqual(valueLabels([0, 200, 400], 'ms'), ['0', '200 ms', '400 ms']);
  assert.deepEqual(valueLabels([0, 50e6, 200e6], 'B'), ['0', '50 MB', '200 MB']);
});

test('nothing known has an axis too', () => {
  assert.deepEqual(valueAxis(Infinity, -Infinity, 'number', false), { min: 0, max: 1, step: 0.5 });
});

test('times are round in local time and few enough', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1.6e12, max: 1.9e12 }), fc.integer({ min: 5000, max: 3e10 }), fc.integer({ min: 3, max: 7 }), (from, span, most) => {
      const { times, step } = timeTicks(from, from + span, most);
      assert.ok(times.length <= most + 1);
      assert.ok(times.every((time) => time >= from && time <= from + span));
      assert.ok(step >= 86_400_000 || times.every((time) => new Date(time).getMilliseconds() === 0));
    }),
  );
});

test('labels say as much as the step needs', () => {
  const time = new Date(2026, 10, 19, 14, 6, 30).getTime();
  assert.equal(timeLabel(time, 30_000), '14:06:30');
  assert.equal(timeLabel(time, 60_000), '14:06');
  assert.equal(timeLabel(new Date(2026, 10, 19).getTime(), 3_600_000), 'Thu 19 Nov');
  assert.equal(timeLabel(new Date(2026, 10, 19).getTime(), 86_400_000), '19 Nov');
});
