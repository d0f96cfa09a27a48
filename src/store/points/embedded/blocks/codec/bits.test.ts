import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../../../../core/errors.ts';
import { bitsOf, packedBytes, packWords, unpackWords } from './bits.ts';
import { ByteSink, ByteSource, PAD } from './bytes.ts';
import { decodePositions, encodePositions } from './positions.ts';

function written(write: (sink: ByteSink) => void): ByteSource {
  const sink = new ByteSink(1);
  write(sink);
  const source = new ByteSource(Uint8Array.from([...sink.bytes.subarray(0, sink.at), ...new Uint8Array(PAD).fill(0xff)]));
  source.open(0, sink.at);
  return source;
}

void test('words of every width come back', () => {
  for (let width = 0; width <= 32; width++) {
    const word = fc.nat(2 ** 32 - 1).map((n) => (width === 0 ? 0 : n % 2 ** width));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 80 }), (list) => {
        const source = written((sink) => packWords(sink, Uint32Array.from(list), list.length, width));
        assert.equal(source.end, packedBytes(list.length, width));
        const words = new Uint32Array(list.length);
        unpackWords(source, words, list.length, width);
        assert.deepEqual([...words], list);
      }),
      { numRuns: 20 },
    );
  }
});

void test('numbers of every size come back from varints', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), (plain, signed) => {
      const source = written((sink) => {
        sink.varint(plain);
        sink.signed(signed * 2 ** 20);
      });
      assert.equal(source.varint(), plain);
      assert.equal(source.signed(), signed * 2 ** 20);
      assert.equal(source.at, source.end);
    }),
  );
});

void test('bitsOf counts the bits of whole numbers up to 2^53', () => {
  for (let bits = 1; bits <= 53; bits++) {
    assert.equal(bitsOf(2 ** (bits - 1)), bits);
    assert.equal(bitsOf(2 ** bits - 1), bits);
  }
  assert.equal(bitsOf(0), 0);
});

void test('positions come back, few or many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1500 }), fc.array(fc.nat(1499), { maxLength: 1500, size: 'max' }), (count, list) => {
      const positions = Uint32Array.from(new Set(list.filter((position) => position < count))).toSorted();
      const source = written((sink) => encodePositions(sink, positions, positions.length, count));
      const back = new Uint32Array(1500);
      assert.equal(decodePositions(source, back, count), positions.length);
      assert.deepEqual(back.subarray(0, positions.length), positions);
    }),
  );
});

void test('reading past the end is damage', () => {
  const source = written((sink) => sink.u8(0x80));
  assert.throws(
    () => source.varint(),
    (error) => error instanceof HeedError && error.code === 'damaged',
  );
});
