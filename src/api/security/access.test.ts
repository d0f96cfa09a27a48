import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mustBeOwnOrigin, mustHaveAccess, type AccessRules, type Caller } from './access.ts';

const OPEN: AccessRules = { token: '', auth: 'loopback-open', bindHost: '127.0.0.1' };
const TOKEN: AccessRules = { ...OPEN, token: 's3cret' };

const caller = (address: string, headers: Caller['headers'] = {}): Caller => ({ address, headers: { host: '127.0.0.1:4400', ...headers } });
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

function passes(rules: AccessRules, who: Caller): boolean {
  try {
    mustHaveAccess(rules, who);
    return true;
  } catch (error) {
    assert.equal((error as { status: number }).status, rules.token === '' ? 403 : 401);
    return false;
  }
}

test('on this machine nobody is asked', () => {
  assert.ok(passes(OPEN, caller('127.0.0.1')));
  assert.ok(passes(TOKEN, caller('::1', { host: '[::1]:4400' })));
  assert.ok(passes(OPEN, caller('::ffff:127.0.0.1', { host: 'localhost:9999' })));
});

test('other machines need the token', () => {
  assert.ok(!passes(OPEN, caller('10.0.0.9')));
  assert.ok(!passes(TOKEN, caller('10.0.0.9')));
  assert.ok(!passes(OPEN, caller('10.0.0.9', { authorization: 'Bearer ' })));
  assert.ok(!passes(OPEN, { address: undefined, headers: { host: 'localhost' } }));
  assert.ok(passes(TOKEN, caller('10.0.0.9', { authorization: 'Bearer s3cret', host: 'heed.example.org' })));
  assert.ok(passes(TOKEN, caller('10.0.0.9', { authorization: basic('anybody:s3cret') })));
});

test('a wrong token is refused even on this machine', () => {
  for (const authorization of ['Bearer s3cre', 'Bearer s3cret2', 'Bearer S3CRET', 'bearer', basic('s3cret'), basic('s3cret:'), basic('a:b:s3cret')])
    assert.equal(passes(TOKEN, caller('127.0.0.1', { authorization })), authorization === basic('s3cret'), authorization);
});

test('required asks everywhere', () => {
  assert.ok(!passes({ ...TOKEN, auth: 'required' }, caller('127.0.0.1')));
  assert.ok(passes({ ...TOKEN, auth: 'required' }, caller('127.0.0.1', { authorization: 'Bearer s3cret' })));
  assert.ok(!passes({ ...OPEN, auth: 'required' }, caller('127.0.0.1', { authorization: 'Bearer ' })));
});

test('a foreign name that points here is refused, the name that was configured is not', () => {
  assert.ok(!passes(OPEN, caller('127.0.0.1', { host: 'evil.example.com:4400' })));
  assert.ok(!passes(OPEN, { address: '127.0.0.1', headers: {} }));
  assert.ok(passes({ ...OPEN, bindHost: 'heed.lan' }, caller('127.0.0.1', { host: 'Heed.lan:4400' })));
  assert.ok(!passes({ ...OPEN, bindHost: '0.0.0.0' }, caller('127.0.0.1', { host: '0.0.0.0' })));
});

test('a proxy on this machine does not open us to those behind it', () => {
  assert.ok(!passes(OPEN, caller('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })));
  assert.ok(!passes(OPEN, caller('127.0.0.1', { 'x-forwarded-for': '127.0.0.1, 203.0.113.9' })));
  assert.ok(!passes(OPEN, caller('127.0.0.1', { 'x-real-ip': '203.0.113.9' })));
  assert.ok(!passes(OPEN, caller('127.0.0.1', { forwarded: 'for=203.0.113.9' })));
  assert.ok(passes(OPEN, caller('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })), 'Grafana and its browser on this machine');
});

test('what changes something must come from a page of ours, or from no page', () => {
  const own = (headers: Caller['headers']): boolean => {
    try {
      mustBeOwnOrigin({ host: '127.0.0.1:4400', ...headers });
      return true;
    } catch (error) {
      assert.equal((error as { status: number }).status, 403);
      return false;
    }
  };
  assert.ok(own({}));
  assert.ok(own({ origin: 'http://127.0.0.1:4400' }));
  assert.ok(own({ origin: 'https://127.0.0.1:4400' }), 'TLS ends at a proxy');
  assert.ok(own({ 'sec-fetch-site': 'same-origin' }));
  assert.ok(!own({ origin: 'http://127.0.0.1:4401' }), 'another port is another origin');
  assert.ok(!own({ origin: 'http://evil.example.com' }));
  assert.ok(!own({ origin: 'null' }));
  assert.ok(!own({ origin: 'http://127.0.0.1:4400/x' }));
  assert.ok(!own({ 'sec-fetch-site': 'cross-site' }));
  assert.ok(!own({ 'sec-fetch-site': 'same-site' }));
  assert.ok(!own({ origin: 'http://x', host: undefined }));
});
