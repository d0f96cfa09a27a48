import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { formatMessage } from './message-format.ts';
import { readMessage } from './message.ts';
import { Notes } from './notes.ts';

test("templates of Python's and JavaScript's kinds are filled in", () => {
  for (const [template, params, message] of [
    ['Failed to fetch %s after %d tries', ['http://x.test/u/17', 3], 'Failed to fetch http://x.test/u/17 after 3 tries'],
    ['%(user)s has %(n)d of %(all)s', { user: 'ann', n: 2.7 }, 'ann has 2 of %(all)s'],
    ['%(user)s', [{ user: 'ann' }], 'ann'],
    ['%s and %s', ['one'], 'one and %s'],
    ['100%% of %s', ['it'], '100% of it'],
    ['%r %5.2f %x %-10s|', ['a', 2.71, 255, 'b'], "'a' 2.71 ff b|"],
    ['%o', [{ a: 1 }], '{"a":1}'],
    ['%s', [null], 'null'],
    ['hello {} and {}', ['a', 2], 'hello a and 2'],
    ['{1} before {0}', ['a', 'b'], 'b before a'],
    ['{name!r:>10} {{kept}} {other}', { name: 'ann' }, 'ann {kept} {other}'],
    ['no places', ['a'], 'no places'],
    ['%(toString)s {constructor}', {}, '%(toString)s {constructor}'],
  ] as const)
    assert.equal(formatMessage(template, params as unknown[], 1000), message);
});

test('no template makes it work long or its text grow large', () => {
  for (const hostile of ['%'.repeat(8192), '%(a'.repeat(2730), `%${'0'.repeat(8190)}`, '{'.repeat(8192), `{${'a'.repeat(8190)}`, '%0.0'.repeat(2048)])
    formatMessage(hostile, ['x'], 8192);
  assert.ok(formatMessage('%(a)s'.repeat(1600), { a: 'x'.repeat(8000) }, 8192).length < 30_000);
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('%', '(', ')', 's', 'd', '{', '}', '0', '.', 'a', '!', ':') }),
      fc.array(fc.jsonValue()),
      (template, params) => void formatMessage(template, params, 100),
    ),
  );
});

const read = (event: object) => readMessage(event as Record<string, unknown>, new Notes(undefined));

test('a message is found in each of its shapes', () => {
  assert.deepEqual(read({ message: 'hello' }), { formatted: 'hello' });
  assert.deepEqual(read({ message: { message: 'hello %s', params: ['x'] } }), { formatted: 'hello x', message: 'hello %s', params: ['x'] });
  assert.deepEqual(read({ 'sentry.interfaces.Message': { message: 'hello %s', params: ['x'], formatted: 'HELLO x' } }), {
    formatted: 'HELLO x',
    message: 'hello %s',
    params: ['x'],
  });
  assert.deepEqual(read({ logentry: { message: 'raw' } }), { formatted: 'raw' });
  assert.deepEqual(read({ logentry: { message: 'hello %s', params: [] }, message: 'hello x' }), { formatted: 'hello x', message: 'hello %s' });
  assert.deepEqual(read({ logentry: 'text' }), { formatted: 'text' });
  assert.deepEqual(read({ message: 42 }), { formatted: '42' });
  for (const empty of [{}, { message: '' }, { message: ' \n' }, { message: null }, { logentry: {} }, { logentry: { message: '' } }, { message: [] }])
    assert.equal(read(empty), undefined);
});
