import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { ErrorEvent, EventException } from '../../../core/error-event.ts';
import { event, exception, frames, grouped, hintsOf, valuesOf } from './event.fixture.ts';
import { compileStackRules } from './stack-rule-set.ts';

const md5 = (...values: string[]): string => createHash('md5').update(values.join('')).digest('hex');
const cart = frames('-flask/app.py:dispatch', 'shop/cart.py:total', 'shop/tax.py:rate');

test('an exception is its type and the frames of the app; all frames are a second hash', () => {
  const { hashes, grouping } = grouped({ exception: [exception('ValueError', 'bad rate 7', cart)] });
  assert.deepEqual(hashes, [
    md5('ValueError', 'cart.py', 'total', 'tax.py', 'rate'),
    md5('ValueError', 'app.py', 'dispatch', 'cart.py', 'total', 'tax.py', 'rate'),
  ]);
  assert.deepEqual(
    grouping.variants.map(({ name, contributes }) => [name, contributes]),
    [
      ['app', true],
      ['system', true],
    ],
  );
});

test('the older recipe puts the stack trace first', () => {
  const { hashes } = grouped({ exception: [exception('ValueError', 'x', cart)] }, { recipe: 'newstyle:2023-01-11' });
  assert.equal(hashes[0], md5('cart.py', 'total', 'tax.py', 'rate', 'ValueError'));
});

test('where no frame is of the app all of them count, once', () => {
  const { hashes, grouping } = grouped({ platform: 'java', exception: [exception('E', 'x', frames('-A.java:a', '-B.java:b'))] });
  assert.deepEqual(hashes, [md5('E', 'a.java', 'a', 'b.java', 'b')]);
  assert.equal(grouping.variants[0].name, 'system');
  assert.deepEqual(hintsOf(grouped({ platform: 'java', exception: [exception('E', 'x', frames('-A.java:a'))] }), 'app', 'exception'), [
    'ignored because no frame of the app counts',
  ]);
});

test('where all frames are of the app there is one hash', () => {
  assert.equal(grouped({ exception: [exception('E', 'x', frames('a.py:a'))] }).hashes.length, 1);
});

test('without a stack trace the value counts, without what differs', () => {
  assert.deepEqual(valuesOf(grouped({ exception: [exception('ValueError', 'no order 1001 in eu')] })), ['ValueError', 'no order <int> in eu']);
  assert.deepEqual(valuesOf(grouped({ exception: [exception('ValueError', 'x', [])] })), ['ValueError', 'x']);
});

test('a type that the client made up does not count', () => {
  const made = exception('Error', 'clicked twice', undefined, { mechanism: { type: 'generic', synthetic: true } });
  assert.deepEqual(valuesOf(grouped({ exception: [made] })), ['clicked twice']);
});

test('a message with an exception without type around it is the same as the bare message', () => {
  const newer = grouped({
    logentry: { formatted: 'hello 1' },
    exception: [exception(null, 'hello 1', undefined, { mechanism: { type: 'generic', synthetic: true } })],
  });
  assert.deepEqual(newer.hashes, grouped({ logentry: { formatted: 'hello 2' } }).hashes);
});

test('a message is grouped by its template if that is known', () => {
  assert.deepEqual(valuesOf(grouped({ logentry: { message: 'paid %s', formatted: 'paid anna' } })), ['paid %s']);
});

test('an exception beats a message, and a thread beats the stack trace of a message', () => {
  const both = grouped({ logentry: { formatted: 'x' }, exception: [exception('E', 'v')] });
  assert.deepEqual(valuesOf(both), ['E', 'v']);
  assert.deepEqual(hintsOf(both, 'default', 'message'), ['ignored because the exception comes first']);
  const threads = [{ id: 1, crashed: true, stacktrace: { frames: frames('a.py:a') } }, { id: 2 }];
  assert.deepEqual(valuesOf(grouped({ stacktrace: { frames: frames('b.py:b') }, threads })), ['a.py', 'a']);
});

