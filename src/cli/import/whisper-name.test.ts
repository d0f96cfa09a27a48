import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { nameOfFile } from './whisper-name.ts';

test('a path below carbon’s folder is the name of its series', () => {
  const rows: [path: string, name: string][] = [
    ['stats/web1/cpu.wsp', 'stats.web1.cpu'],
    ['top.wsp', 'top'],
    ['_tagged/eff/aae/some_DOT_metric;tag1=value2;tag2=value_DOT_2.wsp', 'some.metric;tag1=value2;tag2=value.2'],
    ['_tagged/eff/aae/a;z=1;b=2.wsp', 'a;b=2;z=1'],
    ['_tagged/own.wsp', '_tagged.own'],
  ];
  for (const [path, name] of rows) assert.deepEqual(nameOfFile(path), { name });
});

test('what carbon encodes is decoded', () => {
  const word = fc.stringMatching(/^[a-z0-9.]{1,8}$/).filter((text) => !text.startsWith('~'));
  fc.assert(
    fc.property(word, word, word, (metric, key, value) => {
      const name = `${metric};${key}=${value}`;
      const hash = createHash('sha256').update(name).digest('hex');
      const path = `_tagged/${hash.slice(0, 3)}/${hash.slice(3, 6)}/${name.replaceAll('.', '_DOT_')}.wsp`;
      // Carbon keeps the metric's own name as the tag `name`, so it is none of the others.
      if (key !== 'name') assert.deepEqual(nameOfFile(path), { name });
    }),
  );
});

test('a path that tells no name says why', () => {
  assert.match(JSON.stringify(nameOfFile(`_tagged/abc/def/${'0a'.repeat(32)}.wsp`)), /TAG_HASH_FILENAMES/);
  assert.match(JSON.stringify(nameOfFile('a\nb.wsp')), /control character/);
  assert.match(JSON.stringify(nameOfFile('_tagged/abc/def/a;b.wsp')), /tags/);
  assert.match(JSON.stringify(nameOfFile(`${'a/'.repeat(600)}b.wsp`)), /longer than 1024 bytes/);
});
