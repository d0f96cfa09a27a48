import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { keyOf, LONGEST_KEY } from './names.ts';

const cases: [name: string, tags: string, key: string][] = [
  ['a.b', '', 'a.b'],
  ['', '', ''],
  ['sp ace/sl$ash', '', 'sp_ace-slash'],
  ['tab\t \tspace', '', 'tab_space'],
  ['ümläut', '', 'mlut'],
  ['tag', 'env:prod,x:y', 'tag;env=prod;x=y'],
  ['tag', 'x:y,env:prod', 'tag;env=prod;x=y'],
  ['nt;env=prod', '', 'nt;env=prod'],
  ['nt;b=1;a=2', '', 'nt;a=2;b=1'],
  ['both;b=1', 'a:2', 'both;a=2;b=1'],
  ['url', 'u:http://host/x', 'url;u=http--host-x'],
  ['semi', 'a;b:c', 'semi;a_b=c'],
  ['bare', 'prod', 'bare;prod=true'],
  ['empty', 'a:,:b,,c:d', 'empty;c=d'],
  ['', 'a:b', ';a=b'],
  ['cr', 'a:b\r', 'cr;a=b'],
  ['reserved', 'name:x,a:b', 'reserved;a=b'],
];

for (const [name, tags, key] of cases) test(`'${name}' with tags '${tags}' aggregates as '${key}'`, () => assert.equal(keyOf(name, tags, true), key));

test('without sanitising a name stays as it is', () => {
  assert.equal(keyOf('sp ace/sl$ash', '', false), 'sp ace/sl$ash');
  assert.equal(keyOf('a', 'k:~v', false), undefined, 'Graphite refuses such a tag');
});

test('a name that is too long has no key', () => {
  assert.equal(keyOf('a'.repeat(LONGEST_KEY + 1), '', true), undefined);
  assert.equal(keyOf('a'.repeat(LONGEST_KEY), '', true)?.length, LONGEST_KEY);
});

test('a key made again from a key is the same, and holds nothing but allowed characters', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, tags) => {
      const key = keyOf(name, tags, true);
      if (key === undefined) return;
      assert.match(key, /^[\w.;=-]*$/);
      assert.equal(keyOf(key, '', true), key);
    }),
  );
});
