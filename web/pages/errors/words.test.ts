import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doneWords, firstSeen, howMany, share, shortRelease, standing, standingLong, tellingTags } from './words.ts';

const NOW = new Date(2026, 10, 19, 14, 32).getTime();
const OPEN = { state: 'unresolved', substate: 'ongoing', until: '', firstRelease: 'shop@1.4.2', lastRelease: 'shop@1.4.3' } as const;

test('how an issue stands is a glyph and a word', () => {
  assert.equal(standing(OPEN), undefined);
  assert.deepEqual(standing({ ...OPEN, substate: 'new' }), { state: 'bad', text: 'New' });
  assert.deepEqual(standingLong({ ...OPEN, substate: 'new' }), { state: 'bad', text: 'New in 1.4.2' });
  assert.deepEqual(standingLong({ ...OPEN, substate: 'regressed' }), { state: 'warn', text: 'Back in 1.4.3' });
  assert.deepEqual(standing({ ...OPEN, state: 'archived', substate: '', until: 'until 100 more events' }), {
    state: 'none',
    text: 'Archived until 100 more events',
  });
  assert.deepEqual(standingLong(OPEN), { state: 'none', text: 'Open' });
});

test('a release is told by its version', () => {
  assert.equal(shortRelease('shop@1.4.2+45'), '1.4.2+45');
  assert.equal(shortRelease('v1.4.2'), 'v1.4.2');
  assert.equal(shortRelease('5b1c9f3e0a7d4c2f8e6b1a9d0c3f7e5200000000'), '5b1c9f3e0a7d');
  assert.equal(shortRelease('@'), '@');
});

test('when it was first seen is told after what was marked shortly before', () => {
  const issue = { firstSeen: new Date(2026, 10, 19, 13, 54).getTime(), firstRelease: 'shop@1.4.2' };
  assert.equal(firstSeen(issue, [{ time: issue.firstSeen - 120_000, text: 'v1.4.2' }], NOW), 'First seen 13:54, 2 min after v1.4.2.');
  assert.equal(firstSeen(issue, [{ time: issue.firstSeen - 3, text: 'v1.4.2' }], NOW), 'First seen 13:54, right after v1.4.2.');
  assert.equal(firstSeen(issue, [{ time: issue.firstSeen + 1, text: 'v1.4.3' }], NOW), 'First seen 13:54 in 1.4.2.');
  assert.equal(firstSeen({ firstSeen: new Date(2026, 9, 1, 8, 5).getTime(), firstRelease: '' }, [], NOW), 'First seen 1 Oct, 08:05.');
});

test('events and people are counted in words', () => {
  assert.equal(howMany({ events: 212, users: 44, allEvents: 212 }), '212 events in this window, from 44 people.');
  assert.equal(howMany({ events: 1, users: 0, allEvents: 1204 }), '1 event in this window; 1,204 events since the first.');
});

test("an application's own tags come before those of every client", () => {
  const keys = ['level', 'release', 'term', 'url', 'handled', 'region'];
  assert.deepEqual(
    tellingTags(keys.map((key) => ({ key }))).map(({ key }) => key),
    ['term', 'region', 'url', 'release'],
  );
});

test('a share is whole only when it is', () => {
  assert.deepEqual([share(61, 100), share(1, 1000), share(999, 1000), share(5, 5), share(0, 0)], ['61 %', 'under 1 %', '99 %', '100 %', '0 %']);
});

test('what was done reads as a sentence', () => {
  assert.equal(doneWords({ kind: 'resolved', text: 'in the next release' }), 'Resolved in the next release');
  assert.equal(doneWords({ kind: 'assigned', text: 'ann@shop.test' }), 'Assigned to ann@shop.test');
  assert.equal(doneWords({ kind: 'first_seen', text: 'shop@1.4.2' }), 'First seen in shop@1.4.2');
  assert.equal(doneWords({ kind: 'comment', text: 'seen it too' }), 'seen it too');
});
