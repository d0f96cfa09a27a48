import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Json } from '../../../core/error-event.ts';
import { cutText } from './shapes.ts';
import { trimJson, trimRecord } from './trim.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const nested = (depth: number): unknown => (depth === 0 ? 'core' : { a: nested(depth - 1) });

function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test('seven levels are kept', () => {
  assert.deepEqual(plain(trimJson(nested(7), 1000)), plain({ value: nested(7), wasCut: false }));
  const { value, wasCut } = trimJson(nested(8), 1000);
  assert.ok(wasCut);
  assert.equal(JSON.stringify(value).includes('"[Object]"'), true);
  assert.equal(depthOf(trimJson(JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`), 1000).value), 7);
});

test('long lists and objects tell how much is not there', () => {
  const list = trimJson(
    Array.from({ length: 1000 }, (_, i) => i),
    100_000,
  ).value as Json[];
  assert.equal(list.length, 256);
  assert.equal(list.at(-1), '… 745 more');
  const record = trimRecord(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i])), 100_000).value;
  assert.equal(Object.keys(record).length, 256);
  assert.equal(record['…'], '… 745 more');
});

test('texts are cut to what is left, never within a character', () => {
  assert.deepEqual(trimJson('x'.repeat(200), 100), { value: `${'x'.repeat(99)}…`, wasCut: true });
  assert.equal(cutText('ab😀', 4), 'ab😀');
  assert.equal(cutText('ab😀c', 4), 'ab…');
  assert.equal(cutText('😀😀', 3), '😀…');
});

test('no key reaches a prototype', () => {
  const { value } = trimRecord(
    JSON.parse('{"__proto__":{"isAdmin":true},"\\u0000__proto__":1,"constructor":1,"a":{"__proto__":{"b":1}}}') as Record<string, unknown>,
    1000,
  );
  assert.deepEqual(Object.keys(value), ['constructor', 'a']);
  const prototype = Object.getPrototypeOf(value) as object;
  assert.deepEqual([Reflect.ownKeys(prototype), Object.getPrototypeOf(prototype), Object.isFrozen(prototype)], [[], null, true]);
  assert.equal(value.isAdmin, undefined);
  assert.equal((value.a as Record<string, Json>).b, undefined);
  assert.equal(({} as Record<string, unknown>).isAdmin, undefined);
});

test('numbers that JSON has no words for, NUL and lone surrogates are brought to ones it has', () => {
  assert.deepEqual(trimJson([NaN, Infinity, -0, 'a\0b', '\ud800', undefined, () => 1], 1000).value, ['NaN', 'Infinity', 0, 'ab', '\ufffd', null, null]);
});

test('what was trimmed fits, is cut no more, and is never larger or deeper than it may be', () => {
  const property = fc.property(fc.jsonValue({ depthSize: 'large', maxDepth: 12 }), fc.integer({ min: 0, max: 300 }), (value, size) => {
    const first = trimJson(value, size);
    if (first.value !== null) assert.deepEqual(trimJson(first.value, size), { value: first.value, wasCut: false });
    assert.ok(depthOf(first.value) <= 7);
    assert.ok(JSON.stringify(first.value).length <= size * 6 + 1000);
  });
  fc.assert(property, { numRuns: 2000 });
});
