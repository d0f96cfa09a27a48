import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { LineSplitter, MAX_LINE_BYTES } from './read-lines.ts';

test('lines and their ends are the same however the text is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 12 })), fc.array(fc.nat(60)), (texts, cuts) => {
      const lines = texts.map((text) => text.replaceAll('\n', '_'));
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      const found: [string | undefined, number][] = [];
      const splitter = new LineSplitter((text, end) => found.push([text, end]));
      const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
      for (let i = 1; i < places.length; i++) splitter.add(bytes.subarray(places[i - 1], places[i]), places[i - 1]);
      splitter.end(bytes.length);
      let end = 0;
      assert.deepEqual(
        found,
        lines.map((text) => [text, (end += Buffer.byteLength(text) + 1)]),
      );
    }),
  );
});

test('a line that is too long is told, and the next one is whole; the last one needs no newline', () => {
  const found: (string | undefined)[] = [];
  const splitter = new LineSplitter((text) => found.push(text));
  const long = Buffer.alloc(MAX_LINE_BYTES - 10, 97);
  for (const chunk of [long, long, Buffer.from('\nshort\nlast')]) splitter.add(chunk, 0);
  splitter.end(0);
  assert.deepEqual(found, [undefined, 'short', 'last']);
});
