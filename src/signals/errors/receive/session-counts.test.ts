import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSession, readSessions } from '../items/session.ts';
import { sessionsToCount, sessionToCount } from './session-counts.ts';

const NOW = Date.UTC(2026, 10, 25, 12);
const started = new Date(NOW - 60_000).toISOString();
const attrs = { release: 'shop@1', environment: 'prod' };

test('a session is well until it is told otherwise; what clients come up with counts by its errors', () => {
  const outcome = (part: object): unknown => {
    const counted = sessionToCount(1, readSession({ sid: 'a'.repeat(32), started, attrs, ...part }, NOW));
    return 'outcome' in counted && counted.outcome;
  };
  assert.deepEqual(
    [{}, { status: 'exited' }, { errors: 2 }, { status: 'unhandled' }, { status: 'abnormal' }, { status: 'crashed' }, { status: 'odd', errors: 1 }].map(
      outcome,
    ),
    ['healthy', 'healthy', 'errored', 'unhandled', 'abnormal', 'crashed', 'errored'],
  );
});

test('each minute that a server counted is told apart', () => {
  const aggregates = [
    { started, exited: 3, errored: 2, crashed: 1 },
    { started, did: 'ann', exited: 1 },
  ];
  const none = { healthy: 0, errored: 0, unhandled: 0, abnormal: 0, crashed: 0 };
  const shared = { project: 1, release: 'shop@1', environment: 'prod', started: NOW - 60_000 };
  assert.deepEqual(sessionsToCount(1, readSessions({ attrs, aggregates }, NOW)), [
    { ...shared, user: '', counts: { ...none, healthy: 3, errored: 2, crashed: 1 } },
    { ...shared, user: 'ann', counts: { ...none, healthy: 1 } },
  ]);
});
