import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { normaliseEvent } from './normalise.ts';
import { describeEvent, userName, userTag } from './title.ts';
import { withClientContexts } from './user-agent.ts';

const ARRIVAL = { received: Date.UTC(2026, 10, 22), newId: () => 'f'.repeat(32) };
const read = (raw: unknown) => normaliseEvent(raw, ARRIVAL);
const describe = (raw: unknown) => describeEvent(read(raw));

const FRAMES = [
  { filename: 'app.py', module: 'app', function: 'main', in_app: true },
  { filename: 'lib.py', function: 'call', in_app: false },
];

test('the title is the type and the first line of what was thrown last', () => {
  const event = {
    exception: [
      { type: 'KeyError', value: 'x' },
      { type: 'PaymentError', value: '\ncould not charge\nmore', mechanism: { handled: true }, stacktrace: { frames: FRAMES } },
    ],
  };
  assert.deepEqual(describe(event), {
    title: 'PaymentError: could not charge',
    culprit: 'app in main',
    location: 'app.py',
    metadata: { type: 'PaymentError', value: 'could not charge', filename: 'app.py', function: 'main' },
    handled: true,
  });
});

test('without a type it is the message, and never null', () => {
  for (const [raw, title] of [
    [{ message: 'hello\nworld' }, 'hello'],
    [{ exception: [{ type: null, value: 'hello', mechanism: { synthetic: true } }], message: 'hello' }, 'hello'],
    [{ exception: [{ type: 'E' }] }, 'E'],
    [{ type: 'transaction', transaction: 'GET /', start_timestamp: 1 }, 'GET /'],
    [{ type: 'feedback', contexts: { feedback: { message: 'broke' } } }, 'broke'],
    [{}, '<unlabelled event>'],
    [{ message: 'a\u202eb\u0007c' }, 'a b c'],
  ] as const)
    assert.equal(describe(raw).title, title);
});

test('the culprit is the transaction, what an old client says, or the last own frame', () => {
  const exception = [{ type: 'E', stacktrace: { frames: FRAMES } }];
  assert.equal(describe({ exception, transaction: '/cart', culprit: 'old' }).culprit, '/cart');
  assert.equal(describe({ exception, culprit: 'old' }).culprit, 'old');
  assert.equal(describe({ exception: [{ type: 'E', stacktrace: { frames: FRAMES.slice(1) } }] }).culprit, 'lib.py in call');
  assert.equal(describe({ exception: [{ type: 'E', stacktrace: { frames: [{ filename: 'a.js', function: '?' }] } }] }).culprit, 'a.js');
  assert.equal(describe({ message: 'm', threads: [{ id: 1 }, { id: 2, current: true, stacktrace: { frames: FRAMES } }] }).culprit, 'app in main');
});

test('one exception that was not caught makes it unhandled', () => {
  const thrown = (...handled: (boolean | undefined)[]) => describe({ exception: handled.map((one) => ({ type: 'E', mechanism: { handled: one } })) }).handled;
  assert.deepEqual([thrown(true), thrown(false, true), thrown(undefined, true), thrown(undefined)], [true, false, true, undefined]);
});

test('a user is told by the first of id, address and name', () => {
  assert.equal(userTag({ id: '42', email: 'a@b.test' }), 'id:42');
  assert.equal(userTag({ email: 'a@b.test', username: 'ann' }), 'email:a@b.test');
  assert.equal(userTag({ username: 'ann' }), 'username:ann');
  assert.equal(userTag({ ip_address: '10.0.0.1' }), 'ip:10.0.0.1');
  assert.equal(userTag(undefined), undefined);
  assert.equal(userName({ id: '42', email: 'a@b.test' }), 'a@b.test');
  assert.equal(userName({}), undefined);
});

test('no title breaks out of its line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (type, value) =>
      assert.doesNotMatch(describe({ exception: [{ type, value }] }).title, /[\p{Cc}\u2028\u2029]/u),
    ),
  );
});

test('browser, system and device come from the User-Agent where no client told them', () => {
  const facts = { browser: { name: 'Firefox', version: '130' }, os: { name: 'Linux' }, device: { family: 'Mac' } };
  const request = { headers: { 'user-agent': 'UA' } };
  const seen: string[] = [];
  const add = (raw: object) => ({
    ...withClientContexts(read(raw), (userAgent) => {
      seen.push(userAgent);
      return facts;
    }).contexts,
  });
  assert.deepEqual(JSON.parse(JSON.stringify(add({ platform: 'javascript', request, contexts: { os: { name: 'own' } } }))), {
    os: { name: 'own', type: 'os' },
    browser: { type: 'browser', name: 'Firefox', version: '130' },
    device: { type: 'device', family: 'Mac' },
  });
  assert.deepEqual(Object.keys(add({ platform: 'python', request })), ['browser', 'client_os']);
  assert.deepEqual(add({ platform: 'javascript' }), {});
  assert.deepEqual(seen, ['UA', 'UA']);
});
