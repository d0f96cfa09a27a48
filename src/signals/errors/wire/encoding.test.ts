import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { HeedError } from '../../../core/errors.ts';
import { inflateBody } from './encoding.ts';

const MOST = 2_000_000;
const PACK = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync };

const read = async (bytes: Uint8Array, encoding?: string, most = MOST): Promise<Buffer> => Buffer.from(await inflateBody(bytes, encoding, most));

// Random, so that it does not shrink and takes the way of large bodies.
const large = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (Math.imul(i, 2_654_435_761) >>> 13) & 0xff));

test('every encoding is undone, small or large, at once or by a stream', async () => {
  for (const body of [Buffer.from('{"a":1}'), Buffer.alloc(500_000, 'abc '), large]) {
    for (const [name, pack] of Object.entries(PACK)) assert.ok(body.equals(await read(pack(body), name)), name);
    assert.ok(body.equals(await read(deflateRawSync(body), 'deflate')));
    assert.ok(body.equals(await read(gzipSync(body), 'X-GZIP')));
    assert.ok(body.equals(await read(gzipSync(brotliCompressSync(body)), 'br, gzip')));
    for (const none of [undefined, '', ' identity ']) assert.ok(body.equals(await read(body, none)));
  }
  assert.equal((await read(Buffer.alloc(0), 'gzip')).length, 0);
});

test('a bomb ends at the limit, also a bomb in a bomb', async () => {
  const zeros = Buffer.alloc(5_000_000);
  for (const [name, pack] of Object.entries(PACK)) await assert.rejects(read(pack(zeros), name), { code: 'body_too_large', status: 413 }, name);
  await assert.rejects(read(gzipSync(gzipSync(zeros)), 'gzip, gzip'), { code: 'body_too_large' });
  await assert.rejects(read(gzipSync('x'.repeat(101)), 'gzip', 100), { code: 'body_too_large' });
  await assert.rejects(read(zeros), { code: 'body_too_large' });
  await assert.rejects(read(brotliCompressSync(zeros), 'br', 100), { code: 'body_too_large' });
});

test('what is damaged, cut or unknown is told apart', async () => {
  for (const [name, pack] of Object.entries(PACK)) {
    for (const body of [Buffer.from('{"a":1}'), large]) {
      const packed = pack(body);
      await assert.rejects(read(packed.subarray(0, packed.length - 9), name), { code: 'bad_encoding', status: 400 }, name);
    }
    await assert.rejects(read(Buffer.from('\xff\xffnonsense'), name), { code: 'bad_encoding' }, name);
  }
  await assert.rejects(read(large, 'compress'), { code: 'unknown_encoding', status: 415 });
  await assert.rejects(read(large, 'gzip, gzip, gzip'), { code: 'unknown_encoding' });
});

test('bits flipped anywhere give other bytes or a HeedError', async () => {
  const property = fc.asyncProperty(fc.constantFrom(...Object.keys(PACK)), fc.nat(), fc.nat(7), async (name, at, bit) => {
    const packed = Buffer.from(PACK[name as keyof typeof PACK](Buffer.alloc(50_000, 'x1y2')));
    packed[at % packed.length] ^= 1 << bit;
    try {
      assert.ok((await read(packed, name)).length <= MOST);
    } catch (error) {
      assert.ok(error instanceof HeedError);
    }
  });
  await fc.assert(property, { numRuns: 200 });
});
