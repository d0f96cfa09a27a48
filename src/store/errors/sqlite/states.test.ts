import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { IssueUntil } from '../errors-store.ts';
import { escalationFrom, FRESH, mayEscalate, reappears, regresses, type Standing, substateNow } from './states.ts';

const resolved = (until: IssueUntil, since = 1000): Standing => ({ state: 'resolved', substate: '', since, until });

describe('states of issues', () => {
  it('calls nothing new, regressed or escalating for more than a week', () => {
    for (const substate of ['new', 'regressed', 'escalating'] as const) {
      const standing: Standing = { state: 'unresolved', substate, since: 1000, until: {} };
      assert.equal(substateNow(standing, 999 + FRESH), substate);
      assert.equal(substateNow(standing, 1000 + FRESH), 'ongoing');
    }
    assert.equal(substateNow(resolved({}), 2000), '');
  });

  it('takes a release for newer by its version, else by when it was first seen', () => {
    const seen = new Map([
      ['aaa', 500],
      ['bbb', 700],
      ['shop@2.0.0', 100],
      ['shop@1.0.0', 900],
    ]);
    const back = (release: string, until: IssueUntil, time = 2000): boolean => regresses(resolved(until), { time, release }, (name) => seen.get(name));
    assert.equal(back('bbb', { inRelease: 'aaa' }), true);
    assert.equal(back('aaa', { inRelease: 'bbb' }), false);
    assert.equal(back('aaa', { inRelease: 'aaa' }), false);
    assert.equal(back('shop@1.0.0', { inRelease: 'shop@2.0.0' }), false, 'versions go before times');
    assert.equal(back('shop@2.0.0', { afterRelease: 'shop@1.0.0' }), true);
    assert.equal(back('', { inRelease: 'aaa' }), false, 'it is not known what it is of');
    assert.equal(back('', {}), true);
    assert.equal(back('bbb', { inRelease: 'never seen' }), false, 'it is older than the naming of the other');
    assert.equal(back('new here', { inRelease: 'never seen' }), true);
    assert.equal(back('bbb', { inRelease: 'aaa' }, 999), false, 'it happened before it was resolved');
  });

  it('lets an archived issue come back by events or users, whichever come first', () => {
    const archived = (until: IssueUntil): Standing => ({ state: 'archived', substate: '', since: 0, until });
    assert.equal(reappears(archived({ events: 10 }), 9, 99), false);
    assert.equal(reappears(archived({ events: 10 }), 10, 0), true);
    assert.equal(reappears(archived({ events: 10, users: 3 }), 5, 3), true);
    assert.equal(reappears(archived({}), 1e9, 1e9), false);
    assert.equal(mayEscalate(archived({ escalating: true }), 0), true);
    assert.equal(mayEscalate(archived({ events: 5 }), 0), false);
    assert.equal(mayEscalate({ state: 'unresolved', substate: 'new', since: 0, until: {} }, 1), false);
    assert.equal(mayEscalate(resolved({}), 0), false);
  });

  it('escalates at more than five times the median hour, and never by a few events', () => {
    assert.equal(escalationFrom([], 0), 20);
    assert.equal(
      escalationFrom(
        Array.from({ length: 168 }, () => 100),
        168,
      ),
      501,
    );
    assert.equal(escalationFrom([1000, 1000, 1000], 168), 20, 'most hours had none');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 168 }), fc.nat(168), (past, quiet) => {
        const all = [...past, ...Array.from({ length: quiet }, () => 0)].toSorted((a, b) => a - b);
        const median = all.length === 0 ? 0 : all[Math.floor(all.length / 2)];
        assert.equal(escalationFrom(past, all.length), Math.max(20, 5 * median + 1));
      }),
    );
  });
});
