import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ID, NOW, notesOf, read } from './normalise.fixture.ts';

test('an empty event gets what each must have', () => {
  assert.deepEqual(read({}), { event_id: ID, type: 'default', timestamp: NOW, received: NOW, level: 'error', platform: 'other', tags: [] });
  for (const raw of [null, [], 'x', 1, undefined]) assert.throws(() => read(raw), { code: 'bad_event' });
});

test('ids come from the envelope, then from the event, without hyphens', () => {
  const own = '7d8f2a10-0000-4000-8000-0123456789AB';
  assert.equal(read({ event_id: own }).event_id, '7d8f2a100000400080000123456789ab');
  assert.equal(read({ event_id: own }, { eventId: 'e'.repeat(32) }).event_id, 'e'.repeat(32));
  for (const bad of ['x', 7, '0'.repeat(32), null]) assert.equal(read({ event_id: bad }).event_id, ID);
});

test('levels have many names', () => {
  for (const [said, level] of [
    ['FATAL', 'fatal'],
    ['critical', 'fatal'],
    ['warn', 'warning'],
    ['log', 'info'],
    ['trace', 'debug'],
    [30, 'warning'],
    ['50', 'fatal'],
    ['toString', 'error'],
    [null, 'error'],
  ] as const)
    assert.equal(read({ level: said }).level, level);
  assert.deepEqual(notesOf(read({ level: 'loud' })), ['invalid_data level']);
  assert.equal(read({ type: 'transaction', start_timestamp: 1 }).level, 'info');
});

test('exceptions come as values, as a list, alone, and under their older name', () => {
  const one = { type: 'TypeError', value: 'boom' };
  for (const raw of [
    { exception: { values: [one] } },
    { exception: [one] },
    { exception: one },
    { 'sentry.interfaces.Exception': [one] },
    { exception: { values: [null, one, {}, 'x'] } },
  ]) {
    const event = read(raw);
    assert.deepEqual(event.exception, [one]);
    assert.equal(event.type, 'error');
  }
  assert.equal(read({ exception: { values: [] } }).exception, undefined);
  assert.deepEqual(read({ exception: [{ value: { code: 7 }, mechanism: 'old' }] }).exception, [
    { type: null, value: '{"code":7}', mechanism: { type: 'old' } },
  ]);
  assert.deepEqual(read({ exception: [{ type: null, value: 'v', mechanism: { handled: null, exception_id: 0, is_exception_group: true } }] }).exception, [
    { type: null, value: 'v', mechanism: { type: 'generic', exception_id: 0, is_exception_group: true } },
  ]);
});

test('a stack of the event belongs to its only exception, and else stays its own', () => {
  const stacktrace = { frames: [{ function: 'f' }] };
  assert.deepEqual(read({ exception: [{ type: 'E' }], stacktrace }).exception?.[0].stacktrace, stacktrace);
  assert.equal(read({ exception: [{ type: 'E' }], stacktrace }).stacktrace, undefined);
  assert.deepEqual(read({ message: 'm', 'sentry.interfaces.Stacktrace': stacktrace }).stacktrace, stacktrace);
  assert.deepEqual(read({ exception: [{ type: 'E', stacktrace: { frames: [{ function: 'g' }] } }], stacktrace }).stacktrace, stacktrace);
});

test('frames keep what is well formed; those that say nothing go', () => {
  const [frame, second, ...rest] =
    read({
      exception: [
        {
          type: 'E',
          stacktrace: {
            frames: [
              {},
              { in_app: true },
              null,
              { filename: 'a.py', lineno: '12', colno: -1, in_app: 'yes', vars: ['a', { b: 1 }], pre_context: ['', 'x', null], post_context: [], data: {} },
              { function: 'f', lineno: 0, abs_path: '', vars: { a: 1 } },
            ],
          },
        },
      ],
    }).exception?.[0].stacktrace?.frames ?? [];
  assert.deepEqual(frame, { filename: 'a.py', lineno: 12, pre_context: ['', 'x', ''], vars: { '0': 'a', '1': { b: 1 } } });
  assert.deepEqual(second, { function: 'f', vars: { a: 1 } });
  assert.equal(rest.length, 0);
});

test('of an endless recursion both ends are kept, and details of few', () => {
  const frames = Array.from({ length: 1000 }, (_, i) => ({ function: `f${i}`, vars: { i }, context_line: 'x' }));
  const event = read({ exception: [{ type: 'RangeError', stacktrace: { frames } }] });
  const stack = event.exception?.[0].stacktrace;
  assert.equal(stack?.frames.length, 250);
  assert.deepEqual([stack?.frames[0].function, stack?.frames.at(-1)?.function], ['f0', 'f999']);
  assert.deepEqual(stack?.frames_omitted, [125, 875]);
  assert.equal(stack?.frames.filter((frame) => frame.vars !== undefined).length, 50);
  assert.deepEqual(notesOf(event), ['too_many_values exception.stacktrace.frames']);
});

