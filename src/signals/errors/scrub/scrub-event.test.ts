import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { normaliseEvent } from '../event/normalise.ts';
import { isSensitiveKey } from './keys.ts';
import { scrubEvent } from './scrub-event.ts';
import { DEFAULT_SCRUB, Scrubber, type ScrubSettings } from './scrubber.ts';

const ARRIVAL = { received: Date.UTC(2026, 10, 22), newId: () => 'f'.repeat(32) };

function scrubbed(raw: unknown, settings: Partial<ScrubSettings> = {}) {
  return scrubEvent(normaliseEvent(raw, ARRIVAL), new Scrubber({ ...DEFAULT_SCRUB, ...settings }));
}

test('names that mean secrets are told from those that only look so', () => {
  for (const key of [
    'password',
    'userPassword',
    'X-Api-Key',
    'apiKey',
    'Authorization',
    'access_token',
    'auth',
    'my.secret',
    'DB_PASSWD',
    'csrfmiddlewaretoken',
    'card[number]',
    'SENTRY_AUTH_TOKEN',
    'otp',
    'pin',
  ])
    assert.ok(isSensitiveKey(key), key);
  for (const key of ['author', 'tokens_used', 'passenger', 'session', 'pinned', 'key', 'monkey', 'compass', 'id']) assert.ok(!isSensitiveKey(key), key);
});

test('values under sensitive keys go whole, in every part of an event', () => {
  const event = scrubbed({
    extra: { config: { password: { a: 1 }, port: 5432, tokens: [1], has_token: true }, secret: 7 },
    contexts: { auth: { token: 'x', ok: 1 } },
    tags: { api_key: 'x', region: 'eu' },
    user: { id: '42', password: 'x' },
    request: {
      headers: { Authorization: 'x', 'User-Agent': 'UA password=1', Accept: '*' },
      cookies: { sessionid: 'x', theme: 'dark' },
      query_string: 'token=x&a=1',
      data: { pin: 1234 },
    },
    breadcrumbs: [{ message: 'token=x', data: { url: 'http://a.test/?token=x' } }],
    exception: [
      {
        type: 'E',
        value: 'bad password=x',
        stacktrace: { frames: [{ filename: 'secret=x.js', context_line: 'token = next()', vars: { passwd: 'x', a: 1 } }] },
      },
    ],
    spans: [],
  });
  const plain = JSON.parse(JSON.stringify(event)) as typeof event;
  assert.deepEqual(plain.extra, { config: { password: '[Filtered]', port: 5432, tokens: [1], has_token: true }, secret: '[Filtered]' });
  assert.deepEqual(plain.contexts, { auth: { token: '[Filtered]', ok: 1, type: 'auth' } });
  assert.deepEqual(plain.tags, [
    ['api_key', '[Filtered]'],
    ['region', 'eu'],
  ]);
  assert.deepEqual(plain.user, { id: '42', data: { password: '[Filtered]' } });
  assert.deepEqual(plain.request, {
    headers: [
      ['Authorization', '[Filtered]'],
      ['User-Agent', 'UA password=1'],
      ['Accept', '*'],
    ],
    cookies: [
      ['sessionid', '[Filtered]'],
      ['theme', 'dark'],
    ],
    query_string: [
      ['token', '[Filtered]'],
      ['a', '1'],
    ],
    data: { pin: '[Filtered]' },
  });
  assert.deepEqual(plain.breadcrumbs?.[0].message, 'token=[Filtered]');
  assert.deepEqual(plain.breadcrumbs?.[0].data, { url: 'http://a.test/?token=[Filtered]' });
  assert.equal(plain.exception?.[0].value, 'bad password=[Filtered]');
  assert.deepEqual(plain.exception?.[0].stacktrace?.frames[0], {
    filename: 'secret=x.js',
    context_line: 'token = next()',
    vars: { passwd: '[Filtered]', a: 1 },
  });
});

test('addresses go where a project wants that', () => {
  const raw = {
    user: { id: '1', ip_address: '10.1.2.3' },
    request: { headers: { 'X-Forwarded-For': '10.1.2.3, 10.1.2.4' }, env: { REMOTE_ADDR: '10.1.2.3' } },
    message: 'from 10.1.2.3',
  };
  assert.ok(!JSON.stringify(scrubbed(raw, { ips: true, on: false })).includes('10.1.2'));
  assert.equal(scrubbed(raw).user?.ip_address, '10.1.2.3');
  assert.deepEqual({ ...scrubbed(raw, { ips: true }).user }, { id: '1' });
  assert.equal(scrubbed({ user: { ip_address: '10.1.2.3' } }, { ips: true }).user, undefined);
  const versions = scrubbed({ release: '1.2.3.4', contexts: { browser: { version: '130.0.0.0', seen_from: '10.1.2.3' } } }, { ips: true });
  assert.equal(versions.release, '1.2.3.4');
  assert.deepEqual({ ...versions.contexts?.browser }, { version: '130.0.0.0', seen_from: '[ip]', type: 'browser' });
});

