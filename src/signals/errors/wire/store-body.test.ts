import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { HeedError } from '../../../core/errors.ts';
import { readStoreBody, readStoreQuery } from './store-body.ts';

const MOST = 1_000_000;
const EVENT = { message: 'queue depth 1234 ✓', extra: { text: 'x'.repeat(500) } };
const JSON_BYTES = Buffer.from(JSON.stringify(EVENT));
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

test('an event comes out of every packing of /store/', async () => {
  const bodies = [
    JSON_BYTES,
    Buffer.from(` \r\n${JSON_BYTES.toString()}`),
    deflateSync(JSON_BYTES),
    gzipSync(JSON_BYTES),
    Buffer.from(base64(JSON_BYTES)),
    Buffer.from(base64(deflateSync(JSON_BYTES))),
    Buffer.from(base64(gzipSync(JSON_BYTES))),
    Buffer.from(base64(deflateSync(JSON_BYTES)).replace(/.{76}/g, '$&\r\n')),
    Buffer.from(deflateSync(JSON_BYTES).toString('base64url')),
  ];
  for (const [index, body] of bodies.entries()) assert.deepEqual(await readStoreBody(body, MOST), EVENT, String(index));
});

test('a GET carries it in its address', async () => {
  const packed = base64(deflateSync(JSON_BYTES));
  assert.deepEqual(await readStoreQuery(`sentry_version=4&sentry_data=${encodeURIComponent(packed)}`, MOST), EVENT);
  assert.deepEqual(await readStoreQuery(`sentry_data=${packed}`, MOST), EVENT);
  assert.deepEqual(await readStoreQuery(`sentry_data=${encodeURIComponent('{"a":"b c"}')}`, MOST), { a: 'b c' });
  await assert.rejects(readStoreQuery('a=b', MOST), { code: 'bad_store_body' });
});

test('a bomb ends at the limit', async () => {
  const bomb = deflateSync(Buffer.alloc(5_000_000));
  await assert.rejects(readStoreBody(bomb, MOST), { code: 'body_too_large', status: 413 });
  await assert.rejects(readStoreBody(Buffer.from(base64(bomb)), MOST), { code: 'body_too_large' });
});

test('anything else is a HeedError', async () => {
  await assert.rejects(readStoreBody(Buffer.from('hello'), MOST), { code: 'bad_store_body' });
  const property = fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, packed) => {
    try {
      await readStoreBody(packed ? deflateSync(bytes) : bytes, MOST);
    } catch (error) {
      assert.ok(error instanceof HeedError);
    }
  });
  await fc.assert(property);
});
