import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { newSecret, sessionSecret, signInCookie, signOutCookie } from './cookie.ts';

test('what signs in is read back among other cookies', () => {
  const secret = newSecret();
  const [pair] = signInCookie(secret, {}).split(';', 1);
  assert.equal(sessionSecret(`theme=dark; ${pair}; x=y=z`), secret);
  assert.equal(sessionSecret(signOutCookie({}).split(';', 1)[0]), undefined);
  for (const none of [undefined, '', 'heed_session', 'heed_session=', 'heed_session=short', `xheed_session=${secret}`, `heed_session=${secret}x`])
    assert.equal(sessionSecret(none), undefined, none);
});

test('no script and no other site gets at it, and over TLS nobody on the way', () => {
  const plain = signInCookie(newSecret(), { origin: 'http://127.0.0.1:4400' });
  assert.match(plain, /; Path=\/; HttpOnly; SameSite=Lax; Max-Age=7776000$/);
  for (const headers of [{ origin: 'https://heed.example.org' }, { 'x-forwarded-proto': 'https' }])
    assert.match(signInCookie(newSecret(), headers), /; Secure$/);
});

test('whatever a client sends is read without a fault', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const secret = sessionSecret(text);
      assert.ok(secret === undefined || /^[\w-]{43}$/.test(secret));
    }),
  );
});
