import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../core/errors.ts';
import type { IssueChange } from '../../store/errors/errors-store.ts';
import { readSentryChange } from './read-change.ts';

const NOW = Date.UTC(2026, 10, 22, 14);
const read = (body: object): IssueChange[] => readSentryChange(body, NOW).changes;

test('every way of Sentry to resolve and to archive is read', () => {
  for (const [body, change] of [
    [{ status: 'resolved' }, { do: 'resolve' }],
    [
      { status: 'resolved', statusDetails: { inNextRelease: true } },
      { do: 'resolve', until: { inNextRelease: true } },
    ],
    [{ status: 'resolvedInNextRelease' }, { do: 'resolve', until: { inNextRelease: true } }],
    [
      { status: 'resolved', statusDetails: { inRelease: 'shop@2' } },
      { do: 'resolve', until: { inRelease: 'shop@2' } },
    ],
    [
      { status: 'resolved', statusDetails: { inCommit: { commit: 'abc', repository: 'r' } } },
      { do: 'resolve', until: { inCommit: 'abc' } },
    ],
    [{ status: 'unresolved' }, { do: 'unresolve' }],
    [{ status: 'muted' }, { do: 'archive' }],
    [
      { status: 'ignored', statusDetails: { ignoreDuration: 30 } },
      { do: 'archive', until: { time: NOW + 30 * 60_000 } },
    ],
    [
      { status: 'ignored', statusDetails: { ignoreCount: '5', ignoreUserCount: 2 } },
      { do: 'archive', until: { moreEvents: 5, moreUsers: 2 } },
    ],
    [
      { status: 'ignored', substatus: 'archived_until_escalating' },
      { do: 'archive', until: { escalating: true } },
    ],
    [{ assignedTo: null }, { do: 'assign', to: '' }],
    [{ isBookmarked: true }, { do: 'bookmark', on: true }],
    [{ discard: true, status: 'resolved' }, { do: 'discard' }],
  ] as const)
    assert.deepEqual(read(body), [change], JSON.stringify(body));
  assert.deepEqual(read({ hasSeen: true, isSubscribed: false, priority: 'high' }), []);
  assert.deepEqual(readSentryChange({ merge: 1 }, NOW).merge, true);
});

test('what would be done otherwise than asked is refused', () => {
  for (const [body, reason] of [
    [[], /a JSON object/],
    ['x', /a JSON object/],
    [{ status: 'closed' }, /"closed" is none of/],
    [{ status: 'resolved', statusDetails: { inRelease: 'latest' } }, /'latest'/],
    [{ status: 'resolved', statusDetails: { inRelease: 7 } }, /inRelease must be a text/],
    [{ status: 'ignored', statusDetails: { ignoreCount: 5, ignoreWindow: 60 } }, /leave ignoreWindow out/],
    [{ status: 'ignored', statusDetails: { ignoreDuration: -1 } }, /ignoreDuration must be a whole number/],
    [{ assignedTo: {} }, /assignedTo must be a text/],
    [{ isBookmarked: 1 }, /isBookmarked must be/],
    [{ statusDetails: [] }, /statusDetails must be an object/],
  ] as const)
    assert.throws(() => readSentryChange(body, NOW), reason, JSON.stringify(body));
});

test('any body is read or refused', () => {
  const names = fc.constantFrom('status', 'statusDetails', 'assignedTo', 'isBookmarked', 'merge', 'discard', 'substatus', '__proto__');
  const value = fc.oneof(fc.constantFrom('resolved', 'ignored', 'unresolved'), fc.jsonValue());
  fc.assert(
    fc.property(fc.oneof(fc.dictionary(names, value), fc.jsonValue()), (body) => {
      try {
        assert.ok(Array.isArray(readSentryChange(body, NOW).changes));
      } catch (error) {
        assert.ok(error instanceof HeedError && error.code === 'bad_change', String(error));
      }
    }),
  );
});