test('tags come as an object, as pairs, as objects; the first of a key counts', () => {
  const tags = [
    ['region', 'eu'],
    ['n', '7'],
    ['ok', 'true'],
  ];
  for (const said of [{ region: 'eu', n: 7, ok: true }, [...tags, ['region', 'us']], tags.map(([key, value]) => ({ key, value }))])
    assert.deepEqual(read({ tags: said }).tags, tags);
  const odd = read({ tags: { 'a b': 'x\ny', ä: '1', release: 'no', empty: '', nothing: null, list: [1], long: 'x'.repeat(300) } });
  assert.deepEqual(odd.tags, [
    ['a-b', 'x y'],
    ['long', `${'x'.repeat(199)}…`],
  ]);
  assert.deepEqual(notesOf(odd), ['invalid_data tags.ä', 'invalid_data tags.list', 'value_too_long tags.long']);
  assert.equal(read({ tags: Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`t${i}`, 'x'])) }).tags.length, 100);
});

test('the tag environment stands in where the event names none', () => {
  const event = read({ tags: { environment: 'prod' } });
  assert.deepEqual([event.environment, event.tags], ['prod', []]);
  assert.deepEqual(read({ environment: 'stage', tags: { environment: 'prod' } }).tags, [['environment', 'prod']]);
});

test('names that could be of anything are left out with a note', () => {
  for (const release of ['latest', 'a\nb', '/', '..', '\t']) assert.equal(read({ release }).release, undefined);
  assert.deepEqual(notesOf(read({ release: 'a\nb', environment: 'a/b', dist: 'ä' })), ['invalid_data release', 'invalid_environment environment']);
  assert.deepEqual(notesOf(read({ release: '1', dist: 'ä' })), ['invalid_data dist']);
  const event = read({ release: ' shop@1.2.3+45 ', dist: '45', environment: 'prod', logger: 'a\nb', server_name: 'x'.repeat(300), transaction: ' /cart \n' });
  assert.deepEqual([event.release, event.dist, event.environment, event.logger, event.transaction], ['shop@1.2.3+45', '45', 'prod', 'a b', '/cart']);
  assert.equal(event.server_name?.length, 256);
  assert.equal(read({ dist: '45' }).dist, undefined);
});

test('a request is taken apart', () => {
  const request = read({
    request: {
      url: 'https://shop.test/cart?a=1&b=%20x#top',
      method: 'post',
      headers: { 'user-agent': 'Firefox', cookie: 'sid=1; theme=dark', 'X-API-KEY': ['a', 'b'], 'content-type': 'application/json' },
      data: '{"items":[1]}',
      env: { REMOTE_ADDR: '10.1.2.3' },
    },
  });
  assert.deepEqual(request.request, {
    url: 'https://shop.test/cart',
    method: 'POST',
    query_string: [
      ['a', '1'],
      ['b', ' x'],
    ],
    fragment: 'top',
    data: { items: [1] },
    cookies: [
      ['sid', '1'],
      ['theme', 'dark'],
    ],
    headers: [
      ['User-Agent', 'Firefox'],
      ['X-Api-Key', 'a'],
      ['X-Api-Key', 'b'],
      ['Content-Type', 'application/json'],
    ],
    env: { REMOTE_ADDR: '10.1.2.3' },
  });
  assert.equal(request.user?.ip_address, '10.1.2.3');
});

test('query, cookies and headers come in many shapes', () => {
  const pairs = [
    ['a', '1'],
    ['b', ''],
  ];
  for (const said of ['a=1&b=', '?a=1&b', pairs, { a: 1, b: null }, [{ a: '1' }, { b: '' }]])
    assert.deepEqual(read({ request: { query_string: said } }).request?.query_string, pairs, JSON.stringify(said));
  for (const said of ['a=1; b=', pairs, { a: '1', b: '' }]) assert.deepEqual(read({ 'sentry.interfaces.Http': { cookies: said } }).request?.cookies, pairs);
  assert.deepEqual(read({ request: { query_string: 'q=100%' } }).request?.query_string, [['q', '100%']]);
  const form = { headers: [['content-type', 'application/x-www-form-urlencoded']], data: 'a=1&b=2' };
  assert.deepEqual(read({ request: form }).request?.data, { a: '1', b: '2' });
  assert.deepEqual(read({ request: { data: 'a=1' } }).request?.data, 'a=1');
  assert.equal(read({ request: {} }).request, undefined);
});

