import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { errandCookie, errandOf, localPath } from './errand-cookie.ts';

const ERRAND = { state: 's', nonce: 'n', verifier: 'v', to: '/errors?q=is:open' };

test('what a browser leaves for is read back', () => {
  const cookie = errandCookie(ERRAND, {});
  assert.match(cookie, /; Path=\/sign-in; HttpOnly; SameSite=Lax; Max-Age=600$/);
  assert.match(errandCookie(ERRAND, { 'x-forwarded-proto': 'https' }), /; Secure$/);
  assert.deepEqual(errandOf(`x=y; ${cookie.split(';', 1)[0]}`), ERRAND);
  for (const none of [
    undefined,
    '',
    'heed_errand=',
    'heed_errand=x',
    `heed_errand=${Buffer.from('null').toString('base64url')}`,
    `heed_errand=${Buffer.from('{"state":1}').toString('base64url')}`,
  ])
    assert.equal(errandOf(none), undefined, none);
});

test('nobody is sent to another server', () => {
  assert.equal(localPath('/errors?q=1'), '/errors?q=1');
  for (const odd of [
    '',
    'errors',
    '//evil.example.com',
    '/\\evil.example.com',
    'https://evil.example.com/',
    '/\t/evil.example.com',
    `/${'x'.repeat(1001)}`,
    '/..//evil.example.com',
  ])
    assert.equal(localPath(odd), '/', odd);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((rest) => `/${rest}`),
      ),
      (text) => {
        assert.equal(new URL(localPath(text), 'http://own.example').origin, 'http://own.example', text);
      },
    ),
  );
});

test('whatever comes as a cookie is read without a fault', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void errandOf(`heed_errand=${text}`)));
});
