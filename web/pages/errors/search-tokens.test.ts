import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { inTab, queryOf, tabOf, term, tokensOf, withTerm } from './search-tokens.ts';

test('a search falls into conditions and words', () => {
  assert.deepEqual(
    tokensOf(' is:unresolved  !level:error release:"web 1.4" cannot read release:[1.0, 2.0] "in quotes: this"').map(({ key, value }) => [key, value]),
    [
      ['is', 'unresolved'],
      ['!level', 'error'],
      ['release', 'web 1.4'],
      ['', 'cannot read'],
      ['release', '[1.0, 2.0]'],
      ['', 'in quotes: this'],
    ],
  );
  assert.deepEqual(tokensOf('   '), []);
});

test('conditions put together again are the same search', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (query) => {
      const text = queryOf(tokensOf(query));
      assert.equal(queryOf(tokensOf(text)), text);
      assert.equal(text.replace(/\s/g, ''), query.replace(/\s/g, ''));
    }),
  );
});

test('whatever a tag holds, its condition reads back as that key and value', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (value) => {
      const [token, ...more] = tokensOf(term('user.email', value));
      assert.deepEqual([token.key, token.value, more.length], ['user.email', value, 0]);
    }),
  );
  assert.equal(term('release', 'shop@1.4.2'), 'release:shop@1.4.2');
  assert.equal(term('url', 'https://x.test/?a="b"'), 'url:"https://x.test/?a=\\"b\\""');
});

test('a condition is added once', () => {
  assert.equal(withTerm('is:new', 'level:error'), 'is:new level:error');
  assert.equal(withTerm('is:new level:error', 'level:error'), 'is:new level:error');
});

test('a tab is the state that is searched for', () => {
  assert.equal(tabOf('is:unresolved release:1'), 'open');
  assert.equal(tabOf('is:regressed'), 'back');
  assert.equal(tabOf('release:1'), undefined);
  assert.equal(tabOf('is:new is:archived'), undefined);
  assert.equal(inTab('is:unresolved release:1 is:assigned words', 'archived'), 'is:archived release:1 is:assigned words');
});
