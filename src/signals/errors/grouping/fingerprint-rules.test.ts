import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { ErrorEvent } from '../../../core/error-event.ts';
import { HeedError } from '../../../core/errors.ts';
import { exception, frames, grouped } from './event.fixture.ts';
import { compileFingerprintRules } from './fingerprint-rule-set.ts';
import { parseFingerprintRules, writeFingerprintRule } from './fingerprint-rules.ts';

/** A record as an object literal makes it, so that it equals one. */
const plainRecord = <T>(parts: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> => fc.record(parts, { noNullPrototype: true }) as fc.Arbitrary<T>;

const fails = (text: string, why: RegExp): void =>
  assert.throws(
    () => parseFingerprintRules(text),
    (error) => error instanceof HeedError && error.code === 'bad_rules' && why.test(error.message),
  );

/** The fingerprint that a rule text gives an event, or undefined. */
function given(rules: string, fields: Partial<ErrorEvent>): string[] | undefined {
  const { grouping } = grouped(fields, { fingerprintRules: compileFingerprintRules(rules) });
  return grouping.fingerprint?.by === 'rule' ? grouping.fingerprint.values : undefined;
}

const refused = { exception: [exception('ConnError', 'Connection refused by 10.0.0.1')] };

test('a rule is matchers, an arrow, values with commas between them, and perhaps a title', () => {
  const [rule] = parseFingerprintRules('error.type:ConnError !level:debug -> conn, {{transaction}} {{ default }}, "a, b" title="No \\"link\\""');
  assert.deepEqual(rule.fingerprint, ['conn', '{{transaction}}', '{{ default }}', 'a, b']);
  assert.equal(rule.title, 'No "link"');
  assert.deepEqual(
    rule.matchers.map(({ field, written }) => [field, written.negated]),
    [
      ['type', false],
      ['level', true],
    ],
  );
});

test('what cannot be read is refused with its line and what to write', () => {
  fails('# x\nerror.type:A', /cannot read fingerprint rules: line 2: '->' and a fingerprint must follow/);
  fails('error.type:A ->', /line 1: a fingerprint must follow '->'/);
  fails('-> x', /a matcher such as error\.type:Name .* must stand before '-> x'/);
  fails('colour:red -> x', /there is no matcher 'colour'; there are tags\.NAME, error\.type/);
  fails('message:x -> y subtitle="z"', /there is no attribute 'subtitle', only title/);
  fails('message:x -> "y', /'"y' is no value of a fingerprint; put it in quotes/);
});

test('what is written is read back the same', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '*', ' ', ',', '"', '\\', '#', '{', '}', '-', '>', '=', 'é'), minLength: 1, maxLength: 8 });
  const key = fc.constantFrom('message', 'error.type', 'tags.region', 'stack.abs_path', 'release');
  const matchers = fc.array(plainRecord({ key, argument: text, negated: fc.boolean() }), { minLength: 1, maxLength: 3 });
  const values = fc.array(fc.oneof(text, fc.constantFrom('{{ default }}', '{{ tags.region }}', 'plain')), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(matchers, values, fc.option(text, { nil: undefined }), (written, fingerprint, title) => {
      const parts = { matchers: written.map((written) => ({ field: 'message' as const, written, matches: () => true })), fingerprint, title };
      const [rule] = parseFingerprintRules(writeFingerprintRule(parts));
      assert.deepEqual([rule.matchers.map(({ written }) => written), rule.fingerprint, rule.title], [written, fingerprint, title]);
    }),
  );
});

test('the first rule that matches is taken', () => {
  assert.deepEqual(given('error.type:Other -> a\nerror.type:Conn* -> b\nerror.type:ConnError -> c', refused), ['b']);
});

test('message is the message or the value of an exception, in any case; a type is compared in its case', () => {
  assert.deepEqual(given('message:"*REFUSED*" -> x', refused), ['x']);
  assert.deepEqual(given('message:"queue *" -> x', { logentry: { formatted: ' Queue full ' } }), ['x']);
  assert.equal(given('error.type:connerror -> x', refused), undefined);
});

test('type and value must be of the same exception', () => {
  const two = { exception: [exception('A', 'one'), exception('B', 'two')] };
  assert.equal(given('error.type:A error.value:two -> x', two), undefined);
  assert.deepEqual(given('error.type:B error.value:two -> x', two), ['x']);
});

test('matchers of frames must hit the same frame', () => {
  const stack = { exception: [exception('A', 'x', frames('shop/cart.py:total', 'shop/tax.py:rate'))] };
  assert.equal(given('stack.abs_path:**/cart.py stack.function:rate -> x', stack), undefined);
  assert.deepEqual(given('path:**/tax.py function:rate app:yes -> x', stack), ['x']);
  assert.equal(given('function:rate app:no -> x', stack), undefined);
});

test('a matcher with ! before it holds where the event has nothing of the kind', () => {
  assert.deepEqual(given('!tags.region:eu error.type:* -> x', refused), ['x']);
  assert.equal(given('!tags.region:eu error.type:* -> x', { ...refused, tags: [['region', 'eu']] }), undefined);
});

test('tags, logger, level, release, family and client are matched', () => {
  const rich: Partial<ErrorEvent> = {
    ...refused,
    logger: 'shop.pay',
    level: 'warning',
    release: 'Shop@1.2',
    tags: [['region', 'eu-1']],
    sdk: { name: 'sentry.python', version: '1.9' },
  };
  assert.deepEqual(given('tags.region:eu-* logger:shop.* level:WARNING release:shop@1* family:other,native sdk:sentry.python -> x', rich), ['x']);
  assert.equal(given('sdk:sentry.ruby -> x', rich), undefined);
});

test('the title of the rule is handed on with its variables replaced', () => {
  const rules = compileFingerprintRules('error.type:ConnError -> conn title="No link in {{ transaction }} ({{ error.type }}, {{ nothing }})"');
  assert.equal(grouped({ ...refused, transaction: '/pay' }, { fingerprintRules: rules }).title, 'No link in /pay (ConnError, {{ nothing }})');
});

test('a page that asks for files of a release that is gone is one problem', () => {
  const first = grouped({ platform: 'javascript', exception: [exception('ChunkLoadError', 'Loading chunk 7 failed')] });
  const second = grouped({ platform: 'javascript', exception: [exception('Error', 'ChunkLoadError: Loading chunk vendors failed')] });
  assert.equal(first.hashes[0], second.hashes[0]);
  assert.equal(first.grouping.fingerprint?.by, 'built-in rule');
  const own = compileFingerprintRules('error.type:ChunkLoadError -> mine');
  assert.deepEqual(grouped({ platform: 'javascript', exception: [exception('ChunkLoadError', 'x')] }, { fingerprintRules: own }).grouping.variants[0].values, [
    'mine',
  ]);
});

test('a text of rules is compiled once', () => {
  assert.equal(compileFingerprintRules('error.type:A -> a'), compileFingerprintRules('error.type:A -> a'));
});
