import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterRun, type Standing } from './states.ts';

const states = (runs: string, failureThreshold: number, recoveryThreshold: number): string[] => {
  let standing: Standing = { state: 'waiting', since: 0, failures: 0, successes: 0 };
  return runs.split('').map((run, time) => {
    standing = afterRun(standing, run === '+' ? 'well' : 'badly', { failureThreshold, recoveryThreshold }, time + 1);
    return `${standing.state} ${standing.since}`;
  });
};

test('a job fails after so many failures in a row, and is well after so many successes', () => {
  assert.deepEqual(states('+-+', 1, 1), ['ok 1', 'failing 2', 'ok 3']);
  assert.deepEqual(states('-+--++', 2, 2), ['waiting 0', 'ok 2', 'ok 2', 'failing 4', 'failing 4', 'ok 6']);
  assert.deepEqual(states('--+-++', 2, 2), ['waiting 0', 'failing 2', 'failing 2', 'failing 2', 'failing 2', 'ok 6']);
});