test('of threads the one that crashed counts, else the running one, else the only one', () => {
  const thread = (id: number, file: string, fields = {}): NonNullable<ErrorEvent['threads']>[number] => ({
    id,
    stacktrace: { frames: frames(`${file}:f`) },
    ...fields,
  });
  assert.deepEqual(valuesOf(grouped({ threads: [thread(1, 'a'), thread(2, 'b', { crashed: true }), thread(3, 'c', { current: true })] })), ['b', 'f']);
  assert.deepEqual(valuesOf(grouped({ threads: [thread(1, 'a'), thread(3, 'c', { current: true })] })), ['c', 'f']);
  assert.deepEqual(valuesOf(grouped({ threads: [thread(1, 'a')] })), ['a', 'f']);
  assert.deepEqual(valuesOf(grouped({ threads: [thread(1, 'a'), thread(2, 'b')], logentry: { formatted: 'm' } })), ['m']);
});

test('causes count one after another in the order they come', () => {
  const { hashes } = grouped({ exception: [exception('KeyError', 'k', frames('a.py:a')), exception('CartError', 'c', frames('b.py:b'))] });
  assert.deepEqual(hashes, [md5('KeyError', 'a.py', 'a', 'CartError', 'b.py', 'b')]);
});

const inGroup = (id: number, parent: number | undefined, type: string, value: string, group = false): EventException =>
  exception(type, value, undefined, { mechanism: { type: 'chained', exception_id: id, parent_id: parent, is_exception_group: group } });

test('a group of one kind of exception is that exception', () => {
  const group = [inGroup(2, 0, 'IOError', 'disk 2'), inGroup(1, 0, 'IOError', 'disk 1'), inGroup(0, undefined, 'ExceptionGroup', 'all failed', true)];
  const result = grouped({ exception: group });
  assert.deepEqual(valuesOf(result), ['IOError', 'disk <int>']);
  assert.equal(result.main, group[1]);
});

test('a group of several kinds is one of each and the outermost', () => {
  const nested = [
    inGroup(4, 1, 'ValueError', 'v'),
    inGroup(3, 1, 'ValueError', 'v'),
    inGroup(2, 0, 'IOError', 'i'),
    inGroup(1, 0, 'ExceptionGroup', 'inner', true),
    inGroup(0, undefined, 'ExceptionGroup', 'outer', true),
  ];
  assert.deepEqual(valuesOf(grouped({ exception: nested })), ['ValueError', 'v', 'IOError', 'i', 'ExceptionGroup', 'outer']);
});

test('a tree with holes or rings is taken as the list that it came as', () => {
  const twice = [inGroup(1, 0, 'A', 'a'), inGroup(1, 0, 'B', 'b'), inGroup(0, undefined, 'G', 'g', true)];
  assert.deepEqual(valuesOf(grouped({ exception: twice })), ['A', 'a', 'B', 'b', 'G', 'g']);
  const ring = [inGroup(1, 0, 'A', 'a', true), inGroup(0, 1, 'G', 'g', true)];
  assert.deepEqual(valuesOf(grouped({ exception: ring })), ['A', 'a', 'G', 'g']);
  const rootless = [inGroup(2, 1, 'A', 'a'), inGroup(1, 5, 'B', 'b', true)];
  assert.deepEqual(valuesOf(grouped({ exception: rootless })), ['A', 'a', 'B', 'b']);
});

test('an error that React wraps names the issue', () => {
  const wrapper = inGroup(
    0,
    undefined,
    'Error',
    'There was an error while hydrating but React was able to recover by instead client rendering from the nearest Suspense boundary.',
  );
  const cause = exception('TypeError', 'x is null', undefined, { mechanism: { type: 'chained', exception_id: 1, parent_id: 0, source: 'cause' } });
  assert.equal(grouped({ platform: 'javascript', exception: [cause, wrapper] }).main, cause);
});

