import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTime, moment, timeTicks } from './time-axis.ts';
import type { Unit } from './units.ts';
import { type AxisWish, valueAxis } from './value-axis.ts';

const labels = (low: number, high: number, unit: Unit, wish: Partial<AxisWish> = {}, lines = 5.5): string[] =>
  valueAxis(low, high, unit, { divisors: [], ...wish }, lines).ticks.map(({ label }) => label);

void test('a value axis begins at 0 and has three to six round lines in the unit of the largest', () => {
  assert.deepEqual(labels(3, 97, 'number'), ['0', '20', '40', '60', '80', '100']);
  assert.deepEqual(labels(0, 2300, 'ms'), ['0', '0.5 s', '1 s', '1.5 s', '2 s']);
  assert.deepEqual(labels(0, 3.2e9, 'B'), ['0', '1 GB', '2 GB', '3 GB']);
  assert.deepEqual(labels(0, 3.2e9, 'binary'), ['0', '1 Gi', '2 Gi', '3 Gi']);
  assert.deepEqual(labels(-12, 31, 'number'), ['-20', '-10', '0', '10', '20', '30']);
  assert.deepEqual(labels(0, 7_200, 's'), ['0', '30 min', '60 min', '90 min', '120 min']);
});

void test('an axis does as it is told', () => {
  assert.deepEqual(labels(0, 97, 'number', { min: 50, max: 80, step: 10 }), ['50', '60', '70', '80']);
  assert.deepEqual(labels(0, 97, 'number', { divisors: [2] }), ['0', '50', '100']);
  assert.deepEqual(labels(1, 5000, 'number', { logBase: 10 }), ['1', '10', '100', '1 k', '10 k']);
  assert.deepEqual(
    labels(100_000.1, 100_000.4, 'number', { min: 100_000, max: 100_000.5 }).length,
    new Set(labels(100_000.1, 100_000.4, 'number', { min: 100_000, max: 100_000.5 })).size,
  );
});

void test('an axis for any values has few lines, their places count up, and nothing is known as NaN', () => {
  const number = fc.double({ min: -1e300, max: 1e300, noNaN: true });
  fc.assert(
    fc.property(number, number, fc.constantFrom<Unit>('number', 'ms', 's', 'B', 'binary', '%'), fc.option(number, { nil: undefined }), (a, b, unit, step) => {
      const axis = valueAxis(Math.min(a, b), Math.max(a, b), unit, { divisors: [], step: step === undefined ? undefined : Math.abs(step) + 1e-300 }, 5.5);
      const places = axis.ticks.map(({ value }) => axis.scale(value));
      assert.ok(places.length <= 52);
      for (const [i, place] of places.entries()) assert.ok(Number.isFinite(place) && (i === 0 || place > places[i - 1]));
    }),
  );
  assert.deepEqual(labels(Infinity, -Infinity, 'number').at(0), '0');
});

const at = (text: string): number => Date.parse(text);

void test('ticks of time are round in the zone, and say the date at midnight', () => {
  const ticks = timeTicks(at('2026-11-22T20:10Z'), at('2026-11-23T03:50Z'), 8, 'Europe/Berlin');
  assert.deepEqual(
    ticks.map(({ label }) => label),
    ['22:00', '23:00', 'Mon 23 Nov', '01:00', '02:00', '03:00', '04:00'],
  );
  const months = timeTicks(at('2026-10-15T00:00Z'), at('2027-03-15T00:00Z'), 6, 'UTC');
  assert.deepEqual(
    months.map(({ label }) => label),
    ['Nov', 'Dec', 'Jan 2027', 'Feb', 'Mar'],
  );
  assert.deepEqual(
    timeTicks(at('2026-11-22T12:00:05Z'), at('2026-11-22T12:00:45Z'), 5, 'UTC').map(({ label }) => label),
    ['12:00:10', '12:00:20', '12:00:30', '12:00:40'],
  );
});

void test('a change of the clock leaves ticks on round hours', () => {
  // 02:00 becomes 03:00 there on this day.
  const ticks = timeTicks(at('2026-03-28T23:00Z'), at('2026-03-30T22:00Z'), 9, 'Europe/Berlin', '%H');
  for (const { label } of ticks.filter(({ time }) => time >= at('2026-03-29T22:00Z'))) assert.equal(Number(label) % 6, 0);
});

void test('ticks of any window lie within it and count up', () => {
  const time = fc.integer({ min: 0, max: 253_402_300_799 }).map((seconds) => seconds * 1000);
  fc.assert(
    fc.property(time, time, fc.integer({ min: 2, max: 12 }), fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York'), (a, b, most, zone) => {
      const [from, until] = [Math.min(a, b), Math.max(a, b) + 1000];
      const ticks = timeTicks(from, until, most, zone);
      assert.ok(ticks.length <= most + 2);
      for (const [i, { time: one }] of ticks.entries()) assert.ok(one >= from && one <= until && (i === 0 || one > ticks[i - 1].time));
    }),
    { numRuns: 100 },
  );
});

void test('times are written by strftime fields; others stay', () => {
  const clock = { year: 2026, month: 3, day: 7, hour: 15, minute: 4, second: 9, weekday: 5 };
  assert.equal(
    formatTime(clock, '%a %A %d/%m %y %Y %e %b %B %H:%M:%S %I%p %l %D %F %T %q %'),
    'Sat Saturday 07/03 26 2026 7 Mar March 15:04:09 03PM 3 03/07/26 2026-03-07 15:04:09 %q %',
  );
  assert.equal(moment(at('2026-11-22T14:06Z'), 'UTC'), 'Sun 22 Nov 14:06');
  assert.equal(moment(at('2026-11-22T14:06Z'), 'UTC', at('2026-11-22T23:00Z')), '14:06');
});
