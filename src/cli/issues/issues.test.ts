import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IssueItem } from '../../api/contract-errors.ts';
import type { ErrorEvent } from '../../core/error-event.ts';
import { styleFor } from '../terminal.ts';
import { EventCounts } from './follow.ts';
import { drawTrend, issueRow, stateInWords } from './issue-words.ts';
import { stackInWords } from './stack-words.ts';

const NOW = Date.UTC(2026, 10, 22, 14);
const plain = styleFor({ stdout: { write: () => undefined }, stderr: { write: () => undefined }, env: {}, signal: new AbortController().signal });

const issue = (id: number, allEvents: number, part: Partial<IssueItem> = {}): IssueItem => ({
  id,
  shortId: `SHOP-${id}`,
  project: 'shop',
  title: 'TypeError: x\u001B[31m is undefined',
  type: 'TypeError',
  value: 'x is undefined',
  culprit: 'add',
  level: 'error',
  platform: 'node',
  handled: false,
  state: 'unresolved',
  substate: 'new',
  until: '',
  firstSeen: NOW - 3_600_000,
  lastSeen: NOW - 180_000,
  firstRelease: '',
  lastRelease: '',
  events: allEvents,
  users: 1,
  allEvents,
  allUsers: 1,
  trend: [0, 1, 8],
  assignee: '',
  bookmarked: false,
  comments: 0,
  ...part,
});

test('an issue is one row, safe for a terminal', () => {
  assert.deepEqual(issueRow(issue(1, 12_345), 'http://heed', NOW, plain), [
    'SHOP-1',
    ' ▂█           ',
    '12.3 k events',
    '1 user',
    '3 min ago',
    'new',
    String.raw`TypeError: x\x1b[31m is undefined`,
    'http://heed/errors/SHOP-1',
  ]);
  assert.equal(Array.from(issueRow(issue(1, 1, { title: '😀'.repeat(200) }), '', NOW, plain)[6]).length, 70);
  assert.equal(stateInWords(issue(1, 1, { state: 'archived', substate: '', until: 'until 100 more events' })), 'archived until 100 more events');
  assert.equal(drawTrend([]).trim(), '');
});

test('a stack has its newest calls first, source around those of the program, and causes after', () => {
  const event: ErrorEvent = {
    event_id: '0'.repeat(32),
    type: 'error',
    timestamp: NOW,
    received: NOW,
    level: 'error',
    platform: 'node',
    tags: [],
    exception: [
      { type: 'Refused', value: 'no connection\nmore' },
      {
        type: 'TypeError',
        value: 'x',
        stacktrace: {
          frames: [
            ...Array.from({ length: 6 }, () => ({ function: 'inner', filename: 'lib.js', lineno: 1 })),
            { function: 'add', filename: 'shop.js', lineno: 3, colno: 9, in_app: true, pre_context: ['one', 'two'], context_line: '\tthree', post_context: [] },
          ],
        },
      },
    ],
  };
  assert.deepEqual(stackInWords(event, plain).split('\n').slice(0, 5), [
    'TypeError: x',
    '  at add  shop.js:3:9',
    '      1 | one',
    '      2 | two',
    '      3 >   three',
  ]);
  assert.deepEqual(stackInWords(event, plain).split('\n').slice(-3), ['  … and 1 more', 'caused by Refused: no connection', '']);
  assert.equal(stackInWords({ ...event, exception: undefined, logentry: { formatted: 'stock is low' } }, plain), 'stock is low\n');
});

test('only events that came since the last look are told', () => {
  const counts = new EventCounts();
  const more = (...issues: IssueItem[]): [number, number][] => counts.more(issues, NOW).map(({ issue, events }) => [issue.id, events]);
  assert.deepEqual(more(issue(1, 5)), []);
  assert.deepEqual(more(issue(1, 7), issue(2, 3, { firstSeen: NOW + 1 }), issue(3, 900)), [
    [1, 2],
    [2, 3],
    [3, 1],
  ]);
  assert.deepEqual(more(issue(1, 7), issue(2, 500)), [[2, 100]]);
  assert.deepEqual(more(issue(1, 2)), []);
});