test("Apple's errors are their domain and number", () => {
  const error = exception('NSError', 'failed for order 7', undefined, { mechanism: { type: 'NSError', meta: { ns_error: { domain: 'shop.pay', code: 4 } } } });
  assert.deepEqual(valuesOf(grouped({ platform: 'cocoa', exception: [error] })), ['NSError', 'shop.pay', '4']);
});

test('a blocked script is the directive and what was blocked', () => {
  const csp = (effective_directive: string, blocked_uri: string, violated_directive = effective_directive): string[] =>
    valuesOf(grouped({ type: 'csp', csp: { effective_directive, blocked_uri, violated_directive } }));
  assert.deepEqual(csp('script-src', 'https://evil.example/x.js?1'), ['script-src', 'evil.example']);
  assert.deepEqual(csp('img-src', 'data'), ['img-src', 'data:']);
  assert.deepEqual(csp('img-src', 'data:image/png;base64,AA'), ['img-src', 'data:']);
  assert.deepEqual(csp('script-src', '', "script-src 'unsafe-inline'"), ['script-src', "'unsafe-inline'"]);
  assert.deepEqual(csp('style-src', 'self'), ['style-src', "'self'"]);
  assert.deepEqual(valuesOf(grouped({ type: 'csp', csp: { 'effective-directive': 'img-src', 'blocked-uri': 'http://a.example/' } })), ['img-src', 'a.example']);
  assert.deepEqual(valuesOf(grouped({ type: 'hpkp', csp: { hostname: 'shop.example' } })), ['hpkp', 'shop.example']);
});

test('an event with nothing in it is grouped by transaction and level', () => {
  assert.deepEqual(valuesOf(grouped({ transaction: '/pay' })), ['/pay', 'error']);
});

test('a checksum of an old client stands for all', () => {
  assert.deepEqual(grouped({ checksum: 'c'.repeat(32), exception: [exception('E', 'x')] }).hashes, ['c'.repeat(32)]);
  assert.deepEqual(grouped({ checksum: 'mine' }).hashes, [md5('mine')]);
});

test('a fingerprint of the client stands for all, or is added to what it is without', () => {
  const error = { exception: [exception('ValueError', 'x', cart)] };
  assert.deepEqual(grouped({ ...error, fingerprint: ['pay', '7'] }).hashes, [md5('pay', '7')]);
  const plain = grouped(error);
  const tenant = grouped({ ...error, fingerprint: ['{{ default }}', 'tenant-7'] });
  assert.deepEqual(tenant.hashes, [
    md5('ValueError', 'cart.py', 'total', 'tax.py', 'rate', 'tenant-7'),
    md5('ValueError', 'app.py', 'dispatch', 'cart.py', 'total', 'tax.py', 'rate', 'tenant-7'),
  ]);
  assert.ok(!tenant.hashes.some((hash) => plain.hashes.includes(hash)));
  assert.deepEqual(grouped({ ...error, fingerprint: ['{{default}}'] }).hashes, plain.hashes);
  assert.deepEqual(grouped({ ...error, fingerprint: [] }).hashes, plain.hashes);
});

test('variables of a fingerprint are replaced, unknown ones marked, and messages taken without what differs', () => {
  const rich = { exception: [exception('ValueError', 'order 7 is bad', cart)], transaction: '/pay', tags: [['region', 'eu']] as [string, string][] };
  const values = (...fingerprint: string[]): string[] => valuesOf(grouped({ ...rich, fingerprint }));
  assert.deepEqual(values('{{ transaction }}', '{{ error.type }}', '{{ tags.region }}', '{{ tags.zone }}', '{{ level }}', '{{ logger }}'), [
    '/pay',
    'ValueError',
    'eu',
    '<no-value-for-tag-zone>',
    'error',
    '<no-logger>',
  ]);
  assert.deepEqual(values('{{ stack.function }}', '{{ stack.abs_path }}', '{{ module }}'), ['rate', 'shop/tax.py', '<no-module>']);
  assert.deepEqual(values('{{ message }}', '{{ value }}', 'order 7 is bad', 'order 7'), [
    'order <int> is bad',
    'order 7 is bad',
    'order <int> is bad',
    'order 7',
  ]);
  assert.deepEqual(values('{{ colour }}'), ['<unrecognized-variable-colour>']);
});

