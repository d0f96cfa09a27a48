import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { IssueTerm } from '../errors-store.ts';
import { DAY, type ErrorsPlace, HOUR, makeEvent, search, term, titles } from './world.ts';

/** Every word of the search. */
export function searchingContract(makePlace: () => ErrorsPlace): void {
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
      ['firstRelease:shop@1.4.2', [type]],
      ['lastRelease:shop@1.4*', [type]],
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
}
