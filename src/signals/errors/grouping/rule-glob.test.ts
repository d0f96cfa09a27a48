import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { compileRuleGlob, type GlobOptions } from './rule-glob.ts';

function matches(glob: string, text: string, options?: GlobOptions): boolean {
  return compileRuleGlob(glob, options)?.(text) ?? false;
}

const leaf = fc.constantFrom(
  { glob: 'a', plain: 'a', path: 'a' },
  { glob: 'B', plain: 'B', path: 'B' },
  { glob: '/', plain: '/', path: '/' },
  { glob: '.', plain: '\\.', path: '\\.' },
  { glob: '*', plain: '[^]*', path: '[^/]*' },
  { glob: '?', plain: '[^]', path: '[^/]' },
  { glob: '[ab]', plain: '[ab]', path: '[ab]' },
  { glob: '[!a]', plain: '[^a]', path: '[^a]' },
);
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '/', '.', '[', 'é'), maxLength: 7 });

test('a glob matches what the regex of the same meaning matches', () => {
  fc.assert(
    fc.property(fc.array(leaf, { maxLength: 5 }), text, (parts, text) => {
      const glob = parts.map(({ glob }) => glob).join('');
      // Two stars in a row mean more in a path.
      fc.pre(!glob.includes('**'));
      const plain = new RegExp(`^${parts.map(({ plain }) => plain).join('')}$`);
      assert.equal(matches(glob, text), plain.test(text));
      const path = new RegExp(`^${parts.map(({ path }) => path).join('')}$`, 'i');
      assert.equal(matches(glob, text, { path: true }), path.test(text) || (!text.startsWith('/') && path.test(`/${text}`)));
    }),
    { numRuns: 3000 },
  );
});

test('in a path one star stays in its folder, and two go through any folders or none', () => {
  assert.ok(matches('**/node_modules/**', '/srv/shop/node_modules/express/lib/router.js', { path: true }));
  assert.ok(matches('**/node_modules/**', 'node_modules/express/index.js', { path: true }));
  assert.ok(!matches('**/node_modules/**', '/srv/shop/my_node_modules/x.js', { path: true }));
  assert.ok(matches('/srv/*/app.py', '/srv/shop/app.py', { path: true }));
  assert.ok(!matches('/srv/*/app.py', '/srv/shop/old/app.py', { path: true }));
  assert.ok(matches('/srv/**/app.py', '/srv/app.py', { path: true }));
  assert.ok(matches('/srv/**/app.py', '/srv/a/b/app.py', { path: true }));
  assert.ok(matches('**https://cdn.test/**', 'https://cdn.test/jquery.js', { path: true }));
});

test('paths are compared in any case, with either slash, and with or without the leading one', () => {
  assert.ok(matches('C:/Windows/**', String.raw`c:\WINDOWS\system32\ntdll.dll`, { path: true }));
  assert.ok(matches(String.raw`c:\windows\**`, 'C:/Windows/a.dll', { path: true }));
  assert.ok(matches('/usr/lib/**', 'usr/lib/x.so', { path: true }));
});

test('names are compared in their case unless told otherwise, and a backslash makes a star a star', () => {
  assert.ok(!matches('valueerror', 'ValueError'));
  assert.ok(matches('*refused*', 'Connection REFUSED by peer', { ignoreCase: true }));
  assert.ok(matches('java.*', 'java.util.List'));
  assert.ok(matches(String.raw`a\*b`, 'a*b'));
  assert.ok(!matches(String.raw`a\*b`, 'axb'));
});

test('braces hold globs of which one must match', () => {
  assert.ok(matches('**/{cart,tax}/*.py', '/srv/shop/tax/rate.py', { path: true }));
  assert.ok(!matches('**/{cart,tax}/*.py', '/srv/shop/pay/rate.py', { path: true }));
  assert.ok(matches('{a,b{c,d}*}', 'bdx'));
  assert.ok(matches(String.raw`\{\[\*\?\]\}`, '{[*?]}'));
  assert.equal(compileRuleGlob('{'.repeat(30) + '}'.repeat(30)), undefined);
});

test('a bracket or brace that is not closed is a letter', () => {
  assert.ok(matches('{a,*', '{a,b'));
  assert.ok(matches('-[NSArray *', '-[NSArray count]'));
  assert.ok(matches('a[', 'a['));
});

test('a pattern made to be slow is answered all the same', () => {
  assert.equal(matches(`${'*a'.repeat(200)}b`, 'a'.repeat(5000)), false);
});

test('a word with stars around it, which needs no automaton, matches what an automaton matches', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.'), minLength: 1, maxLength: 4 });
  const stars = fc.constantFrom('', '*', '**', '/**', '**/');
  fc.assert(
    fc.property(stars, word, stars, text, fc.boolean(), (before, word, after, text, path) => {
      // In brackets a letter is the same, but nothing that is looked for at once.
      const slow = word.replaceAll(/[ab.]/g, '[$&]');
      fc.pre(slow !== word);
      assert.equal(matches(before + word + after, text, { path }), matches(before + slow + after, text, { path }));
    }),
    { numRuns: 2000 },
  );
});
