import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ByteWriter } from './byte-writer.ts';
import { writeInteger, writeText } from './pickle-values.ts';

function written(write: (out: ByteWriter) => void): Buffer {
  const out = new ByteWriter();
  write(out);
  return Buffer.from(out.take());
}

test('a text of any length and letters is its opcode, its length in bytes and its bytes', () => {
  const letters = fc.string({ unit: 'grapheme', maxLength: 40 });
  fc.assert(
    fc.property(letters, fc.integer({ min: 1, max: 400 }), (text, times) => {
      const bytes = written((out) => writeText(out, text.repeat(times)));
      assert.deepEqual([bytes[0], bytes.readUInt32LE(1)], [0x58, bytes.length - 5]);
      assert.equal(bytes.toString('utf8', 5), text.repeat(times));
    }),
    {
      examples: [
        ['é', 3072],
        ['x', 100_000],
      ],
    },
  );
});

test('numbers that are whole and short are integers, others floats', () => {
  assert.equal(written((out) => writeInteger(out, -2)).toString('hex'), '4afeffffff');
  for (const value of [0.5, 4_294_967_296]) assert.equal(written((out) => writeInteger(out, value)).readDoubleBE(1), value);
});
