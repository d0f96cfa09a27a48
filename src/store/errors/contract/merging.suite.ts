import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { NewEvent } from '../errors-store.ts';
import { type ErrorsPlace, makeEvent, md5, only } from './world.ts';

/** Issues that become one, and part again. */
export function mergingContract(makePlace: () => ErrorsPlace): void {
  it('merges issues with all that they had, and splits them again', async () => {
    await using place = makePlace();
    await using store = place.open();
    const event = (about: string, user: string): NewEvent => makeEvent(about, { user: { id: user }, tags: [['about', about]] });
    const added = await store.add([event('a', '1'), event('a', '2'), event('b', '2'), event('b', '3'), event('c', '3')]);
    const [a, b, c] = [added[0].issue, added[2].issue, added[4].issue];
    await store.comment(b, 'look here', 'ann');
    const ticket = await store.link(b, { url: 'https://git.example.org/1', title: 'Ticket' }, 'ann');
    await store.link(a, { url: 'https://git.example.org/2', title: '' }, 'bob');
    await store.link(b, { url: 'https://git.example.org/2', title: '' }, 'ann');
    await store.merge(a, [b, c], 'ann');
    assert.deepEqual(
      (await store.links(a)).map(({ url, by }) => [url, by]),
      [
        ['https://git.example.org/1', 'ann'],
        ['https://git.example.org/2', 'bob'],
      ],
    );
    assert.equal((await store.link(a, { url: ticket.url, title: 'Bug 1' }, 'bob')).id, ticket.id, 'an address is there once');
    assert.deepEqual([await store.unlink(a, ticket.id, 'bob'), await store.unlink(a, ticket.id, 'bob'), (await store.links(a)).length], [true, false, 1]);
    await assert.rejects(store.link(123_456, { url: 'https://x.org', title: '' }, 'ann'), { code: 'not_found' });
    const merged = await only(store);
    assert.deepEqual([merged.id, merged.events, merged.users, merged.comments, merged.eventsInWindow, merged.usersInWindow], [a, 5, 3, 1, 5, 3]);
    assert.equal((await store.issue(b))?.id, a, 'its old number leads there');
    assert.equal((await store.issueByShortId('SHOP-2'))?.id, a);
    assert.deepEqual(
      (await store.tagValues(a, 'about', 10)).values.map(({ value, count }) => [value, count]),
      [
        ['a', 2],
        ['b', 2],
        ['c', 1],
      ],
    );
    assert.equal((await store.events({ issue: a, terms: [], limit: 10 })).events.length, 5);
    assert.equal((await store.add([event('b', '9')]))[0].issue, a, 'so do its hashes');
    const hashes = await store.hashes(a);
    assert.deepEqual(Object.fromEntries(hashes.map(({ title, events, mergedFrom }) => [title, [events, mergedFrom]])), {
      a: [2, ''],
      b: [3, 'SHOP-2'],
      c: [1, 'SHOP-3'],
    });
    const all = hashes.map(({ hash }) => hash);
    await assert.rejects(store.unmerge(a, all, 'ann'), { code: 'conflict', status: 409 });
    await assert.rejects(store.unmerge(a, [md5('nothing')], 'ann'), { code: 'conflict', status: 409 });
    const split = await store.unmerge(a, [md5('b')], 'ann');
    assert.deepEqual([split.title, split.events, split.users, split.shortId], ['b', 3, 3, 'SHOP-4']);
    const rest = await store.issue(a);
    assert.deepEqual([rest?.events, rest?.users], [3, 3]);
    assert.equal((await store.add([event('b', '9')]))[0].issue, split.id);
    await assert.rejects(store.merge(a, [123_456], 'ann'), { code: 'not_found' });
  });
}
