import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { micromark } from 'micromark';
import type { IssueItem } from '../../../src/api/contract-errors.ts';
import type { ErrorEvent } from '../../../src/core/error-event.ts';
import { fence, markdownOf, plainText } from './markdown.ts';

const ISSUE = {
  shortId: 'SHOP-1A',
  title: 'TypeError: <b>x</b> of `y` [z](javascript:1)',
  culprit: 'read',
  allEvents: 3,
  firstSeen: 0,
  lastSeen: 1,
} as IssueItem;
const EVENT: ErrorEvent = {
  event_id: 'a',
  type: 'error',
  timestamp: 2000,
  received: 2000,
  level: 'error',
  platform: 'node',
  release: 'shop@1',
  tags: [['term', 'du`ne']],
  exception: [
    { type: 'RangeError', value: 'inner' },
    { type: 'TypeError', value: 'outer', stacktrace: { frames: [{ function: 'read', filename: 'a.ts', lineno: 3, in_app: true, context_line: '```' }] } },
  ],
  breadcrumbs: [{ type: 'http', level: 'info', timestamp: 0, data: { method: 'GET', url: '/x' } }],
  request: { url: 'https://shop.test/' },
};

test('an event makes a ticket: title, facts, both exceptions, what led to it, the request', () => {
  const text = markdownOf({ issue: ISSUE, event: EVENT }, 'https://heed.test/errors/SHOP-1A');
  for (const part of [
    '[SHOP-1A](https://heed.test/errors/SHOP-1A)',
    'at read (a.ts:3)',
    'caused by: RangeError: inner',
    '−2.00 s GET /x',
    'curl https://shop.test/',
  ])
    assert.ok(text.includes(part), part);
});

test('what a client sent stays text in it', () => {
  const html = micromark(markdownOf({ issue: ISSUE, event: EVENT }, 'https://heed.test/'), { allowDangerousHtml: true });
  assert.doesNotMatch(html, /<b>|href="javascript/);
  assert.match(html, /TypeError: &lt;b&gt;x&lt;\/b&gt; of `y` \[z\]\(javascript:1\)/);
});

test('no line can end a block, and no mark work in a title', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('`', '\n', 'a', '~', ' ') }), (text) => {
      const html = micromark(`${fence(text)}\n\nafter`);
      assert.match(html, /^<pre><code>[^]*<\/code><\/pre>\n<p>after<\/p>$/);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('`', '*', '_', '[', ']', '(', ')', '<', 'a', '#', '~', '\n') }), (text) => {
      assert.doesNotMatch(micromark(`## ${plainText(text)}`), /<(?!\/?h2)/);
    }),
  );
});
