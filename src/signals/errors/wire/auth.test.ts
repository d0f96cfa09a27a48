import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../../core/errors.ts';
import { type AuthSources, readCredentials } from './auth.ts';
import { parseDsn } from './dsn.ts';

const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

const FORMS: [what: string, sources: AuthSources, client: string, version?: number][] = [
  ['header of Python', { xSentryAuth: `Sentry sentry_key=${KEY}, sentry_version=7, sentry_client=sentry.python/1.9.10` }, 'sentry.python/1.9.10'],
  [
    'header of raven, with a secret and a timestamp',
    { xSentryAuth: `Sentry sentry_version=5, sentry_timestamp=1795336452358, sentry_client=raven-node/2.6.4, sentry_key=${KEY}, sentry_secret=s` },
    'raven-node/2.6.4',
    5,
  ],
  ['header without blanks', { xSentryAuth: `Sentry sentry_key=${KEY},sentry_client=a/1,sentry_version=4` }, 'a/1', 4],
  ['header without its first word', { xSentryAuth: `sentry_key=${KEY}` }, ''],
  ['query', { query: `sentry_version=7&sentry_key=${KEY}&sentry_client=sentry.javascript.browser%2F8.55.2` }, 'sentry.javascript.browser/8.55.2'],
  ['query of a CSP report', { query: `sentry_key=${KEY}&sentry_environment=prod` }, ''],
  ['Authorization: Sentry', { authorization: `Sentry sentry_key=${KEY}` }, ''],
  ['Authorization: Basic', { authorization: `Basic ${Buffer.from(`${KEY}:`).toString('base64')}` }, ''],
  ['Authorization: DSN', { authorization: `DSN https://${KEY}@errors.test/1` }, ''],
  ['DSN of the envelope', { dsn: `http://${KEY}@127.0.0.1:9128/8` }, ''],
  ['key in capitals', { query: `sentry_key=${KEY.toUpperCase()}` }, ''],
];

test('a key is found in every form that clients send', () => {
  for (const [what, sources, client, version = 7] of FORMS) assert.deepEqual(readCredentials(sources), { key: KEY, version, client }, what);
});

test('the first form with a key counts: header, query, Authorization, envelope', () => {
  const other = '0'.repeat(32);
  assert.equal(readCredentials({ xSentryAuth: `Sentry sentry_key=${KEY}`, query: `sentry_key=${other}`, dsn: `http://${other}@h/1` }).key, KEY);
  assert.equal(readCredentials({ xSentryAuth: 'Sentry sentry_version=7', query: `sentry_key=${KEY}` }).key, KEY);
  assert.equal(readCredentials({ authorization: 'Bearer abc', dsn: `http://${KEY}@h/1` }).key, KEY);
});

test('a request without a key is 401, one with a wrong key 403, one of a later protocol 400', () => {
  for (const sources of [{}, { query: 'a=b' }, { dsn: 'nonsense' }, { authorization: 'Basic' }])
    assert.throws(() => readCredentials(sources), { code: 'no_key', status: 401 });
  for (const key of ['abc', `${KEY}0`, 'g'.repeat(32)]) assert.throws(() => readCredentials({ query: `sentry_key=${key}` }), { code: 'bad_key', status: 403 });
  for (const version of ['8', '1', 'x'])
    assert.throws(() => readCredentials({ query: `sentry_key=${KEY}&sentry_version=${version}` }), { code: 'bad_version', status: 400 });
});

test('a DSN may have a path before its project', () => {
  assert.deepEqual(parseDsn(`http://${KEY}@host:8080/mon/errors/1`), { key: KEY, host: 'host:8080', path: '/mon/errors', project: '1' });
  assert.deepEqual(parseDsn(`https://${KEY}:secret@host/1/`), { key: KEY, host: 'host', path: '', project: '1' });
  for (const text of ['', 'x', `ftp://${KEY}@h/1`, 'http://h/1', `http://${KEY}@h/`, 7, undefined, `http://${KEY}@h/${'a'.repeat(3000)}`])
    assert.equal(parseDsn(text), undefined);
});

test('whatever is sent, there are credentials or a HeedError', () => {
  const text = fc.option(
    fc.oneof(
      fc.string(),
      fc.string().map((value) => `Sentry sentry_key=${value}`),
      fc.string().map((value) => `Basic ${value}`),
    ),
    { nil: undefined },
  );
  fc.assert(
    fc.property(fc.record({ xSentryAuth: text, query: text, authorization: text, dsn: text }), (sources) => {
      try {
        assert.match(readCredentials(sources).key, /^[0-9a-f]{32}$/);
      } catch (error) {
        assert.ok(error instanceof HeedError);
      }
    }),
  );
});
