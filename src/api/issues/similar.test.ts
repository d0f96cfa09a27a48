import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ALIKE, type Compared, likeness } from './similar.ts';

const issue = (type: string, value: string, culprit = ''): Compared => ({ title: `${type}: ${value}`, metadata: { type, value }, culprit });

test('what says the same with other numbers is alike, what only shares its type is not', () => {
  const one = issue('TimeoutError', 'payment 1234 took 30 s', 'pay.ts in pay');
  assert.ok(likeness(one, issue('TimeoutError', 'payment 99 took 31 s', 'retry.ts in again')) >= ALIKE);
  assert.ok(likeness(one, issue('TimeoutError', 'search did not answer', 'search.ts in ask')) < ALIKE);
  assert.ok(likeness(one, issue('PaymentError', 'payment 7 took 30 s', 'pay.ts in pay')) >= ALIKE);
  assert.equal(likeness(issue('', '', ''), issue('', '', '')), 0);
});

test('it is the same both ways, between 0 and 1, and 1 for the very same', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'bc', ' ', '1', 'ä'), maxLength: 12 });
  const some = fc.tuple(text, text, text).map(([type, value, culprit]) => issue(type, value, culprit));
  fc.assert(
    fc.property(some, some, (a, b) => {
      const found = likeness(a, b);
      assert.equal(found, likeness(b, a));
      assert.ok(found >= 0 && found <= 1);
      assert.ok(likeness(a, a) >= found || a.culprit === '' || a.metadata.type === '');
    }),
  );
});
