import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { ErrorEvent } from '../../core/error-event.ts';
import type { ErrorsStore, IssuesPage, IssuesQuestion, IssueTerm, NewEvent } from './errors-store.ts';

/** A place for errors that survives closing; `open` opens the same data again each time. */
export interface ErrorsPlace extends AsyncDisposable {
  open(): ErrorsStore;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let made = 0;

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** An event for tests, with what a test says of it; those with one `about` are one issue. */
export function makeEvent(about = 'TypeError: x is undefined', event: Partial<ErrorEvent> = {}, part: Partial<NewEvent> = {}): NewEvent {
  const time = event.timestamp ?? Date.now();
  return {
    project: 1,
    slug: 'shop',
    event: {
      event_id: md5(`event ${++made}`),
      type: 'error',
      timestamp: time,
      received: time,
      level: 'error',
      platform: 'javascript',
      tags: [],
      ...event,
    },
    hashes: [md5(about)],
    recipe: 'heed:1',
    title: about,
    culprit: 'cart in pay',
    metadata: { type: about.split(':')[0], value: about.split(': ')[1] ?? '' },
    handled: undefined,
    user: event.user?.id === undefined ? '' : `id:${event.user.id}`,
    ...part,
  };
}

function search(part: Partial<IssuesQuestion> = {}): IssuesQuestion {
  const now = Date.now();
  return { project: 1, terms: [], sort: 'date', from: now - DAY, until: now, slots: 24, limit: 25, ...part };
}

/** A term as a search would say it: `!level:error`, `timesSeen:>3`, `tag:a*`. */
export function term(text: string): IssueTerm {
  const [, not, key, operator, value] = /^(!?)([^:]+):(>=|<=|>|<)?(.*)$/s.exec(text) as unknown as string[];
  return { key, operator: (operator as IssueTerm['operator'] | undefined) ?? (value.includes('*') ? 'glob' : '='), value, not: not === '!' };
}

const titles = async (store: ErrorsStore, ...terms: string[]): Promise<string[]> =>
  (await store.issues(search({ terms: terms.map(term), limit: 100 }))).issues.map(({ title }) => title).toSorted();

async function only(store: ErrorsStore): Promise<IssuesPage['issues'][number]> {
  const { issues } = await store.issues(search());
  assert.equal(issues.length, 1);
  return issues[0];
}

const outcomes = async (store: ErrorsStore, ...events: NewEvent[]): Promise<string[]> => (await store.add(events)).map(({ outcome }) => outcome);

/** What every errors store must do. */
export function errorsContract(name: string, makePlace: () => ErrorsPlace): void {
  describe(`errors contract: ${name}`, () => {
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

    it('pages through every order without missing or repeating any, and takes garbage for no cursor', async () => {
      await using place = makePlace();
      await using store = place.open();
      const now = Date.now();
      for (let i = 0; i < 23; i++) {
        const events = Array.from({ length: 1 + (i % 4) }, (_, n) =>
          makeEvent(`Error: ${i}`, { timestamp: now - (i % 5) * HOUR - n, user: { id: String(n) } }),
        );
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

    it('finds what has any of several values, and by short id and platform', async () => {
      await using place = makePlace();
      await using store = place.open();
      const ids = await store.add([
        makeEvent('a', { level: 'fatal', tags: [['browser', 'Firefox']] }),
        makeEvent('b', { level: 'info', platform: 'python', tags: [['browser', 'Chrome 130']] }),
        makeEvent('c', { level: 'error' }),
      ]);
      const found = async (given: IssueTerm): Promise<string> => {
        const { issues } = await store.issues(search({ terms: [given, term('is:unresolved')] }));
        return issues
          .map(({ title }) => title)
          .toSorted()
          .join('');
      };
      assert.equal(await found({ ...term('level:fatal'), any: ['info', 'debug'] }), 'ab');
      assert.equal(await found({ ...term('!level:fatal'), any: ['info'] }), 'c');
      assert.equal(await found({ ...term('browser:*fire*'), any: ['Chrome*'] }), 'ab');
      assert.equal(await found({ ...term('!browser:Firefox'), any: ['Chrome 130'] }), 'c');
      assert.equal(await found(term('platform:python')), 'b');
      const { shortId } = (await store.issue(ids[2].issue)) as { shortId: string };
      assert.equal(await found(term(`issue:${shortId.toLowerCase()}`)), 'c');
      const events = async (given: IssueTerm): Promise<number> => (await store.events({ issue: ids[0].issue, terms: [given], limit: 5 })).events.length;
      assert.equal(await events({ ...term('browser:Chrome'), any: ['firefox'] }), 1);
      assert.equal(await events({ ...term('!browser:Chrome'), any: ['firefox'] }), 0);
      assert.equal(await events(term('platform:java*')), 1);
      assert.equal(await events(term('error.unhandled:true')), 0);
      await assert.rejects(store.issues(search({ terms: [{ ...term('level:info'), any: Array.from({ length: 200 }, String) }] })), { code: 'bad_search' });
    });

    it('finds by every word of the search', async () => {
      await using place = makePlace();
      await using store = place.open();
      const now = Date.now();
      await store.add([
        makeEvent(
          'TypeError: x is null',
          {
            release: 'shop@1.4.2',
            environment: 'live',
            timestamp: now - 2 * HOUR,
            user: { id: '7', email: 'ann@example.org', username: 'ann', ip_address: '10.0.0.1' },
            tags: [['browser', 'Firefox 130']],
            request: { url: 'https://shop.example/cart' },
            transaction: '/cart',
            exception: [{ type: 'TypeError', value: 'x is null' }],
          },
          { handled: false, culprit: 'cart in pay' },
        ),
        makeEvent(
          'ValueError: 100% of a_b',
          { level: 'warning', release: 'shop@2.0.0', environment: 'test', timestamp: now - 30 * HOUR, tags: [['browser', 'Chrome 120']] },
          { handled: true, culprit: 'views.checkout' },
        ),
        ...Array.from({ length: 5 }, () => makeEvent('Noise: 1', { level: 'info', timestamp: now - 3 * DAY })),
      ]);
      const [type, value, noise] = ['TypeError: x is null', 'ValueError: 100% of a_b', 'Noise: 1'];
      const all = [noise, type, value];
      const { issues } = await store.issues(search());
      const idOf = (title: string): number => issues.find((issue) => issue.title === title)?.id ?? 0;
      await store.change([idOf(type)], { do: 'assign', to: 'bob' }, 'ann');
      await store.change([idOf(value)], { do: 'bookmark', on: true }, 'ann');
      await store.change([idOf(noise)], { do: 'archive' }, 'ann');
      const expected: [string, string[]][] = [
        ['is:unresolved', [type, value]],
        ['!is:unresolved', [noise]],
        ['is:archived', [noise]],
        ['is:ignored', [noise]],
        ['is:resolved', []],
        ['is:new', [type, value]],
        ['is:for_review', [type, value]],
        ['is:ongoing', []],
        ['is:assigned', [type]],
        ['is:unassigned', [noise, value]],
        ['assigned:bob', [type]],
        ['assigned:none', [noise, value]],
        ['!assigned:bob', [noise, value]],
        ['bookmarks:me', [value]],
        ['release:shop@1.4*', [type]],
        ['release:shop@1.4.2', [type]],
        ['!release:shop@1.4.2', [noise, value]],
        ['environment:test', [value]],
        ['level:error', [type]],
        ['!level:error', [noise, value]],
        ['timesSeen:>3', [noise]],
        ['timesSeen:1', [type, value]],
        ['timesSeen:<=1', [type, value]],
        ['users:>0', [type]],
        ['firstSeen:-24h', [type]],
        ['firstSeen:+24h', [noise, value]],
        ['age:-2d', [type, value]],
        ['age:>2d', [noise]],
        ['lastSeen:+2d', [noise]],
        [`lastSeen:>=${new Date(now - 3 * HOUR).toISOString()}`, [type]],
        ['firstSeen:<2020-01-01', []],
        ['title:Noise*', [noise]],
        ['message:null', [type]],
        ['error.type:TypeError', [type]],
        ['error.handled:false', [type]],
        ['error.handled:true', [value]],
        ['!error.handled:true', [noise, type]],
        ['error.unhandled:true', [type]],
        ['has:browser', [type, value]],
        ['!has:browser', [noise]],
        ['browser:Firefox*', [type]],
        ['browser:', [noise]],
        ['user.email:ann@example.org', [type]],
        ['user.email:*@example.org', [type]],
        ['user.ip:10.0.0.1', [type]],
        ['!user.id:7', [noise, value]],
        ['user:id:7', [type]],
        ['url:*/cart', [type]],
        ['transaction:/cart', [type]],
        ['text:NULL', [type]],
        ['text:100%', [value]],
        ['text:a_b', [value]],
        ['text:axb', []],
        ['text:checkout', [value]],
        ['text:x*nul', []],
        ['text:*x*null', [type]],
        ['!text:null', [noise, value]],
        ["tag'; DROP TABLE issues; --:x", []],
      ];
      for (const [text, found] of expected) assert.deepEqual(await titles(store, text), found.toSorted(), text);
      assert.deepEqual(await titles(store), all.toSorted());
      assert.deepEqual(await titles(store, 'is:unresolved', 'has:browser', '!level:warning'), [type]);
      for (const bad of ['is:nonsense', 'timesSeen:many', 'firstSeen:yesterday', 'error.handled:maybe', `title:${'*a'.repeat(50)}`])
        await assert.rejects(titles(store, bad), { code: 'bad_search' }, bad);
    });

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

    it('merges issues with all that they had, and splits them again', async () => {
      await using place = makePlace();
      await using store = place.open();
      const event = (about: string, user: string): NewEvent => makeEvent(about, { user: { id: user }, tags: [['about', about]] });
      const added = await store.add([event('a', '1'), event('a', '2'), event('b', '2'), event('b', '3'), event('c', '3')]);
      const [a, b, c] = [added[0].issue, added[2].issue, added[4].issue];
      await store.comment(b, 'look here', 'ann');
      await store.merge(a, [b, c], 'ann');
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

    it('counts over time, by level, environment and release, of a project and of an issue', async () => {
      await using place = makePlace();
      await using store = place.open();
      const start = Math.floor(Date.now() / DAY) * DAY - 2 * DAY;
      const at = (about: string, hour: number, release: string): NewEvent => makeEvent(about, { timestamp: start + hour * HOUR + 5, release });
      const [{ issue }] = await store.add([at('a', 0, 'x'), at('a', 1, 'y'), at('b', 1, 'x'), at('b', 26, 'x')]);
      const question = { project: 1, from: start, until: start + 2 * DAY, step: DAY };
      assert.deepEqual(await store.counts(question), { start, step: DAY, rows: [{ name: '', events: [3, 1] }], newIssues: [2, 0] });
      const ofA = await store.counts({ ...question, issue, step: HOUR, until: start + 2 * HOUR, by: 'release' });
      assert.deepEqual(
        ofA.rows.toSorted((a, b) => a.name.localeCompare(b.name)),
        [
          { name: 'x', events: [1, 0] },
          { name: 'y', events: [0, 1] },
        ],
      );
      assert.deepEqual(ofA.newIssues, [1, 0]);
      assert.deepEqual((await store.counts({ ...question, by: 'level' })).rows, [{ name: 'error', events: [3, 1] }]);
      await assert.rejects(store.counts({ ...question, step: 5000 }), { code: 'bad_step' });
    });

    it('counts tags, of many values all together', async () => {
      await using place = makePlace();
      await using store = place.open();
      const events = Array.from({ length: 1200 }, (_, i) =>
        makeEvent(undefined, {
          tags: [
            ['order', `n${i}`],
            ['shop', i % 3 ? 'north' : 'south'],
          ],
        }),
      );
      const [{ issue }] = await store.add(events);
      const tags = await store.tags(issue, 2);
      assert.deepEqual(
        tags.find(({ key }) => key === 'shop')?.values.map(({ value, count }) => [value, count]),
        [
          ['north', 800],
          ['south', 400],
        ],
      );
      const order = await store.tagValues(issue, 'order', 5000);
      assert.equal(order.total, 1200);
      assert.equal(order.values.length, 1000);
      assert.deepEqual(await store.tagValues(issue, 'nothing', 5), { key: 'nothing', total: 0, values: [] });
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

    it('discards an issue, and what comes of it later', async () => {
      await using place = makePlace();
      await using store = place.open();
      const [{ issue }] = await store.add([makeEvent('a'), makeEvent('b')]);
      assert.deepEqual(await store.change([issue], { do: 'discard' }, 'ann'), []);
      assert.deepEqual(await outcomes(store, makeEvent('a'), makeEvent('b')), ['discarded', 'added']);
      assert.deepEqual(await titles(store), ['b']);
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

    it('counts as many events as are kept or were forgotten, whatever is done', async () => {
      const step = fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record({
            do: fc.constant('add' as const),
            about: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 }),
            age: fc.nat(90),
          }),
        },
        fc.record({ do: fc.constant('merge' as const), into: fc.nat(5), from: fc.nat(5) }),
        fc.record({ do: fc.constant('unmerge' as const), about: fc.nat(5) }),
        fc.record({ do: fc.constant('prune' as const), age: fc.nat(90) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
          await using place = makePlace();
          await using store = place.open();
          const now = Date.now();
          const issueOf = async (about: number): Promise<number | undefined> => {
            const { issues } = await store.issues(search({ limit: 100 }));
            for (const { id } of issues) if ((await store.hashes(id)).some(({ hash }) => hash === md5(`Error: ${about}`))) return id;
            return undefined;
          };
          let [added, forgotten] = [0, 0];
          const users = new Set<number>();
          for (const step of steps) {
            if (step.do === 'add') {
              added += step.about.length;
              for (const about of step.about) users.add(about);
              await store.add(
                step.about.map((about) =>
                  makeEvent(`Error: ${about}`, { timestamp: now - step.age * HOUR, user: { id: String(about) }, tags: [['about', `${about}`]] }),
                ),
              );
            } else if (step.do === 'prune') forgotten += await store.prune(now - step.age * HOUR, 1e9);
            else if (step.do === 'merge') {
              const [into, from] = [await issueOf(step.into), await issueOf(step.from)];
              if (into !== undefined && from !== undefined) await store.merge(into, [from], 'ann');
            } else {
              const issue = await issueOf(step.about);
              if (issue !== undefined && (await store.hashes(issue)).length > 1) await store.unmerge(issue, [md5(`Error: ${step.about}`)], 'ann');
            }
          }
          const { issues } = await store.issues(search({ limit: 100, from: now - 100 * DAY, sort: 'freq' }));
          const sum = (numbers: number[]): number => numbers.reduce((all, number) => all + number, 0);
          assert.equal((await store.sizes()).events, added - forgotten);
          assert.equal(sum(issues.map(({ events }) => events)), added);
          assert.equal(sum(issues.map(({ eventsInWindow }) => eventsInWindow)), added);
          assert.equal(sum(issues.flatMap(({ trend }) => trend)), added);
          assert.equal(sum(issues.map(({ users }) => users)), users.size);
          assert.equal(sum(issues.map(({ usersInWindow }) => usersInWindow)), users.size);
          for (const { id, events } of issues) {
            assert.equal((await store.tagValues(id, 'about', 10)).total, events);
            assert.equal(sum((await store.hashes(id)).map(({ events }) => events)), events);
            const kept = await store.events({ issue: id, terms: [], limit: 1000 });
            assert.equal((await store.event(id, 'latest'))?.kept ?? 0, kept.events.length);
            for (const [i, { eventId }] of kept.events.entries()) assert.equal((await store.event(id, eventId))?.place, kept.events.length - i);
          }
          const counts = await store.counts({ project: 1, from: now - 100 * DAY, until: now + HOUR, step: DAY });
          assert.equal(sum(counts.rows[0].events), added);
        }),
        { numRuns: 15 },
      );
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
  });
}
