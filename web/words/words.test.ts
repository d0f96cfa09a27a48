import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords, plural, short, thousands, type Unit } from './number.ts';
import { ago, iso, lasting, moment, span } from './time.ts';

test('figures have three digits, a scaled unit, 0 without one, and none for no data', () => {
  const cases: [value: number | null, unit: Unit, text: string][] = [
    [612, 'ms', '612 ms'],
    [1871, 'ms', '1.87 s'],
    [999.7, 'ms', '1 s'],
    [0.417, 'ms', '0.417 ms'],
    [48_211, 'number', '48.2 k'],
    [48_211, 'count', '48,211'],
    [3.1e9, 'B', '3.1 GB'],
    [999_999, 'number', '1 M'],
    [12_410, '/s', '12.4 k/s'],
    [0, 'ms', '0'],
    [null, 'ms', 'none'],
    [-1500, 'number', '-1.5 k'],
    [0.9, '%', '0.9 %'],
    [0.00002, 'number', '2.00e-5'],
  ];
  for (const [value, unit, text] of cases) assert.equal(inWords(value, unit), text);
});

test('counts are exact and commas stand between thousands', () => {
  assert.equal(thousands(1_234_567.5), '1,234,567.5');
  assert.equal(short(1234), '1,234');
  assert.equal(plural(1, 'line'), '1 line');
  assert.equal(plural(2000, 'line'), '2,000 lines');
});

test('lengths of time have at most two parts', () => {
  assert.equal(lasting(0), '0 s');
  assert.equal(lasting(34 * 60_000), '34 min');
  assert.equal(lasting(320_000), '5 min 20 s');
  assert.equal(lasting(12.4 * 86_400_000), '12 d');
  assert.equal(lasting(90 * 60_000), '1 h 30 min');
});

test('moments and spans say the day only where it is needed', () => {
  const now = new Date(2026, 10, 22, 12).getTime();
  assert.equal(ago(now - 90_000, now), '1 min');
  assert.equal(ago(now - 400, now), 'now');
  assert.equal(moment(new Date(2026, 10, 22, 9, 5, 7).getTime(), now), '09:05:07');
  assert.equal(moment(new Date(2026, 10, 19, 14, 6, 12).getTime(), now), 'Thu 19 Nov, 14:06:12');
  assert.equal(span(now - 10_800_000, now, now), '09:00 to 12:00');
  assert.equal(span(now - 300_000, now, now), '11:55:00 to 12:00:00');
  assert.equal(span(now - 86_400_000, now, now), '21 Nov, 12:00 to 22 Nov, 12:00');
  assert.equal(new Date(iso(now)).getTime(), now);
});
