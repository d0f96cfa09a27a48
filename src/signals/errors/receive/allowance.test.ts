import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Allowance } from './allowance.ts';

test('each category of each project has its own minute', () => {
  const allowance = new Allowance({ mostPerMinute: 2, dayPercentOfDisk: 10 }, 1e9);
  assert.deepEqual(allowance.take(1, 'error', 2, 0), { given: 2, seconds: 0, scope: 'project' });
  assert.deepEqual(allowance.take(1, 'error', 1, 0), { given: 0, why: 'rate_limited', seconds: 60, scope: 'project' });
  assert.equal(allowance.take(1, 'transaction', 1, 0).given, 1);
  assert.equal(allowance.take(2, 'error', 1, 0).given, 1);
  assert.equal(allowance.take(1, 'error', 1, 30_000).given, 1);
});

test('a key with a limit of its own is held back by itself', () => {
  const allowance = new Allowance({ mostPerMinute: 3, dayPercentOfDisk: 10 }, 1e9);
  const key = { id: 7, mostPerMinute: 1 };
  assert.equal(allowance.take(1, 'error', 1, 0, key).given, 1);
  assert.deepEqual(allowance.take(1, 'error', 1, 0, key), { given: 0, why: 'rate_limited', seconds: 60, scope: 'key' });
  assert.equal(allowance.take(1, 'error', 2, 0).given, 2, 'what it was refused is left to others');
  assert.equal(allowance.take(1, 'error', 1, 0, { id: 8, mostPerMinute: 9 }).scope, 'project');
});

test("when a project has used its day's share of the disk, it must wait for the next day", () => {
  const allowance = new Allowance({ mostPerMinute: 1000, dayPercentOfDisk: 10 }, 1000);
  allowance.used(1, 1000, 0);
  assert.deepEqual(allowance.take(1, 'error', 1, 0), { given: 0, why: 'day_full', seconds: 600, scope: 'project' });
  assert.equal(allowance.take(2, 'error', 1, 0).given, 1, 'others go on');
  assert.equal(allowance.take(1, 'monitor', 1, 0).given, 1, 'check-ins are alarms');
  allowance.diskFree = 1e9;
  assert.equal(allowance.take(1, 'error', 1, 0).given, 1, 'room was made');
  allowance.diskFree = 1000;
  assert.equal(allowance.take(1, 'error', 1, 86_400_000).given, 1);
});
