import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { IssuesQuestion, NewEvent } from '../errors-store.ts';
import { type ErrorsPlace, HOUR, makeEvent, search, term } from './world.ts';

/** Lists of issues and of events. */
export function listingContract(makePlace: () => ErrorsPlace): void {
  it('pages through every order without missing or repeating any, and takes garbage for no cursor', async () => {
    await using place = makePlace();
    await using store = place.open();
    const now = Date.now();
    for (let i = 0; i < 23; i++) {
      const events = Array.from({ length: 1 + (i % 4) }, (_, n) => makeEvent(`Error: ${i}`, { timestamp: now - (i % 5) * HOUR - n, user: { id: String(n) } }));
      await store.add(events);
    }
    for (const sort of ['date', 'new', 'freq', 'user', 'trends'] as const) {
      const seen: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.issues(search({ sort, limit: 5, cursor }));
        assert.equal(page.total, 23);
        seen.push(...page.issues.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== undefined);
      assert.equal(new Set(seen).size, 23, sort);
      assert.equal(seen.length, 23, sort);
      for (const garbage of ['', 'x', '%%%', Buffer.from('["date",1]').toString('base64url'), Buffer.from('{}').toString('base64url'), 'A'.repeat(5000)])
        assert.deepEqual((await store.issues(search({ sort, limit: 5, cursor: garbage }))).issues[0].id, seen[0]);
    }
  });

  it('orders by last and first seen, events, users and rise, within the window', async () => {
    await using place = makePlace();
    await using store = place.open();
    const now = Date.now();
    const at = (about: string, ages: number[], users = ages.map(String)): NewEvent[] =>
      ages.map((age, i) => makeEvent(about, { timestamp: now - age * HOUR, user: { id: users[i] } }));
    await store.add([...at('many', [22, 21, 20, 19, 5], ['a', 'a', 'a', 'b', 'a']), ...at('rising', [3, 2, 1]), ...at('old', [50, 50, 50, 50, 50, 50, 0])]);
    const order = async (sort: IssuesQuestion['sort']): Promise<string[]> => (await store.issues(search({ sort }))).issues.map(({ title }) => title);
    for (let round = 0; round < 2; round++) {
      assert.deepEqual(await order('date'), ['old', 'rising', 'many']);
      assert.deepEqual(await order('new'), ['rising', 'many', 'old']);
      assert.deepEqual(await order('freq'), ['many', 'rising', 'old']);
      assert.deepEqual(await order('user'), ['rising', 'many', 'old']);
      assert.deepEqual((await order('trends'))[0], 'rising');
    }
    // Orders by counts are kept up to date as events come.
    await store.add(at('old', [0, 0, 0, 0, 0, 0], ['1', '2', '3', '4', '5', '6']));
    assert.equal((await order('freq'))[0], 'old');
    assert.equal((await order('user'))[0], 'old');
    const [old] = (await store.issues(search({ sort: 'freq' }))).issues;
    assert.equal(old.eventsInWindow, 7);
    assert.equal(old.usersInWindow, 7);
    assert.equal(
      old.trend.reduce((sum, count) => sum + count),
      7,
    );
    assert.equal(old.trend.at(-1), 7);
  });

  it('lists events of an issue newest first, by terms, and knows the neighbours of each', async () => {
    await using place = makePlace();
    await using store = place.open();
    const now = Date.now();
    const events = Array.from({ length: 30 }, (_, i) =>
      makeEvent(`Error: ${i % 2}`, { timestamp: now - (30 - i) * HOUR, environment: i % 3 ? 'live' : 'test', tags: [['n', String(i)]] }),
    );
    const added = await store.add(events);
    const [issue, other] = [added[0].issue, added[1].issue];
    await store.merge(issue, [other], 'ann');
    const ids = events.map(({ event }) => event.event_id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.events({ issue, terms: [], limit: 7, cursor });
      seen.push(...page.events.map(({ eventId }) => eventId));
      cursor = page.next;
    } while (cursor !== undefined);
    assert.deepEqual(seen, ids.toReversed());
    const found = await store.events({ issue, terms: [term('environment:test'), term('is:unresolved'), term('!n:0')], limit: 100 });
    assert.equal(found.events.length, 9);
    assert.equal((await store.events({ issue, terms: [term('n:1*')], limit: 100 })).events.length, 11);
    assert.equal((await store.events({ issue, terms: [], limit: 100, cursor: 'garbage' })).events.length, 30);
    for (const [i, id] of ids.entries()) {
      const event = await store.event(issue, id);
      assert.deepEqual([event?.previous, event?.next, event?.place, event?.kept], [ids[i - 1] ?? '', ids[i + 1] ?? '', i + 1, 30]);
    }
    assert.equal((await store.event(issue, 'latest'))?.event.event_id, ids[29]);
    assert.equal((await store.event(issue, 'oldest'))?.event.event_id, ids[0]);
    assert.equal(await store.event(issue, 'nonsense'), undefined);
    assert.equal(await store.event(issue + 999, ids[0]), undefined);
  });

  it('completes what a search begins with', async () => {
    await using place = makePlace();
    await using store = place.open();
    await store.add([
      makeEvent('a', { release: 'shop@1.0.0', environment: 'live', tags: [['browser', 'Firefox']], user: { id: '1', email: 'ann@example.org' } }),
    ]);
    const complete = (key: string, prefix: string): Promise<string[]> => store.complete(1, key, prefix, 10);
    assert.deepEqual(await complete('is', 'unre'), ['unresolved']);
    assert.deepEqual(await complete('release', 'shop'), ['shop@1.0.0']);
    assert.deepEqual(await complete('environment', ''), ['live']);
    assert.deepEqual(await complete('browser', 'fire'), ['Firefox']);
    assert.deepEqual(await complete('has', 'br'), ['browser']);
    assert.deepEqual(await complete('user.email', 'a'), ['ann@example.org']);
    assert.deepEqual(await complete('assigned', 'n'), ['none']);
    assert.deepEqual(await complete('browser', '%'), []);
    assert.deepEqual(await store.complete(2, 'browser', '', 10), []);
  });
}
