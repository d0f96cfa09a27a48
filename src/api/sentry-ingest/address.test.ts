import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { plainIngestAddress } from './address.ts';

test('the path of a DSN and the last slash go from what clients post to', () => {
  for (const [sent, plain] of [
    ['/api/1/envelope/', '/api/1/envelope'],
    ['/api/1/envelope', '/api/1/envelope'],
    ['/mon/errors/api/12/envelope/?sentry_key=a', '/api/12/envelope?sentry_key=a'],
    ['/x/api/store/', '/api/store'],
    ['/api/1/cron/night-backup/0123/?status=ok', '/api/1/cron/night-backup/0123?status=ok'],
    ['/api/0/projects/o/p/user-feedback/', '/api/0/projects/o/p/user-feedback'],
    ['/api/v1/now', '/api/v1/now'],
    ['/api/v1/now/', '/api/v1/now/'],
    ['/metrics/?q=/api/1/envelope/', '/metrics/?q=/api/1/envelope/'],
    ['/api/x/envelope/', '/api/x/envelope/'],
  ])
    assert.equal(plainIngestAddress(sent), plain);
});

test('an address is changed to one of ours or not at all, and twice is as once', () => {
  const piece = fc.constantFrom('/', 'api', '/api/', '1', 'envelope', 'store', '?', '..', '%2f', 'v1', 'cron', 'x');
  const property = fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
    const url = `/${pieces.join('')}`;
    const plain = plainIngestAddress(url);
    assert.ok(plain === url || /^\/api\/(\d+\/|store|tunnel|embed|0\/)/.test(plain));
    assert.equal(plainIngestAddress(plain), plain);
  });
  fc.assert(property);
});
