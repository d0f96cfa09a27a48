import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { normaliseMessage } from './normalise-message.ts';
import { parameterise } from './parameterise.ts';

/** Each text, and the same within a sentence. */
function becomes(pairs: readonly (readonly [text: string, expected: string])[]): void {
  for (const [text, expected] of pairs) {
    assert.equal(parameterise(text), expected);
    assert.equal(parameterise(`saw ${text} again`), `saw ${expected} again`);
  }
}

test('addresses of people, pages, hosts and machines are replaced', () => {
  becomes([
    ['anna.b+shop@mail.example.org', '<email>'],
    ['https://shop.example/cart?id=7#top', '<url>'],
    ['wss://live.example/x', '<url>'],
    ['api.shop.example.com', '<hostname>'],
    ['EXAMPLE.COM', '<hostname>'],
    ['cart.total', 'cart.total'],
    ['10.1.2.3:8080', '<ip>:<int>'],
    ['300.1.2.3', '<float>.<float>'],
    ['2001:db8::7', '<ip>'],
    ['fe80::1%eth0', '<ip>'],
    ['::1', '<ip>'],
    ['Cart::total()', 'Cart::total()'],
    ['0a:1b:2c:3d:4e:5f', '<mac>'],
  ]);
});

test('ids and hashes are replaced', () => {
  becomes([
    ['0f8b3c52-11aa-4d60-9c1e-7ab3e55d0f01', '<uuid>'],
    ['00-0f8b3c5211aa4d609c1e7ab3e55d0f01-0f8b3c5211aa4d60-01', '<traceparent>'],
    ['0f8b3c5211aa4d609c1e7ab3e55d0f01', '<md5>'],
    ['0f8b3c5211aa4d609c1e7ab3e55d0f010f8b3c52', '<sha1>'],
    ['0x7ffe12', '<hex>'],
    ['7ffe12ab', '<hex>'],
    ['7FFE', '<hex>'],
    ['facade', 'facade'],
    ['Facade12', 'Facade12'],
    ['12345678', '<hex>'],
    ['commit 4e1f2aa', 'commit <git_sha>'],
  ]);
});

test('numbers, times and durations are replaced', () => {
  becomes([
    ['order 1001', 'order <int>'],
    ['-5', '<int>'],
    ['utf-8', 'utf-<int>'],
    ['3.25', '<float>'],
    ['v2', 'v2'],
    ['15ms', '<duration>'],
    ['0.5s', '<duration>'],
    ['2026-11-26', '<date>'],
    ['2026-11-26T02:03:04.567Z', '<date>'],
    ['2026-11-26 02:03:04+01:00', '<date>'],
    ['Thu, 26 Nov 2026 02:03:04 GMT', '<date>'],
    ['Thu Nov 26 2026 02:03:04 GMT+0100 (Central European Standard Time)', '<date>'],
    ['Nov 26, 2026', '<date>'],
    ['11:21 PM', '<date>'],
    ['23:21', '<date>'],
    ['datetime.datetime(2026, 11, 26, 2, 3)', '<date>'],
  ]);
});

test('quotes and booleans are values only behind an equals sign', () => {
  becomes([
    ["user='anna' paid=True", 'user=<quoted_str> paid=<bool>'],
    ['name="x y"', 'name=<quoted_str>'],
    ["user 'anna' is true", "user 'anna' is true"],
  ]);
});

test('letters of other scripts belong to the word', () => {
  becomes([
    ['größe5', 'größe5'],
    ['5é', '5é'],
    ['é 5', 'é <int>'],
  ]);
});

test('a text above 8 KiB stays as it is', () => {
  assert.equal(parameterise('7 '.repeat(4096)), '<int> '.repeat(4096));
  assert.equal(parameterise('7 '.repeat(4097)), '7 '.repeat(4097));
});

test('texts made to be read again and again are read once', () => {
  for (const unit of ['1', 'a', 'a.', '-', 'a-', '1.', '1.1.', ':', 'f:', '::', 'a@', "='", 'x1x', '1:', 'Mon ', '\n', 'http:', '9'.repeat(60) + '.']) {
    const text = unit.repeat(8192 / unit.length);
    assert.equal(typeof parameterise(`${text.slice(0, -1)}!`), 'string');
  }
  assert.equal(parameterise(`${'1'.repeat(4000)}.${'2'.repeat(4000)}x`), `${'1'.repeat(4000)}.${'2'.repeat(4000)}x`);
});

test('only the number in a message changes, so the message is the same', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'k', 'z', 'ö', ' ', ':', '#', '(', '/'), maxLength: 12 });
  fc.assert(
    fc.property(word, fc.integer({ min: 0, max: 9_999_999 }), fc.integer({ min: 0, max: 9_999_999 }), word, (before, one, other, after) => {
      // A slash or dash between two would make a path or a date of them.
      const message = (number: number): string => `${before} ${number} ${after}`;
      assert.equal(parameterise(message(one)), parameterise(message(other)));
    }),
  );
});

test('any text is read', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => typeof parameterise(text) === 'string'));
  const pieces = fc.constantFrom('1', 'a', '.', ':', '-', '@', '=', "'", ' ', 'T', 'Mon', '2026-11-26', '\ud800', 'com', '0x', 's', 'http://');
  fc.assert(fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => parameterise(parts.join('')).length <= parts.join('').length * 10));
});

test('of a message the first two lines that are not empty count', () => {
  assert.equal(normaliseMessage('cannot pay\n\n  order 7\nat once\n'), 'cannot pay\n  order <int>...');
  assert.equal(normaliseMessage('cannot pay\norder 7'), 'cannot pay\norder <int>');
  assert.equal(normaliseMessage('cannot pay\n'), 'cannot pay...');
  assert.equal(normaliseMessage('   '), '...');
});
