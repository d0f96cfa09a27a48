import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorEvent } from '../../../core/error-event.ts';
import { exception, frames, grouped } from './event.fixture.ts';
import { explainGrouping } from './explain.ts';
import { compileFingerprintRules } from './fingerprint-rule-set.ts';
import type { GroupingOptions } from './group-event.ts';
import { compileStackRules } from './stack-rule-set.ts';

const explained = (fields: Partial<ErrorEvent>, options?: GroupingOptions): string[] => explainGrouping(grouped(fields, options).grouping);
const error = { exception: [exception('ValueError', 'bad rate 7', frames('-flask/app.py:dispatch', 'shop/cart.py:total', 'shop/tax.py:rate'))] };

test('it says what an event is grouped by, what not, and what else leads there', () => {
  assert.deepEqual(explained({ ...error, logentry: { formatted: 'oh' } }), [
    'Grouped by type ValueError and 2 in-app frames: tax.py rate, cart.py total.',
    'Not by: value (the stack trace decides); frame (out of the app, says the client); message (the exception comes first).',
    'An issue that has all of its frames, those of libraries too, takes it as well.',
  ]);
});

test('a message is shown as it counts', () => {
  assert.deepEqual(explained({ logentry: { formatted: 'queue 1234 is long' } }), ['Grouped by message "queue <int> is long".']);
});

test('a chain is told one exception after another, the frames nearest to the error first', () => {
  const chain = [exception('KeyError', 'k'), exception('CartError', 'c', frames('a.py:a', 'b.py:b', 'c.py:c', 'd.py:d'))];
  assert.equal(
    explained({ exception: chain })[0],
    'Grouped by 2 exceptions: type KeyError and value "k"; then type CartError and 4 in-app frames: d.py d, c.py c, b.py b and 1 more.',
  );
});

test('who gave a fingerprint is told', () => {
  assert.equal(explained({ ...error, fingerprint: ['pay', 'eu'] })[0], 'Grouped by the fingerprint "pay", "eu", which the client gave.');
  assert.equal(
    explained({ ...error, fingerprint: ['{{ default }}', 'tenant-7'] })[0],
    'Grouped by type ValueError and 2 in-app frames: tax.py rate, cart.py total, and by "tenant-7", which the client gave.',
  );
  const fingerprintRules = compileFingerprintRules('error.type:ValueError -> bad-value');
  assert.equal(explained(error, { fingerprintRules })[0], 'Grouped by the fingerprint "bad-value", which the rule error.type:ValueError -> bad-value gives.');
});

test('a rule that set a frame aside is named', () => {
  const [, why] = explained(error, { stackRules: compileStackRules('function:rate -group') });
  assert.match(why, /frame \(by the rule function:rate -group\)/);
});

test('a report, a checksum and an event with nothing in it are explained', () => {
  assert.deepEqual(explained({ type: 'csp', csp: { effective_directive: 'img-src', blocked_uri: 'http://a.example/x' } }), [
    'Grouped by the kind "img-src" and what was blocked, "a.example".',
  ]);
  assert.equal(explained({ checksum: 'mine' })[0], 'Grouped by the checksum "mine", which the client gave.');
  assert.deepEqual(explained({ transaction: '/pay' }), ['Grouped by transaction and level, since there is nothing else in it.']);
});