test('a call that repeats itself counts once', () => {
  const loop = { ...frames('a.py:walk')[0], lineno: 7 };
  const depth = (times: number): string[] =>
    grouped({ exception: [exception('RecursionError', 'x', [...frames('b.py:b'), ...Array.from({ length: times }, () => loop)])] }).hashes;
  assert.deepEqual(depth(1), depth(40));
});

test('a lone frame of a page without a function says too little', () => {
  const lone = [{ abs_path: 'https://shop.example/x.js', filename: '/x.js', in_app: true, lineno: 1 }];
  assert.deepEqual(valuesOf(grouped({ platform: 'javascript', exception: [exception('TypeError', 'x is 7', lone)] })), ['TypeError', 'x is <int>']);
});

test('rules choose which frames count', () => {
  const values = (rules: string): string[] => valuesOf(grouped({ exception: [exception('E', 'x', cart)] }, { stackRules: compileStackRules(rules) }));
  assert.deepEqual(values('function:rate -group'), ['E', 'cart.py', 'total']);
  assert.deepEqual(values('function:total ^-group'), ['E', 'cart.py', 'total']);
  assert.deepEqual(values('function:rate v-group'), ['E', 'tax.py', 'rate']);
  assert.deepEqual(values('family:all max-frames=1'), ['E', 'tax.py', 'rate']);
  assert.deepEqual(values('path:**/flask/** +app'), ['E', 'app.py', 'dispatch', 'cart.py', 'total', 'tax.py', 'rate']);
  assert.deepEqual(values('function:rate -group\nfunction:rate +group'), ['E', 'cart.py', 'total', 'tax.py', 'rate']);
  assert.deepEqual(values('[ function:total ] | function:rate -group'), ['E', 'cart.py', 'total']);
  assert.deepEqual(values('function:total | [ function:rate ] -group'), ['E', 'tax.py', 'rate']);
  assert.deepEqual(values('error.type:Other function:rate -group'), ['E', 'cart.py', 'total', 'tax.py', 'rate']);
  assert.deepEqual(values('function:rate category=tax\ncategory:tax -group'), ['E', 'cart.py', 'total']);
  // Then too few are left, and the value decides.
  assert.deepEqual(values('family:all min-frames=5'), ['E', 'x']);
});

test('a rule is named where it made a difference', () => {
  const result = grouped({ exception: [exception('E', 'x', cart)] }, { stackRules: compileStackRules('function:rate -group\nfunction:total -app') });
  assert.deepEqual(hintsOf(result, 'app', 'frame'), [
    'out of the app, says the client',
    'out of the app by the rule function:total -app',
    'ignored by the rule function:rate -group',
  ]);
});

test('what an event was before source maps is told apart', () => {
  const raw = { frames: [{ abs_path: 'https://shop.example/main.js', function: 'a', in_app: true }] };
  const mapped = { frames: [{ filename: 'cart.ts', function: 'pay', in_app: true }] };
  const result = grouped({ platform: 'javascript', exception: [{ type: 'E', value: 'x', stacktrace: mapped, raw_stacktrace: raw }] });
  assert.deepEqual([result.hashes, result.unmapped], [[md5('E', 'cart.ts', 'pay')], [md5('E', 'a')]]);
  assert.equal(grouped({ platform: 'javascript', exception: [{ type: 'E', value: 'x', stacktrace: mapped }] }).unmapped, undefined);
});

test('an event is not changed', () => {
  const one = event({ exception: [exception('E', 'x', cart)], fingerprint: ['{{ default }}', 'a'] });
  const before = structuredClone(one);
  grouped(one);
  assert.deepEqual(one, before);
});