test('the working directory of a shell is no password', () => {
  assert.deepEqual({ ...scrubbed({ extra: { PWD: '/srv/shop', pwd: 'hunter2', OLDPWD: '/' } }).extra }, { PWD: '/srv/shop', pwd: '[Filtered]', OLDPWD: '/' });
});

test('a card number that is a number is hidden too, a time is not', () => {
  assert.deepEqual({ ...scrubbed({ extra: { card: 4_111_111_111_111_111, at: 1_795_336_386_111 } }).extra }, { card: '[Filtered]', at: 1_795_336_386_111 });
});

test('an event is not changed, and parts without secrets are not copied', () => {
  const event = normaliseEvent(
    { extra: { a: { b: 'x' }, token: 'x' }, exception: [{ type: 'E', stacktrace: { frames: [{ function: 'f', vars: { a: 'x' } }] } }] },
    ARRIVAL,
  );
  const before = JSON.stringify(event);
  const after = scrubEvent(event, new Scrubber(DEFAULT_SCRUB));
  assert.equal(JSON.stringify(event), before);
  assert.equal(after.extra?.a, event.extra?.a);
  assert.equal(after.exception?.[0].stacktrace?.frames, event.exception?.[0].stacktrace?.frames);
});

test('no planted secret is left, whichever fields it was planted in', () => {
  const SECRETS = [
    'password=hunter2',
    '{"token": "hunter2"}',
    'http://u:hunter2@h/',
    'Bearer hunter2hunter2',
    '4111 1111 1111 1111',
    '078-05-1120',
    'DE89 3704 0044 0532 0130 00',
  ];
  const LEFT = /hunter2|1111 1111|078-05|3704 0044/;
  const secret = fc.constantFrom(...SECRETS);
  const text = fc.tuple(fc.constantFrom('', 'a ', 'x: "'), secret, fc.constantFrom('', ' b', '"')).map((parts) => parts.join(''));
  const keyed = fc.constantFrom('password', 'api_key', 'Secret', 'authToken').map((key) => ({ [key]: 'hunter2', deep: [{ [key]: { a: 'hunter2' } }] }));
  const json = fc.oneof(
    text,
    keyed,
    fc.record({ a: text, [`k`]: fc.array(fc.oneof(text, keyed), { maxLength: 3 }) }),
    text.map((key) => ({ [key]: 1 })),
  );
  const record = json.map((value) => ({ value }));
  const frame = fc.record({
    function: fc.constant('f'),
    context_line: fc.constant("password = 'hunter2'"),
    pre_context: fc.array(fc.constant('http://u:hunter2@h/')),
    vars: record,
    data: record,
  });
  const stacktrace = fc.record({ frames: fc.array(frame, { maxLength: 2 }) });
  const raw = fc.record({
    message: text,
    logentry: fc.record({ message: text, formatted: text, params: fc.array(json, { maxLength: 2 }) }),
    exception: fc.record({ type: text, value: text, mechanism: fc.record({ data: record, meta: record }), stacktrace }),
    threads: fc.array(fc.record({ name: text, stacktrace }), { maxLength: 2 }),
    breadcrumbs: fc.array(fc.record({ message: text, category: text, data: record }), { maxLength: 2 }),
    request: fc.record({ url: text, query_string: text, fragment: text, data: json, cookies: record, headers: record, env: record }),
    user: fc.record({ id: text, email: text, username: text, name: text, geo: record, data: record, more: json }),
    contexts: fc.record({ a: record, trace: record }),
    tags: fc.array(fc.tuple(fc.constantFrom('a', 'password'), fc.constant('password=hunter2')), { maxLength: 2 }),
    extra: record,
    csp: record,
    fingerprint: fc.array(text, { maxLength: 2 }),
    transaction: text,
    culprit: text,
    server_name: text,
    logger: text,
    release: text,
    environment: text,
    spans: fc.array(fc.record({ start_timestamp: fc.constant(1_795_336_386), timestamp: fc.constant(1_795_336_387), description: text, data: record }), {
      maxLength: 2,
    }),
  });
  fc.assert(
    fc.property(raw, (event) => {
      const json = JSON.stringify(scrubbed({ ...event, type: 'transaction', start_timestamp: 1_795_336_386 }));
      assert.ok(!LEFT.test(json), LEFT.exec(json)?.input.slice(Math.max(0, LEFT.exec(json)?.index ?? 0) - 100, (LEFT.exec(json)?.index ?? 0) + 50));
    }),
    { numRuns: 300 },
  );
});
