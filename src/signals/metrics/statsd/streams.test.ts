import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { INPUT_BYTES } from './aggregation.ts';
import { LineReader } from './streams.ts';

function reader(): { reader: LineReader; taken: string[]; tooLong(this: void): number } {
  const taken: string[] = [];
  let tooLong = 0;
  return {
    taken,
    tooLong: () => tooLong,
    reader: new LineReader(
      (bytes, start, end) => {
        assert.ok(end - start <= INPUT_BYTES);
        taken.push(bytes.toString('latin1', start, end));
      },
      () => tooLong++,
    ),
  };
}

test('lines come whole however the stream is cut', () => {
  const line = fc.stringMatching(/^[a-z:|]{0,30}$/);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.array(fc.nat({ max: 20 })), (lines, cuts) => {
      const text = lines.join('\n');
      const { reader: one, taken } = reader();
      let at = 0;
      for (const cut of [...cuts, text.length]) {
        one.feed(Buffer.from(text.slice(at, at + cut)));
        at += cut;
      }
      for (const piece of taken) assert.ok(piece.endsWith('\n'));
      one.end();
      assert.equal(taken.join(''), text);
    }),
  );
});

test('a line that is too long is left out and told once; its neighbours count', () => {
  const { reader: one, taken, tooLong } = reader();
  const long = 'x'.repeat(INPUT_BYTES + 10);
  one.feed(Buffer.from('a:1|c\n'));
  for (let i = 0; i < 5; i++) one.feed(Buffer.from(long));
  one.feed(Buffer.from(`end\nb:1|c\n${long}\nc:1|c\n`));
  one.end();
  assert.equal(taken.join(''), 'a:1|c\nb:1|c\nc:1|c\n');
  assert.equal(tooLong(), 2);
});

test('a chunk larger than the input is taken in pieces', () => {
  const { reader: one, taken, tooLong } = reader();
  const text = 'abcdefg:1|c\n'.repeat(20_000);
  one.feed(Buffer.from(text));
  assert.equal(taken.join(''), text);
  assert.equal(tooLong(), 0);
});
