import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isOriginPattern, meansOrigin, mustComeFrom } from './origins.ts';

const CASES: [pattern: string, meant: string[], not: string[]][] = [
  [
    'example.org',
    ['https://example.org', 'http://example.org:8080', 'https://EXAMPLE.org/page'],
    ['https://www.example.org', 'https://example.org.evil.net', 'null'],
  ],
  ['*.example.org', ['https://example.org', 'https://a.b.example.org'], ['https://badexample.org', 'https://example.org.evil.net']],
  ['https://example.org', ['https://example.org', 'https://example.org:444'], ['http://example.org']],
  ['example.org:8443', ['https://example.org:8443'], ['https://example.org', 'https://example.org:84']],
  ['example.org:443', ['https://example.org'], ['http://example.org']],
  ['http://localhost:*', ['http://localhost:3000', 'http://localhost'], ['https://localhost:3000']],
  ['*', ['https://anything.example', 'null', 'chrome-extension://abc'], []],
  ['[::1]', ['http://[::1]:3000'], ['http://127.0.0.1']],
];

test('a pattern means the origins that it should, and no others', () => {
  for (const [pattern, meant, not] of CASES) {
    assert.ok(isOriginPattern(pattern), pattern);
    for (const origin of meant) assert.ok(meansOrigin([pattern], origin), `${pattern} means ${origin}`);
    for (const origin of not) assert.ok(!meansOrigin([pattern], origin), `${pattern} does not mean ${origin}`);
  }
});

test('what is no pattern is refused, and no text breaks it', () => {
  for (const text of ['', 'exa mple', 'https://', 'ftp://example.org', 'example.org/path', '*example.org', 'a.*.b', '.org'])
    assert.ok(!isOriginPattern(text), text);
  fc.assert(fc.property(fc.string(), fc.string(), (pattern, origin) => typeof meansOrigin([pattern], origin) === 'boolean'));
});

test('who names no origin passes; without Origin the Referer counts', () => {
  mustComeFrom(['example.org'], {});
  mustComeFrom([], { origin: 'https://evil.example' });
  mustComeFrom(['example.org'], { referer: 'https://example.org/a?b' });
  assert.throws(() => mustComeFrom(['example.org'], { referer: 'https://evil.example/' }), { code: 'foreign_origin', status: 403 });
  assert.throws(() => mustComeFrom(['example.org'], { origin: 'null', referer: 'https://example.org/' }), { code: 'foreign_origin' });
});
