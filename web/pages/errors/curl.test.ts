import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { curlOf, requestUrl, shellWord } from './curl.ts';

test('a request reads as a line for a shell', () => {
  assert.equal(
    curlOf({
      url: 'https://shop.test/cart',
      method: 'POST',
      query_string: [['id', '7']],
      headers: [
        ['Host', 'shop.test'],
        ['X-Name', "O'Neill"],
        ['Authorization', '[Filtered]'],
      ],
      cookies: [['lang', 'de']],
      data: { a: 1 },
    }),
    `curl 'https://shop.test/cart?id=7' \\\n  -X POST \\\n  -H 'X-Name: O'\\''Neill' \\\n  -b lang=de \\\n  --data-raw '{"a":1}'`,
  );
});

test('the address is put together once', () => {
  assert.equal(requestUrl({ url: 'https://x.test/?a=1', query_string: [['a', '1']] }), 'https://x.test/?a=1');
  assert.equal(requestUrl({ url: 'https://x.test/', fragment: 'top' }), 'https://x.test/#top');
});

test('no address can become an option of curl', () => {
  assert.match(curlOf({ url: '-o/etc/passwd' }), /^curl -- -o/);
  assert.match(curlOf({ url: '-o $(x)' }), /^curl -- '-o/);
});

test('a shell reads every word as it was', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ unit: 'grapheme' }).filter((word) => !word.includes('\0')),
        { minLength: 1, maxLength: 20 },
      ),
      (words) => {
        const said = execFileSync('bash', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`], { encoding: 'utf8' });
        assert.deepEqual(said.split('\0').slice(0, -1), words);
      },
    ),
    { numRuns: 60 },
  );
  const nasty = 'a\'b"c$(touch x)`y`\\z\n\t!!\r#;&|';
  assert.equal(execFileSync('bash', ['-c', `printf %s ${shellWord(nasty)}`], { encoding: 'utf8' }), nasty);
});
