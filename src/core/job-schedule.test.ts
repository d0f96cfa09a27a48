import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { checkSchedule, expectedAfter, expectedAfterRun } from './job-schedule.ts';
import { INTERVAL_UNITS, type JobSchedule, mostRuntimeMs } from './job.ts';

const cron = (crontab: string): JobSchedule => ({ kind: 'crontab', crontab });
const next = (crontab: string, zone: string, time: string): string | undefined => {
  const found = expectedAfter(cron(crontab), zone, Date.parse(time));
  return found === undefined ? undefined : new Date(found).toISOString();
};

test('a line of a crontab is read by its zone', () => {
  assert.equal(next('0 2 * * *', 'UTC', '2026-11-26T01:59:59Z'), '2026-11-26T02:00:00.000Z');
  assert.equal(next('0 2 * * *', 'UTC', '2026-11-26T02:00:00Z'), '2026-11-27T02:00:00.000Z');
  assert.equal(next('0 2 * * *', 'Europe/Berlin', '2026-11-26T00:00:00Z'), '2026-11-26T01:00:00.000Z');
  assert.equal(next('*/15 9-17 * * mon-fri', 'America/New_York', '2026-11-27T22:50:00Z'), '2026-11-30T14:00:00.000Z');
  assert.equal(next('@hourly', 'UTC', '2026-11-26T02:10:00Z'), '2026-11-26T03:00:00.000Z');
  assert.equal(next('0 0 30 2 *', 'UTC', '2026-11-26T02:10:00Z'), undefined);
});

test('a night in which clocks are changed has every run, and none twice', () => {
  // 2026-03-29: from 02:00 to 03:00 there is nothing in Berlin.
  const spring = next('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z');
  assert.equal(spring, '2026-03-29T01:00:00.000Z');
  assert.equal(next('30 2 * * *', 'Europe/Berlin', spring ?? ''), '2026-03-30T00:30:00.000Z');
  // 2026-10-25: 02:30 is there twice.
  const autumn = next('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z') ?? '';
  assert.equal(autumn.slice(0, 10), '2026-10-25');
  assert.equal(next('30 2 * * *', 'Europe/Berlin', autumn), '2026-10-26T01:30:00.000Z');
});

test('an interval counts from when the last run began, months by the calendar', () => {
  const after = (every: number, unit: (typeof INTERVAL_UNITS)[number], time: string): string =>
    new Date(expectedAfter({ kind: 'interval', every, unit }, 'UTC', Date.parse(time)) ?? NaN).toISOString();
  assert.equal(after(90, 'minute', '2026-11-26T02:10:00Z'), '2026-11-26T03:40:00.000Z');
  assert.equal(after(2, 'week', '2026-11-26T02:10:00Z'), '2026-12-10T02:10:00.000Z');
  assert.equal(after(1, 'month', '2027-01-31T02:10:00Z'), '2027-02-28T02:10:00.000Z');
  assert.equal(after(1, 'year', '2028-02-29T02:10:00Z'), '2029-02-28T02:10:00.000Z');
});

test('a run that begins a little early is the run of the time after it', () => {
  const after = (crontab: string, began: string): string => new Date(expectedAfterRun(cron(crontab), 'UTC', Date.parse(began)) ?? NaN).toISOString();
  assert.equal(after('0 2 * * *', '2026-11-26T01:59:30Z'), '2026-11-27T02:00:00.000Z');
  assert.equal(after('0 2 * * *', '2026-11-26T01:30:00Z'), '2026-11-26T02:00:00.000Z');
  assert.equal(after('* * * * *', '2026-11-26T01:30:30Z'), '2026-11-26T01:31:00.000Z');
});

test('what is no schedule is refused with what to write', () => {
  for (const wrong of ['', 'daily', '61 * * * *', '* * * *', '* * * * * *', '* * * * x'])
    assert.throws(() => checkSchedule(cron(wrong), 'UTC'), { code: 'bad_schedule', message: /write one like 0 2/ });
  assert.throws(() => checkSchedule(cron('0 2 * * *'), 'Nowhere/Town'), { code: 'bad_schedule' });
});

test('the next run is always later', () => {
  const schedules = fc.oneof(
    fc.record({ kind: fc.constant('interval' as const), every: fc.integer({ min: 1, max: 1000 }), unit: fc.constantFrom(...INTERVAL_UNITS) }),
    fc.constantFrom('0 2 * * *', '*/7 * * * *', '30 2 * * sun', '0 0 29 2 *').map(cron),
  );
  fc.assert(
    fc.property(schedules, fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo'), fc.integer({ min: 1e12, max: 2e12 }), (schedule, zone, time) => {
      assert.ok((expectedAfter(schedule, zone, time) ?? Infinity) > time);
      assert.ok((expectedAfterRun(schedule, zone, time) ?? Infinity) > time);
    }),
  );
});

test('without a schedule a run may take a day', () => {
  const schedule = cron('0 2 * * *');
  assert.deepEqual(
    [
      mostRuntimeMs({ schedule, mostRuntimeMinutes: null }),
      mostRuntimeMs({ schedule: null, mostRuntimeMinutes: null }),
      mostRuntimeMs({ schedule, mostRuntimeMinutes: 90 }),
    ],
    [1_800_000, 86_400_000, 5_400_000],
  );
});
