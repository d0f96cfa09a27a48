import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../core/errors.ts';
import type { UndoneIssue } from '../../store/errors/errors-store.ts';
import { actorOf } from './actor.ts';
import { readChange } from './read-change.ts';
import { UndoMemory } from './undo-memory.ts';
import { untilInWords } from './until.ts';
import { countsStep, readWindow, trendSlots } from './window.ts';

const NOW = Date.UTC(2026, 10, 22, 14);
const HOUR = 3_600_000;

test('it is said in words how long an issue is resolved or archived', () => {
  const words = (state: 'resolved' | 'archived' | 'unresolved', until: Parameters<typeof untilInWords>[0]['until']): string =>
    untilInWords({ state, until, events: 40, users: 3 });
  assert.equal(words('resolved', {}), '');
  assert.equal(words('resolved', { inRelease: 'shop@2' }), 'in release shop@2');
  assert.equal(words('resolved', { afterRelease: 'shop@1' }), 'in the next release, after shop@1');
  assert.equal(words('resolved', { afterRelease: '' }), 'in the next release');
  assert.equal(words('resolved', { inCommit: '0123456789abcdef' }), 'in commit 0123456789ab');
  assert.equal(words('archived', {}), '');
  assert.equal(words('archived', { time: NOW }), 'until 2026-11-22 14:00 UTC');
  assert.equal(words('archived', { events: 140, users: 4 }), 'until 100 more events or 1 more user');
  assert.equal(words('archived', { escalating: true }), 'until it comes much more often');
  assert.equal(words('unresolved', { events: 140 }), '');
});

test('a change is read, and one that says too much or nothing is refused', () => {
  assert.deepEqual(readChange({ do: 'resolve' }, NOW), { do: 'resolve' });
  assert.deepEqual(readChange({ do: 'resolve', inNextRelease: true, inRelease: null }, NOW), { do: 'resolve', until: { inNextRelease: true } });
  assert.deepEqual(readChange({ do: 'archive', moreEvents: 100, escalating: false }, NOW), { do: 'archive', until: { moreEvents: 100 } });
  assert.deepEqual(readChange({ do: 'archive', time: NOW + 1 }, NOW), { do: 'archive', until: { time: NOW + 1 } });
  assert.deepEqual(readChange({ do: 'assign', to: ' ann ' }, NOW), { do: 'assign', to: 'ann' });
  assert.deepEqual(readChange({ do: 'bookmark', on: false, more: 1 }, NOW), { do: 'bookmark', on: false });
  for (const [said, reason] of [
    [{}, /'do' must say what; write resolve, unresolve/],
    [{ do: 'resolv' }, /did you mean 'resolve'/],
    [{ do: 'resolve', inRelease: 'a', inNextRelease: true }, /say one of/],
    [{ do: 'resolve', inCommit: 'x'.repeat(251) }, /'inCommit' must be a text/],
    [{ do: 'archive', time: NOW }, /is past/],
    [{ do: 'archive', moreEvents: 0 }, /'moreEvents' must be a whole number/],
    [{ do: 'archive', escalating: 1 }, /must be true or false/],
    [{ do: 'assign' }, /'to' must be a text/],
    [{ do: 'bookmark', on: 'yes' }, /'on' must be/],
  ] as const)
    assert.throws(() => readChange(said, NOW), reason, JSON.stringify(said));
});

test('any body is a change or is refused', () => {
  const names = fc.constantFrom('do', 'inRelease', 'inNextRelease', 'time', 'moreEvents', 'escalating', 'to', 'on', '__proto__');
  const value = fc.oneof(fc.constantFrom('resolve', 'archive', 'assign', 'bookmark'), fc.jsonValue());
  fc.assert(
    fc.property(fc.dictionary(names, value), (body) => {
      try {
        assert.ok(readChange(body, NOW).do);
      } catch (error) {
        assert.ok(error instanceof HeedError && error.code === 'bad_change', String(error));
      }
    }),
  );
});

test('a change can be taken back once, for ten minutes, and of many the newest', () => {
  let now = NOW;
  const memory = new UndoMemory(() => now);
  const before: UndoneIssue[] = [{ id: 1, version: 2, state: 'unresolved', substate: 'new', until: {}, assignee: '', bookmarked: false }];
  const first = memory.keep(before);
  assert.deepEqual(memory.take(first), before);
  assert.equal(memory.take(first), undefined);
  const late = memory.keep(before);
  now += 10 * 60_000;
  assert.equal(memory.take(late), undefined);
  const tokens = Array.from({ length: 201 }, () => memory.keep(before));
  assert.equal(memory.take(tokens[0]), undefined);
  assert.deepEqual(memory.take(tokens[1]), before);
  const many = memory.keep(Array.from({ length: 20_000 }, () => before[0]));
  assert.equal(memory.take(tokens[200]), undefined);
  assert.equal(memory.take(many)?.length, 20_000);
});

test('a window is read as /render reads it, and cut into whole hours', () => {
  assert.deepEqual(readWindow({ from: '-24h', until: 'now' }, NOW), { from: NOW - 24 * HOUR, until: NOW });
  assert.throws(() => readWindow({ from: 'now', until: '-1h' }, NOW), /begins \(now\) after it ends/);
  const slots = (hours: number): number[] => [
    trendSlots({ from: NOW - hours * HOUR, until: NOW }),
    countsStep({ from: NOW - hours * HOUR, until: NOW }) / HOUR,
  ];
  assert.deepEqual([0.5, 24, 14 * 24, 90 * 24, 1e6].map(slots), [
    [48, 1],
    [48, 1],
    [48, 2],
    [48, 12],
    [48, 5000],
  ]);
});

test('who asks is known by the name beside the token', () => {
  assert.equal(actorOf({ caller: {}, headers: { authorization: `Basic ${Buffer.from('ann:secret').toString('base64')}` } }), 'ann');
  assert.equal(actorOf({ caller: {}, headers: { authorization: 'Bearer secret' } }), 'someone');
  assert.equal(actorOf({ caller: {}, headers: {} }), 'someone');
});
