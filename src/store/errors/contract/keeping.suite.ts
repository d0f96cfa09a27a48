import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';
import { DAY, type ErrorsPlace, makeEvent, md5, only, outcomes, search } from './world.ts';

/** How events are kept, and forgotten. */
export function keepingContract(makePlace: () => ErrorsPlace): void {
  it('gives back an event as it was, whatever it holds', async () => {
    await using place = makePlace();
    await using store = place.open();
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    const part = fc.record({
      tags: fc.array(fc.tuple(text, text), { maxLength: 5 }),
      extra: fc.dictionary(text, fc.jsonValue({ depthSize: 'small' }) as fc.Arbitrary<never>, { maxKeys: 3 }),
      release: text,
      environment: text,
      timestamp: fc.integer({ min: 0, max: 4e12 }),
      level: fc.constantFrom('fatal', 'error', 'warning', 'info', 'debug'),
    });
    await fc.assert(
      fc.asyncProperty(part, text, async (part, title) => {
        const given = makeEvent('any', part, { title });
        const [{ issue }] = await store.add([given]);
        const found = await store.eventById(1, given.event.event_id);
        // JSON has neither null prototypes nor -0.
        assert.deepEqual(found?.event, JSON.parse(JSON.stringify(given.event)));
        assert.deepEqual(await store.event(issue, given.event.event_id), found);
        assert.deepEqual(found?.hashes, given.hashes);
        const { event_id: id } = given.event;
        assert.deepEqual(await store.issuesOfEvents(1, ['nothing', id, 'f'.repeat(32), id.toUpperCase()]), [0, issue, 0, issue]);
        assert.deepEqual(await store.issuesOfEvents(2, [id]), [0]);
      }),
      { numRuns: 50 },
    );
  });

  it('makes one issue of events with one hash, by what the newest says', async () => {
    await using place = makePlace();
    await using store = place.open();
    const now = Date.now();
    const first = makeEvent('TypeError: a', { timestamp: now - 5000, release: 'shop@1.0.0', user: { id: '1' } });
    const second = makeEvent(
      'TypeError: a',
      { timestamp: now - 1000, level: 'fatal', release: 'shop@1.1.0', user: { id: '2' } },
      { title: 'newest', handled: false },
    );
    const late = makeEvent('TypeError: a', { timestamp: now - 9000, user: { id: '1' }, release: 'shop@0.9.0' }, { title: 'late' });
    assert.deepEqual(await outcomes(store, first, second, late), ['new', 'added', 'added']);
    const issue = await only(store);
    assert.deepEqual(
      { ...issue, id: 0, eventsInWindow: 0, usersInWindow: 0, trend: 0 },
      {
        id: 0,
        shortId: 'SHOP-1',
        project: 1,
        slug: 'shop',
        title: 'newest',
        culprit: 'cart in pay',
        metadata: { type: 'TypeError', value: 'a' },
        level: 'fatal',
        platform: 'javascript',
        type: 'error',
        handled: false,
        state: 'unresolved',
        substate: 'new',
        until: {},
        firstSeen: now - 9000,
        lastSeen: now - 1000,
        firstRelease: 'shop@0.9.0',
        lastRelease: 'shop@1.1.0',
        events: 3,
        users: 2,
        assignee: '',
        bookmarked: false,
        comments: 0,
        version: 0,
        eventsInWindow: 0,
        usersInWindow: 0,
        trend: 0,
      },
    );
  });

  it('keeps an event once, in a batch and later', async () => {
    await using place = makePlace();
    await using store = place.open();
    const event = makeEvent();
    assert.deepEqual(await outcomes(store, event, event), ['new', 'known']);
    assert.deepEqual(await outcomes(store, event), ['known']);
    const other = { ...event, project: 2, slug: 'other' };
    assert.deepEqual(await outcomes(store, other), ['new'], 'another project may have the same id');
    assert.equal((await only(store)).events, 1);
  });

  it('gives numbers to issues of each project, and finds them by those', async () => {
    await using place = makePlace();
    await using store = place.open();
    for (let i = 0; i < 40; i++) await store.add([makeEvent(`Error: ${i}`)]);
    await store.add([makeEvent('Error: other', {}, { project: 2, slug: 'api' })]);
    assert.equal((await store.issueByShortId('shop-14'))?.title, 'Error: 39');
    assert.equal((await store.issueByShortId('API-1'))?.project, 2);
    assert.equal(await store.issueByShortId('SHOP-ZZ'), undefined);
  });

  it('groups by other hashes of an event where its first is new, and remembers all', async () => {
    await using place = makePlace();
    await using store = place.open();
    const [{ issue }] = await store.add([makeEvent('old', {}, { hashes: [md5('old')] })]);
    assert.equal((await store.add([makeEvent('new', {}, { hashes: [md5('new'), md5('old')] })]))[0].issue, issue);
    assert.equal((await store.add([makeEvent('new', {}, { hashes: [md5('new')] })]))[0].issue, issue);
    assert.equal((await store.add([makeEvent('a', {}, { hashes: [md5('a'), md5('b')] })]))[0].outcome, 'new');
    assert.deepEqual(await outcomes(store, makeEvent('b')), ['added']);
    assert.equal((await store.issue(issue))?.events, 3);
  });

  it('removes issues, which may come again', async () => {
    await using place = makePlace();
    await using store = place.open();
    const events = [makeEvent('a'), makeEvent('b')];
    const [{ issue }] = await store.add(events);
    assert.equal(await store.removeIssues([issue, 999]), 1);
    assert.equal(await store.issue(issue), undefined);
    assert.equal(await store.eventById(1, events[0].event.event_id), undefined);
    assert.deepEqual(await outcomes(store, makeEvent('a')), ['new']);
    const { events: kept, issues } = await store.sizes();
    assert.deepEqual([kept, issues], [2, 2]);
  });

  it('forgets old events, and those beyond a number; issues and their counts stay', async () => {
    await using place = makePlace();
    await using store = place.open();
    const now = Date.now();
    const events = Array.from({ length: 2500 }, (_, i) => makeEvent(`Error: ${i % 3}`, { timestamp: now - i * 60_000 }));
    const [{ issue }] = await store.add(events);
    assert.equal(await store.prune(now - 2000 * 60_000, 1e9), 499);
    assert.equal(await store.prune(0, 100), 1901);
    assert.equal((await store.sizes()).events, 100);
    assert.equal((await store.issue(issue))?.events, 834);
    const latest = await store.event(issue, 'latest');
    assert.deepEqual([latest?.place, latest?.kept], [34, 34]);
    assert.equal(await store.eventById(1, events[200].event.event_id), undefined);
  });

  it('has everything again after closing', async () => {
    await using place = makePlace();
    const event = makeEvent('a', { user: { id: '1' } });
    let before;
    {
      await using store = place.open();
      const [{ issue }] = await store.add([event]);
      await store.change([issue], { do: 'archive', until: { moreEvents: 5 } }, 'ann');
      before = await store.issue(issue);
    }
    await using store = place.open();
    assert.deepEqual(await store.issue(before?.id ?? 0), before);
    assert.deepEqual(await outcomes(store, event), ['known']);
    assert.deepEqual(await store.totals(1), { unresolved: 0, new: 0, regressed: 0, escalating: 0, archived: 1, resolved: 0 });
  });

  it('has a bound: what comes faster than it is written is refused, and later taken', async () => {
    await using place = makePlace();
    await using store = place.open();
    const adding = Array.from({ length: 300 }, () => store.add(Array.from({ length: 100 }, () => makeEvent())));
    const settled = await Promise.allSettled(adding);
    const refused = settled.filter((one) => one.status === 'rejected');
    assert.ok(refused.length > 0 && refused.length < 300, String(refused.length));
    assert.equal((refused[0].reason as { code: string }).code, 'too_many_events');
    assert.deepEqual(await outcomes(store, makeEvent()), ['added']);
    assert.equal((await only(store)).events, (300 - refused.length) * 100 + 1);
  });

  it('refuses what is too large or no event, and goes on', async () => {
    await using place = makePlace();
    await using store = place.open();
    await assert.rejects(store.add([makeEvent('a', { extra: { big: 'x'.repeat(5_000_000) } })]), { code: 'bad_event' });
    await assert.rejects(store.add([makeEvent('a', { event_id: 'no id' })]), { code: 'bad_event' });
    await assert.rejects(store.add([makeEvent('a', { timestamp: NaN })]), { code: 'bad_event' });
    assert.deepEqual(await outcomes(store, makeEvent('a')), ['new']);
  });

  it('answers nothing where nothing is', async () => {
    await using place = makePlace();
    await using store = place.open();
    assert.deepEqual(await store.issues(search()), { issues: [], next: undefined, total: 0 });
    assert.equal(await store.issue(1), undefined);
    assert.deepEqual(await store.events({ issue: 1, terms: [], limit: 5 }), { events: [], next: undefined });
    assert.equal(await store.prune(1, 1), 0);
    assert.deepEqual((await store.counts({ project: 1, from: 0, until: DAY, step: DAY })).rows, [{ name: '', events: [0] }]);
    await assert.rejects(store.comment(1, 'x', 'ann'), { code: 'not_found' });
  });
}
