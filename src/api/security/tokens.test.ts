import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carriedToken, hashOf, mustAllow, newToken } from './tokens.ts';

test("a token tells Sentry's tools the server and the organisation, and no two are the same", () => {
  const { token, hash, ending } = newToken('http://heed:4400', 1_700_000_000_000);
  const [, told] = /^sntrys_([A-Za-z0-9+/]+=*)_[A-Za-z0-9+/]{43}$/.exec(token) ?? assert.fail(token);
  assert.deepEqual(JSON.parse(Buffer.from(told, 'base64').toString()), {
    iat: 1_700_000_000,
    url: 'http://heed:4400',
    region_url: 'http://heed:4400',
    org: 'heed',
  });
  assert.deepEqual([hash, ending], [hashOf(token), token.slice(-4)]);
  assert.notEqual(newToken('http://heed:4400', 1_700_000_000_000).token, token);
});

test('a token is taken from where clients put it', () => {
  const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;
  assert.equal(carriedToken('Bearer abc'), 'abc');
  assert.equal(carriedToken('bearer   abc'), 'abc');
  assert.equal(carriedToken(basic('ann:a:b')), 'a:b');
  assert.equal(carriedToken(basic('abc')), 'abc');
  for (const none of [undefined, '', 'Bearer', 'Bearer ', 'Digest abc', 'DSN https://a@b/1']) assert.equal(carriedToken(none), undefined);
});

test('a token may what its scopes bring, and is told what else it takes', () => {
  mustAllow({ label: 'CI', scopes: ['event:admin'] }, ['event:read']);
  mustAllow({ label: 'CI', scopes: ['org:ci'] }, ['project:releases', 'project:write']);
  mustAllow({ label: 'all', scopes: ['org:admin'] }, ['metrics:write']);
  assert.throws(() => mustAllow({ label: 'CI', scopes: ['org:ci'] }, ['event:write', 'org:admin']), {
    code: 'no_scope',
    status: 403,
    message: "cannot answer: the token 'CI' may not do this; it takes one with event:write or org:admin",
  });
  assert.throws(() => mustAllow({ label: 'none', scopes: [] }, ['metrics:read']), { code: 'no_scope' });
});
