import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { NewEvent } from '../errors-store.ts';
import { type ErrorsPlace, HOUR, makeEvent, outcomes, titles } from './world.ts';

/** How issues are resolved, archived, and come back. */
export function statesContract(makePlace: () => ErrorsPlace): void {
  it('brings a resolved issue back by a new event, and by none that happened before', async () => {
    await using place = makePlace();
    await using store = place.open();
    const [{ issue }] = await store.add([makeEvent()]);
    await store.change([issue], { do: 'resolve' }, 'ann');
    assert.deepEqual(await outcomes(store, makeEvent(undefined, { timestamp: Date.now() - HOUR })), ['added']);
    assert.equal((await store.issue(issue))?.state, 'resolved');
    assert.deepEqual(await outcomes(store, makeEvent(undefined, { timestamp: Date.now() + 1 })), ['regressed']);
    const found = await store.issue(issue);
    assert.deepEqual([found?.state, found?.substate], ['unresolved', 'regressed']);
    const kinds = (await store.activity(issue, 10)).map(({ kind, by }) => `${kind} by ${by}`);
    assert.deepEqual(kinds, ['regressed by heed', 'resolved by ann', 'first_seen by heed']);
  });

  it('brings one that was resolved in a release back only by a later release', async () => {
    await using place = makePlace();
    await using store = place.open();
    const later = (release?: string): NewEvent => makeEvent(undefined, { release, timestamp: Date.now() + 5 });
    const [{ issue }] = await store.add([makeEvent(undefined, { release: 'shop@1.9.0', timestamp: Date.now() - HOUR })]);
    await store.change([issue], { do: 'resolve', until: { inRelease: 'shop@1.10.0' } }, 'ann');
    assert.deepEqual(await outcomes(store, later('shop@1.9.0'), later(), later('shop@1.10.0'), later('shop@1.10.0-rc.1')), [
      'added',
      'added',
      'added',
      'added',
    ]);
    assert.deepEqual(await outcomes(store, later('shop@1.10.1')), ['regressed']);
    await store.change([issue], { do: 'resolve', until: { inNextRelease: true } }, 'ann');
    assert.deepEqual((await store.issue(issue))?.until, { afterRelease: 'shop@1.10.1' });
    assert.deepEqual(await outcomes(store, later('shop@1.10.1'), later('shop@1.11.0')), ['added', 'regressed']);
    await store.change([issue], { do: 'resolve', until: { inCommit: 'abc123' } }, 'ann');
    assert.deepEqual(await outcomes(store, later('shop@1.11.0'), later('shop@1.12.0')), ['added', 'regressed']);
    // Commits have no order of their own: what was seen first is older.
    await store.change([issue], { do: 'resolve', until: { inRelease: 'f00d' } }, 'ann');
    await store.add([makeEvent('other', { release: 'f00d', timestamp: Date.now() + 10 })]);
    assert.deepEqual(await outcomes(store, makeEvent(undefined, { release: 'beef', timestamp: Date.now() + 50 })), ['regressed']);
  });

  it('brings an archived issue back when its condition is met', async () => {
    await using place = makePlace();
    await using store = place.open();
    const [{ issue }] = await store.add([makeEvent()]);
    await store.change([issue], { do: 'archive', until: { moreEvents: 2 } }, 'ann');
    assert.deepEqual(await outcomes(store, makeEvent()), ['added']);
    assert.deepEqual(await outcomes(store, makeEvent()), ['escalated']);
    assert.equal((await store.issue(issue))?.state, 'unresolved');
    await store.change([issue], { do: 'archive', until: { moreUsers: 1 } }, 'ann');
    assert.deepEqual(await outcomes(store, makeEvent(), makeEvent(undefined, { user: { id: '1' } })), ['added', 'escalated']);
    await store.change([issue], { do: 'archive', until: { time: Date.now() - 1 } }, 'ann');
    assert.equal((await store.issue(issue))?.state, 'unresolved');
    await store.change([issue], { do: 'archive', until: { time: Date.now() + HOUR } }, 'ann');
    assert.equal((await store.issue(issue))?.state, 'archived');
    await store.change([issue], { do: 'archive' }, 'ann');
    assert.deepEqual(
      await outcomes(store, ...Array.from({ length: 50 }, () => makeEvent())),
      Array.from({ length: 50 }, () => 'added'),
    );
    assert.equal((await store.issue(issue))?.state, 'archived');
  });

  it('notices what comes much more often than it did', async () => {
    await using place = makePlace();
    await using store = place.open();
    const now = Date.now();
    const past = Array.from({ length: 200 }, (_, i) => makeEvent(undefined, { timestamp: now - (i + 1) * HOUR }));
    const [{ issue }] = await store.add(past.toReversed());
    assert.equal((await store.issue(issue))?.substate, 'ongoing', 'it is older than a week');
    assert.ok(!(await outcomes(store, ...Array.from({ length: 19 }, () => makeEvent()))).includes('escalated'));
    assert.deepEqual(await outcomes(store, makeEvent()), ['escalated']);
    assert.deepEqual(await outcomes(store, makeEvent()), ['added'], 'once');
    assert.equal((await store.issue(issue))?.substate, 'escalating');
    await store.change([issue], { do: 'archive', until: { escalating: true } }, 'ann');
    assert.deepEqual(await outcomes(store, makeEvent()), ['escalated']);
  });

  it('undoes a change unless the issue was changed since', async () => {
    await using place = makePlace();
    await using store = place.open();
    const ids = (await store.add([makeEvent('a'), makeEvent('b')])).map(({ issue }) => issue);
    const before = await store.change(ids, { do: 'resolve' }, 'ann');
    assert.equal(before.length, 2);
    assert.deepEqual(await store.change(ids, { do: 'resolve' }, 'ann'), [], 'they are so already');
    await store.change([ids[1]], { do: 'assign', to: 'bob' }, 'bob');
    assert.equal(await store.undo(before, 'ann'), 1);
    assert.deepEqual(await Promise.all(ids.map(async (id) => (await store.issue(id))?.state)), ['unresolved', 'resolved']);
    assert.equal((await store.issue(ids[0]))?.substate, 'new');
    assert.equal(await store.undo(before, 'ann'), 0);
  });

  it('discards an issue, and what comes of it later', async () => {
    await using place = makePlace();
    await using store = place.open();
    const [{ issue }] = await store.add([makeEvent('a'), makeEvent('b')]);
    assert.deepEqual(await store.change([issue], { do: 'discard' }, 'ann'), []);
    assert.deepEqual(await outcomes(store, makeEvent('a'), makeEvent('b')), ['discarded', 'added']);
    assert.deepEqual(await titles(store), ['b']);
  });
}
