import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { printable } from './printable.ts';

test('control characters and characters that turn or hide text are written out', () => {
  assert.equal(printable('a\u0000b\tc\u001b[31m\u202egnp\u200b').text, 'a\\x00b\\tc\\x1b[31m\\u202egnp\\u200b');
  assert.equal(printable('a\u{e0041}b\u{13430}').text, 'a\\u{e0041}b\\u{13430}', 'also beyond 16 bits');
  assert.equal(printable('größe:1|c 😀').text, 'größe:1|c 😀');
});

test('positions are found again in what is shown', () => {
  const { text, at } = printable('a\u0000b:x|q');
  assert.equal(text.slice(at(6), at(7)), 'q');
  assert.equal(text.slice(at(1), at(2)), '\\x00');
  const wide = printable('😀\u{e0041}|');
  assert.equal(wide.text.slice(wide.at(4), wide.at(5)), '|');
});

test('what is shown is short, plain, and its positions are in order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1500 }), fc.nat(1500), fc.nat(1500), (line, a, b) => {
      const { text, at } = printable(line);
      assert.ok(text.length <= 512);
      assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      assert.ok(at(Math.min(a, b)) <= at(Math.max(a, b)));
      assert.ok(at(line.length) <= text.length);
    }),
  );
});
