import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { keptCodecs, MOST_INFLATED, MOST_PACKED } from './kept-codecs.ts';

const codecs = keptCodecs();
const skip = codecs ? false : 'this Node or system has none';
const gunzip = (bytes: Uint8Array): Uint8Array | undefined => codecs?.gunzip(bytes);
const zstd = (bytes: Uint8Array, dictionary?: Uint8Array): Uint8Array | undefined => codecs?.zstd(bytes, dictionary);

/** Some that shrink and some that do not. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc.tuple(fc.string({ maxLength: 40 }), fc.nat({ max: 3000 })).map(([text, times]) => Buffer.from(text.repeat(times).slice(0, 200_000))),
);

void test('what is inflated is what was packed, and stays while more is inflated', { skip }, () => {
  const kept: [expected: Uint8Array, inflated: Uint8Array | undefined][] = [];
  fc.assert(
    fc.property(bytes, fc.integer({ min: 0, max: 9 }), (given, level) => {
      kept.push([given, gunzip(gzipSync(given, { level }))]);
    }),
    { numRuns: 300 },
  );
  for (const [expected, inflated] of kept) assert.ok(inflated && Buffer.compare(expected, inflated) === 0);
});

void test('what is damaged, cut, no gzip, followed by more or too large is left to node:zlib', { skip }, () => {
  const packed = gzipSync('hello '.repeat(100));
  assert.equal(gunzip(new Uint8Array()), undefined);
  assert.equal(gunzip(packed.subarray(0, -1)), undefined);
  assert.equal(gunzip(Buffer.concat([packed, packed])), undefined);
  assert.equal(gunzip(deflateSync('hello')), undefined);
  assert.equal(gunzip(Buffer.from('nonsense')), undefined);
  assert.equal(gunzip(gzipSync(Buffer.alloc(MOST_INFLATED + 1))), undefined);
  assert.equal(gunzip(gzipSync(Buffer.alloc(MOST_INFLATED)))?.length, MOST_INFLATED);
  fc.assert(
    fc.property(fc.nat(), fc.nat(7), (at, bit) => {
      const changed = Buffer.from(packed);
      changed[at % packed.length] ^= 1 << bit;
      const inflated = gunzip(changed);
      // Some bits of the header mean nothing.
      if (inflated) assert.deepEqual(Buffer.from(inflated), gunzipSync(changed));
      assert.equal(Buffer.from(gunzip(packed) ?? []).toString(), 'hello '.repeat(100), 'the next is none the worse');
    }),
  );
});

void test('what is packed is what node:zlib unpacks, by a dictionary or none', { skip }, () => {
  fc.assert(
    fc.property(bytes, fc.option(bytes, { nil: undefined }), (given, dictionary) => {
      const packed = zstd(given, dictionary);
      assert.ok(packed);
      const options = dictionary && dictionary.length > 0 ? { dictionary } : {};
      assert.equal(Buffer.compare(zstdDecompressSync(packed, options), given), 0);
    }),
    { numRuns: 300 },
  );
  const [like, other] = [Buffer.from('{"a":1,"b":"words of an event"}'.repeat(20)), Buffer.from('{"a":2,"b":"words of an event"}'.repeat(20))];
  assert.ok((zstd(other, like)?.length ?? 0) < (zstd(other)?.length ?? 0) * 2);
  assert.equal(zstd(new Uint8Array(MOST_PACKED + 1)), undefined);
});

void test('a bit that is flipped in what was packed is noticed', { skip }, () => {
  const given = Buffer.from('{"event":"one of many"}'.repeat(50));
  const packed = Buffer.from(zstd(given) ?? []);
  for (let at = 0; at < packed.length; at++) {
    const changed = Buffer.from(packed);
    changed[at] ^= 4;
    assert.throws(() => {
      if (zstdDecompressSync(changed, { maxOutputLength: 1_000_000 }).equals(given)) throw new Error('the same all the same');
    });
  }
});
