import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../../core/errors.ts';
import { parseJson } from './json.ts';

const parse = (text: string): unknown => parseJson(Buffer.from(text));

test('JSON is read as JSON.parse reads it', () => {
  // Numbers of many digits are another matter.
  const isShort = (json: string): boolean => !/\d{16}/.test(json);
  fc.assert(fc.property(fc.json().filter(isShort), (json) => assert.deepEqual(parse(json), JSON.parse(json))));
  fc.assert(fc.property(fc.json(), (json) => void parse(json)));
});

test('depth and number of values are bounded before anything is built', () => {
  for (const open of ['[', '{"a":', '[{"a":']) assert.throws(() => parse(open.repeat(200_000)), { code: 'bad_json' });
  assert.throws(() => parse(`[${'0,'.repeat(200_000)}0]`), { code: 'bad_json' });
  assert.ok(Array.isArray(parse(`${'['.repeat(100)}${']'.repeat(100)}`)));
  assert.equal(parse(`"${'['.repeat(200_000)}"`), '['.repeat(200_000));
  assert.equal(parse(`"\\"${'['.repeat(200)}"`), `"${'['.repeat(200)}`);
});

test('Python words and integers that no double holds become texts', () => {
  assert.deepEqual(parse('{"a":NaN,"b":[Infinity,-Infinity],"c":"NaN"}'), { a: 'NaN', b: ['Infinity', '-Infinity'], c: 'NaN' });
  assert.deepEqual(parse('{"id":12345678901234567890,"n":-9007199254740993,"x":1.2345678901234567,"s":"12345678901234567890"}'), {
    id: '12345678901234567890',
    n: '-9007199254740993',
    x: 1.2345678901234567,
    s: '12345678901234567890',
  });
  assert.equal(parse('9007199254740991'), 9_007_199_254_740_991);
});

test('a byte order mark, bytes that are no UTF-8, NUL and lone surrogates do not stop it', () => {
  assert.deepEqual(parse('\ufeff{"a":1}'), { a: 1 });
  assert.deepEqual(parseJson(Buffer.from([0x22, 0xff, 0x22])), '\ufffd');
  assert.deepEqual(parse('"\\u0000\\ud800"'), '\0\ud800');
});

test('__proto__ is a key like any other, and of a key said twice the last counts', () => {
  const value = parse('{"__proto__":{"isAdmin":true},"a":1,"a":2}') as Record<string, unknown>;
  assert.deepEqual(Object.keys(value), ['__proto__', 'a']);
  assert.equal(value.isAdmin, undefined);
  assert.equal(value.a, 2);
});

test('what is no JSON is refused', () => {
  for (const text of ['', '{', '{"a":}', 'nul', '{"a":1}x', '-', 'NaNa', '"', '"\\']) assert.throws(() => parse(text), { code: 'bad_json' }, text);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        parseJson(bytes);
      } catch (error) {
        assert.ok(error instanceof HeedError);
      }
    }),
  );
});
