import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SessionUpdate } from '../items/session.ts';
import { Sessions } from './sessions.ts';

const session = (part: Partial<SessionUpdate>): SessionUpdate => ({
  id: 'a',
  isFirst: false,
  sequence: 0,
  started: 0,
  timestamp: 0,
  status: 'ok',
  errors: 0,
  release: 'r',
  ...part,
});

test('a session is counted once, however often it is told of', () => {
  const sessions = new Sessions();
  const counts: Record<string, number> = {};
  for (const update of [
    session({ isFirst: true }),
    session({ errors: 1 }),
    session({ errors: 2 }),
    session({ errors: 2, status: 'crashed' }),
    session({ id: 'b', isFirst: true, status: 'odd' }),
  ])
    for (const { name, value } of sessions.update('shop', update)) counts[name] = (counts[name] ?? 0) + value;
  assert.deepEqual(
    Object.entries(counts).filter(([name]) => !name.includes('by_release')),
    [
      ['releases.shop.sessions.started', 2],
      ['releases.shop.sessions.errored', 1],
      ['releases.shop.sessions.crashed', 1],
      ['releases.shop.sessions.other', 1],
    ],
  );
});
