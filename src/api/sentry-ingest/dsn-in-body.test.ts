import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { HeedError } from '../../core/errors.ts';
import { dsnInBody } from './dsn-in-body.ts';

const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const ENVELOPE = `{"dsn":"http://${KEY}@heed.example.org/3","sdk":{}}\n{"type":"event"}\n{}\n`;

const PACKED: [encoding: string | undefined, bytes: Uint8Array][] = [
  [undefined, Buffer.from(ENVELOPE)],
  ['', Buffer.from(ENVELOPE)],
  ['gzip', gzipSync(ENVELOPE.repeat(50))],
  ['deflate', deflateSync(ENVELOPE.repeat(50))],
  ['br', brotliCompressSync(ENVELOPE.repeat(50))],
];

test('the DSN is found as soon as its line has come, compressed or not', () => {
  for (const [encoding, bytes] of PACKED) {
    assert.equal(dsnInBody(bytes, true, encoding)?.key, KEY, encoding);
    assert.equal(dsnInBody(bytes.subarray(0, 12), false, encoding), undefined, encoding);
  }
});

test('a body that names none is refused for want of a key, not looked through', () => {
  const refused: [body: Uint8Array, encoding?: string][] = [
    [Buffer.from('{}\n')],
    [Buffer.alloc(9000, 'x')],
    [gzipSync('x'.repeat(9000)), 'gzip'],
    [Buffer.from(ENVELOPE), 'zstd'],
  ];
  for (const [body, encoding] of refused) assert.throws(() => dsnInBody(body, true, encoding), { code: 'no_key', status: 401 });
  assert.throws(() => dsnInBody(Buffer.from('no gzip'), true, 'gzip'), { code: 'bad_encoding' });
  assert.throws(() => dsnInBody(gzipSync(Buffer.alloc(50_000_000)), false, 'gzip'), HeedError, 'a bomb');
});

test('whatever comes, a DSN is found, more is asked for, or it is refused', () => {
  const property = fc.property(fc.constantFrom(...PACKED), fc.nat(), fc.nat(), fc.boolean(), ([encoding, bytes], cut, flip, isWhole) => {
    const changed = Buffer.from(bytes.subarray(0, cut % (bytes.length + 1)));
    if (changed.length > 0) changed[flip % changed.length] ^= 1 << (flip % 8);
    try {
      dsnInBody(changed, isWhole, encoding);
    } catch (error) {
      assert.ok(error instanceof HeedError, String(error));
    }
  });
  fc.assert(property, { numRuns: 1000 });
});
