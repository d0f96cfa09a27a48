import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccess } from './doctor-system.ts';

const HERE = { host: '127.0.0.1', port: 4400 };
const AWAY = { host: '0.0.0.0', port: 4400 };

const told = (token: string, auth: 'loopback-open' | 'required', people: boolean, bound = AWAY): string[] =>
  checkAccess({ token, auth }, people, bound, []).map(({ state, subject, text }) => `${state} ${subject}: ${text}`);

test('who may ask is said as it is, by people, token and address', () => {
  assert.deepEqual(told('', 'loopback-open', false, HERE), ['ok HTTP: listens on http 127.0.0.1:4400, for this machine only']);
  assert.deepEqual(told('', 'loopback-open', false), [
    'warn HTTP: listens on http 0.0.0.0:4400, but without a token or people who sign in it answers this machine only',
  ]);
  assert.equal(told('', 'required', false, HERE).at(-1), 'bad Access: every request needs a sign-in or a token, and nobody has one');
  assert.deepEqual(told('s3cret', 'required', false), ['none HTTP: listens on http 0.0.0.0:4400; other machines need a token, which travels unencrypted']);
  for (const token of ['', 's3cret'])
    assert.deepEqual(told(token, 'required', true), [
      'none HTTP: listens on http 0.0.0.0:4400; other machines need a sign-in or a token, which travels unencrypted',
    ]);
  assert.equal(told('', 'required', true, HERE).length, 1);
});
