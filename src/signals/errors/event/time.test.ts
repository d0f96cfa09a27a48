import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { eventClock } from './clock.ts';
import { Notes } from './notes.ts';
import { readTime } from './time.ts';

const NOON = Date.UTC(2026, 10, 22, 12, 0, 0);

test('a time is read in every form that clients write', () => {
  for (const [said, time] of [
    [NOON / 1000, NOON],
    [NOON, NOON],
    [NOON * 1000, NOON],
    [NOON * 1e6, NOON],
    [NOON / 1000 + 0.123456, NOON + 123.456],
    [String(NOON / 1000), NOON],
    ['1795348800.5', 1_795_348_800_500],
    ['2026-11-22T12:00:00Z', NOON],
    ['2026-11-22T12:00:00', NOON],
    ['2026-11-22 12:00', NOON],
    ['2026-11-22T12:00:00.250Z', NOON + 250],
    ['2026-11-22T12:00:00.123456789Z', NOON + 123.457],
    ['2026-11-22T13:30:00+01:30', NOON],
    ['2026-11-22T07:00:00-0500', NOON],
    ['2026-11-22T12:00:00 UTC', NOON],
  ] as const)
    assert.equal(readTime(said), time, String(said));
});

test('what is no time, or of no year that could be, is none', () => {
  for (const said of [
    '',
    'yesterday',
    '2026-13-22T12:00:00Z',
    '2026-11-22',
    '2026-11-22T25:00:00Z',
    -1,
    0,
    7,
    NaN,
    Infinity,
    1e30,
    true,
    null,
    undefined,
    {},
    [],
    '1'.repeat(100),
  ])
    assert.equal(readTime(said), undefined, String(said));
});

test('a time that was read is read again as the same', () => {
  const said = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.double({ min: 1e8, max: 1e20 }),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.string(),
  );
  fc.assert(
    fc.property(said, (value) => {
      const time = readTime(value);
      assert.equal(readTime(time), time);
    }),
  );
});

function clock(said: unknown, sentAt?: number) {
  const notes = new Notes(undefined);
  const { timestamp, read } = eventClock(said, NOON, sentAt, notes);
  return { timestamp, read, notes: notes.list.map(({ type }) => type) };
}

test("a client's clock is corrected by when it sent, and all times move alike", () => {
  const ahead = clock(NOON + 3_600_000, NOON + 3_601_000);
  assert.equal(ahead.timestamp, NOON - 1000);
  assert.equal(ahead.read(NOON + 3_599_000), NOON - 2000);
  assert.deepEqual(ahead.notes, ['clock_drift']);
  const near = clock(NOON - 2000, NOON - 1000);
  assert.equal(near.timestamp, NOON - 2000);
  assert.deepEqual(near.notes, []);
});

test('an event of the future or long past happened when it came', () => {
  for (const [said, timestamp, note] of [
    [undefined, NOON, []],
    ['nonsense', NOON, ['invalid_data']],
    [NOON + 59_000, NOON + 59_000, []],
    [NOON + 61_000, NOON, ['future_timestamp']],
    [NOON - 29 * 86_400_000, NOON - 29 * 86_400_000, []],
    [NOON - 31 * 86_400_000, NOON, ['past_timestamp']],
  ] as const) {
    const found = clock(said);
    assert.equal(found.timestamp, timestamp);
    assert.deepEqual(found.notes, note);
  }
});
