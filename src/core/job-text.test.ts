import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSchedule, readZone, writeSchedule } from './job-text.ts';

test('a schedule is read as it is written', () => {
  for (const text of ['', '0 2 * * *', '@daily', 'every day', 'every 10 minutes']) assert.equal(writeSchedule(readSchedule(text, 'UTC')), text);
  assert.deepEqual(readSchedule(' Every 2 HOURS ', 'UTC'), { kind: 'interval', every: 2, unit: 'hour' });
  for (const wrong of ['every 0 days', 'every blue moon', '0 2 * *']) assert.throws(() => readSchedule(wrong, 'UTC'), { code: 'bad_schedule' });
  assert.equal(readZone('europe/berlin'), 'Europe/Berlin');
  assert.throws(() => readZone('Moon/Base'), { code: 'bad_schedule', message: /Europe\/Berlin/ });
});
