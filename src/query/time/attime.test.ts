import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../core/errors.ts';
import { parseTime } from './attime.ts';
import { parseOffset } from './offset.ts';
import { fromWallClock, knownZone, toWallClock } from './zone.ts';

/** A Sunday. */
const NOW = Date.UTC(2026, 10, 22, 14, 30, 15);

function at(text: string, timeZone = 'UTC'): string {
  return new Date(parseTime(text, { now: NOW, timeZone })).toISOString().slice(0, 19);
}

void test('moments are read in every form of attime', () => {
  for (const [text, expected] of [
    ['now', '2026-11-22T14:30:15'],
    ['-1h', '2026-11-22T13:30:15'],
    ['now-1d6h', '2026-11-21T08:30:15'],
    ['+30s', '2026-11-22T14:30:45'],
    ['-1mon', '2026-10-23T14:30:15'],
    ['-1y', '2025-11-22T14:30:15'],
    ['-2 hours', '2026-11-22T12:30:15'],
    ['1766000000', '2025-12-17T19:33:20'],
    ['20261121', '2026-11-21T00:00:00'],
    ['99999999', '1973-03-03T09:46:39'],
    ['midnight', '2026-11-22T00:00:00'],
    ['midnight-2h', '2026-11-21T22:00:00'],
    ['noon yesterday', '2026-11-21T12:00:00'],
    ['teatime_tomorrow', '2026-11-23T16:00:00'],
    ['yesterday', '2026-11-21T00:00:00'],
    ['today', '2026-11-22T00:00:00'],
    ['9am', '2026-11-22T09:00:00'],
    ['6:15pm yesterday', '2026-11-21T18:15:00'],
    ['12am', '2026-11-22T12:00:00'],
    ['12pm', '2026-11-22T00:00:00'],
    ['18:00_20261120', '2026-11-20T18:00:00'],
    ['09:30_11/02/26', '2026-11-02T09:30:00'],
    ['1/2/1999', '1999-01-02T00:00:00'],
    ['1/2/70', '1970-01-02T00:00:00'],
    ['nov5', '2026-11-05T00:00:00'],
    ['noon february 28', '2026-02-28T12:00:00'],
    ['sunday', '2026-11-22T00:00:00'],
    ['mon', '2026-11-16T00:00:00'],
    ['saturday-1h', '2026-11-20T23:00:00'],
  ])
    assert.equal(at(text), expected, text);
});

void test('times of day are those of the zone, on both sides of a change of the clocks', () => {
  assert.equal(at('midnight', 'Europe/Berlin'), '2026-11-21T23:00:00');
  assert.equal(at('18:00_20260701', 'Europe/Berlin'), '2026-07-01T16:00:00');
  assert.equal(at('noon', 'Asia/Kolkata'), '2026-11-22T06:30:00');
  assert.equal(knownZone('Nowhere/Land'), undefined);
  assert.equal(toWallClock(NOW, 'Asia/Kolkata').weekday, 6);
});

void test('wall clocks lead back to their moment in every zone', () => {
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia');
  fc.assert(
    fc.property(zone, fc.integer({ min: 0, max: 4e9 }), (timeZone, seconds) => {
      const clock = toWallClock(seconds * 1000, timeZone);
      // In the hour that a change of the clocks repeats a wall clock means two moments.
      assert.deepEqual(toWallClock(fromWallClock(clock, timeZone), timeZone), clock);
    }),
  );
});

void test('what is no time is refused with a reason', () => {
  for (const text of [
    'tuesd4y',
    '25:00',
    '-5m',
    '-',
    '--1h',
    'nov',
    'nov31',
    '13/1/2026',
    '20261340x',
    '1h',
    '99999999999999',
    'now-9999999y',
    'x'.repeat(1000),
  ])
    assert.throws(
      () => at(text),
      (error: HeedError) => error.code === 'bad_time',
      text,
    );
});

void test('intervals add up their parts; a sign holds until the next', () => {
  assert.equal(parseOffset('5min'), 300_000);
  assert.equal(parseOffset('-1d6h'), -108_000_000);
  assert.equal(parseOffset('-1h+5min'), -3_300_000);
  assert.throws(() => parseOffset('5m'), /'m' is not a unit/);
  assert.throws(() => parseOffset(''), HeedError);
});

void test('any text is a time or is refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
      try {
        assert.ok(Number.isFinite(parseTime(text, { now: NOW, timeZone: 'Europe/Berlin' })));
      } catch (error) {
        assert.ok(error instanceof HeedError, String(error));
      }
    }),
    { numRuns: 5000 },
  );
});