test('a user has an id, whatever its type, and the address where it was asked for', () => {
  assert.deepEqual(read({ user: { id: 42, email: 'a@b.test', segment: 'gold', ip_address: '{{auto}}' } }, { clientAddress: '10.0.0.7' }).user, {
    id: '42',
    email: 'a@b.test',
    ip_address: '10.0.0.7',
    data: { segment: 'gold' },
  });
  assert.equal(read({ user: { ip_address: '{{auto}}' } }).user, undefined);
  assert.equal(read({ platform: 'javascript' }, { clientAddress: '10.0.0.7' }).user?.ip_address, '10.0.0.7');
  assert.equal(read({ platform: 'javascript', sdk: { name: 'x', settings: { infer_ip: 'never' } } }, { clientAddress: '10.0.0.7' }).user, undefined);
  assert.equal(read({ platform: 'python' }, { clientAddress: '10.0.0.7' }).user, undefined);
  assert.deepEqual(notesOf(read({ user: { ip_address: 'here' } })), ['invalid_data user.ip_address']);
});

test('contexts take the type of their name', () => {
  assert.deepEqual(read({ contexts: { runtime: { name: 'node' }, rust: { type: 'runtime' }, cloud: {}, gone: null, odd: 7 } }).contexts, {
    runtime: { name: 'node', type: 'runtime' },
    rust: { type: 'runtime' },
    cloud: { type: 'cloud' },
    odd: { value: 7, type: 'odd' },
  });
});

test('breadcrumbs have a type and a level; the last hundred are kept', () => {
  const event = read({ breadcrumbs: { values: [{ timestamp: NOW / 1000, message: 'x', level: 'log', data: { a: 1 } }, 7] } });
  assert.deepEqual(event.breadcrumbs, [{ timestamp: NOW, type: 'default', level: 'info', message: 'x', data: { a: 1 } }]);
  const many = read({ breadcrumbs: Array.from({ length: 150 }, (_, i) => ({ message: String(i) })) });
  assert.equal(many.breadcrumbs?.length, 100);
  assert.equal(many.breadcrumbs.at(-1)?.message, '149');
  assert.deepEqual(notesOf(many), ['too_many_values breadcrumbs']);
});

test('the rest of the fields in the shapes of their clients', () => {
  const event = read({
    fingerprint: 'one',
    sdk: 'raven-js/3.2',
    modules: { '': '', django: '3.2' },
    threads: [{ id: 1, crashed: true, stacktrace: { frames: [{ function: 'f' }] } }, {}],
    debug_meta: { images: [{ type: 'sourcemap', code_file: 'a.js', debug_id: ID }, 7] },
    checksum: 7,
  });
  assert.deepEqual(event.fingerprint, ['one']);
  assert.deepEqual(event.sdk, { name: 'raven-js', version: '3.2' });
  assert.deepEqual(event.modules, { django: '3.2' });
  assert.deepEqual(event.threads, [{ id: 1, crashed: true, stacktrace: { frames: [{ function: 'f' }] } }]);
  assert.deepEqual(event.debug_meta, { images: [{ type: 'sourcemap', code_file: 'a.js', debug_id: ID }] });
  assert.equal(event.checksum, '7');
  for (const none of [[], null, {}, [null]]) assert.equal(read({ fingerprint: none }).fingerprint, undefined);
  assert.deepEqual(read({ fingerprint: ['{{ default }}', 7] }).fingerprint, ['{{ default }}', '7']);
  assert.deepEqual(read({}, { sdk: 'raven-node/2.6.4' }).sdk, { name: 'raven-node', version: '2.6.4' });
});

test('a transaction has a beginning, measurements and spans in milliseconds', () => {
  const span = { span_id: 'bffa6403fd955ad5', op: 'db', start_timestamp: NOW / 1000 - 1.5, timestamp: NOW / 1000 - 1 };
  const event = read({
    type: 'transaction',
    transaction: 'GET /',
    start_timestamp: NOW / 1000 - 2,
    timestamp: NOW / 1000,
    measurements: { lcp: { value: 2.5, unit: 's' }, cls: 0.1, bad: 'x' },
    spans: [span, { op: 'x' }],
  });
  assert.equal(event.type, 'transaction');
  assert.equal(event.start_timestamp, NOW - 2000);
  assert.deepEqual(event.measurements, { lcp: { value: 2.5, unit: 's' }, cls: { value: 0.1 } });
  assert.deepEqual(event.spans, [{ ...span, start_timestamp: NOW - 1500, timestamp: NOW - 1000 }]);
  assert.equal(read({ type: 'transaction' }).type, 'default');
  assert.equal(read({ type: 'transaction' }, { itemType: 'transaction' }).start_timestamp, NOW);
});
