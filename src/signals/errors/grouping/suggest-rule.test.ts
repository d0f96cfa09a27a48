import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { event, exception, frames } from './event.fixture.ts';
import { compileFingerprintRules } from './fingerprint-rule-set.ts';
import { groupEvent } from './group-event.ts';
import { suggestRule } from './suggest-rule.ts';

test('a rule is made of what was thrown, with a star for what differs', () => {
  const thrown = event({ exception: [exception('KeyError', 'x'), exception('ConnError', 'order 1001 refused by 10.1.2.3 (try again)')] });
  assert.equal(suggestRule(thrown, 'SHOP-1A'), 'error.type:ConnError error.value:"order * refused by * (try again)" -> SHOP-1A');
  assert.equal(suggestRule(event({ logentry: { formatted: 'took 12 ms [slow]' } }), 'SHOP-2'), 'message:"took * ms ?slow?" -> SHOP-2');
  assert.equal(suggestRule(event({ exception: [exception('Oops', '17')] }), 'a b'), 'error.type:Oops -> "a b"');
  assert.equal(suggestRule(event(), 'SHOP-3'), '');
});

test('events that say the same from elsewhere are one issue by it', () => {
  const one = event({ exception: [exception('ConnError', 'no 1', frames('a.py:f'))] });
  const other = event({ exception: [exception('ConnError', 'no 2', frames('b.py:g'))] });
  const options = { fingerprintRules: compileFingerprintRules(suggestRule(one, 'SHOP-1')) };
  assert.notDeepEqual(groupEvent(one).hashes, groupEvent(other).hashes);
  assert.deepEqual(groupEvent(one, options).hashes, groupEvent(other, options).hashes);
});

test('whatever an event says, its rule can be read and matches it', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.stringMatching(/^[ a-z0-9"\\*?[\]{}#,:=>\n-]{0,40}$/));
  fc.assert(
    fc.property(fc.option(text), text, fc.boolean(), fc.string({ minLength: 1, maxLength: 10 }), (type, value, isThrown, name) => {
      const some = event(isThrown ? { exception: [exception(type, value)] } : { logentry: { formatted: value } });
      const rule = suggestRule(some, name);
      if (rule === '') return;
      assert.ok(!rule.includes('\n'));
      const { grouping } = groupEvent(some, { fingerprintRules: compileFingerprintRules(rule) });
      assert.equal(grouping.fingerprint?.by, 'rule', rule);
    }),
    { numRuns: 500 },
  );
});
