import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { checkName, readName } from './names.ts';

test('names of 1 to 1,024 bytes without control characters pass', () => {
  for (const name of ['a', 'a.b-c_d', 'größe', '../../etc/passwd', 'a b', '.kibana..size', '<script>', 'a'.repeat(1024), '😀'.repeat(256)])
    assert.equal(checkName(name), undefined, name);
});

test('a refused name says why', () => {
  const rows: [name: string, why: RegExp][] = [
    ['', /empty/],
    ['a'.repeat(1025), /longer than 1024 bytes/],
    ['😀'.repeat(257), /longer than 1024 bytes/],
    ['a\nb', /control character/],
    ['a\u0000', /control character/],
    ['a\u007f', /control character/],
    ['a\u0085b', /control character/],
    ['a\ud800', /UTF-8/],
  ];
  for (const [name, why] of rows) assert.match(checkName(name) ?? '', why);
});

test('bytes are read as the name that they spell, or not at all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(5), (name, before) => {
      const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(name), Buffer.from([0xff])]);
      assert.equal(readName(bytes, before, bytes.length - 1), checkName(name) === undefined ? name : undefined);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const name = readName(bytes, 0, bytes.length);
      if (name !== undefined) assert.deepEqual(new Uint8Array(Buffer.from(name)), bytes);
    }),
  );
});
