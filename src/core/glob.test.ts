import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { compileGlob, expandBraces, splitGlob } from './glob.ts';

/** A glob and the regex that says the same. */
interface Pair {
  glob: string;
  regex: string;
}

const leaf: fc.Arbitrary<Pair> = fc.constantFrom(
  { glob: 'a', regex: 'a' },
  { glob: 'b', regex: 'b' },
  { glob: 'é', regex: 'é' },
  { glob: '-', regex: '-' },
  { glob: '*', regex: '.*' },
  { glob: '?', regex: '.' },
  { glob: '[ab]', regex: '[ab]' },
  { glob: '[!a]', regex: '[^a]' },
  { glob: '[a-c]', regex: '[a-c]' },
  { glob: '[!a-b]', regex: '[^a-b]' },
  { glob: '[]a]', regex: '[\\]a]' },
  { glob: '\\*', regex: '\\*' },
);
const { pair } = fc.letrec<{ pair: Pair; part: Pair }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('pair'), { minLength: 1, maxLength: 3 }).map((parts) => ({
      glob: `{${parts.map(({ glob }) => glob).join(',')}}`,
      regex: `(?:${parts.map(({ regex }) => regex).join('|')})`,
    })),
  ),
  pair: fc
    .array(tie('part'), { maxLength: 4 })
    .map((parts) => ({ glob: parts.map(({ glob }) => glob).join(''), regex: parts.map(({ regex }) => regex).join('') })),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '-', '*', ']', '😀'), maxLength: 6 });

test('a glob matches what the regex of the same meaning matches, in text and in bytes', () => {
  fc.assert(
    fc.property(pair, text, ({ glob, regex }, text) => {
      const expected = text === glob || new RegExp(`^(?:${regex})$`, 'su').test(text);
      const compiled = compileGlob(glob);
      const bytes = Buffer.from(`..${text}..`);
      assert.equal(compiled.matches(text), expected);
      assert.equal(compiled.matchesBytes(bytes, 2, bytes.length - 2), expected);
      if (compiled.literals) assert.equal(compiled.literals.includes(text), expected);
    }),
    { numRuns: 3000 },
  );
});

test('what a glob matches one of its expansions matches', () => {
  fc.assert(
    fc.property(pair, text, ({ glob }, text) => {
      fc.pre(glob.split('{').length <= 4);
      const expanded = expandBraces(glob).some((one) => compileGlob(one).matches(text));
      if (compileGlob(glob).matches(text)) assert.ok(expanded || text === glob);
    }),
    { numRuns: 1000 },
  );
});

test('braces stand for paths in the order written', () => {
  assert.deepEqual(expandBraces('a.{b,c.{d,e}}.f'), ['a.b.f', 'a.c.d.f', 'a.c.e.f']);
  assert.deepEqual(expandBraces('{a,a}{1,2}'), ['a1', 'a2']);
  assert.deepEqual(expandBraces('{,x}y'), ['y', 'xy']);
  assert.deepEqual(expandBraces('{a'), ['{a']);
  assert.deepEqual(expandBraces('{x{a,b}'), ['{xa', '{xb']);
  assert.deepEqual(expandBraces('a}'), ['a}']);
});

test('only braces that span a dot make paths of their own', () => {
  assert.deepEqual(splitGlob('a.{b,c}.*'), [['a', '{b,c}', '*']]);
  assert.deepEqual(splitGlob('{a.b,c}.d'), [
    ['a', 'b', 'd'],
    ['c', 'd'],
  ]);
  assert.deepEqual(splitGlob('a..b'), [['a', '', 'b']]);
  assert.deepEqual(splitGlob(''), [['']]);
});

test('a name that looks like a glob is found by itself', () => {
  assert.ok(compileGlob('load[1]').matches('load[1]'));
  assert.ok(compileGlob('load[1]').matches('load1'));
  assert.ok(compileGlob('{x').matches('{x'));
  assert.ok(compileGlob('[x').matches('[x'));
});

test('bytes that are no UTF-8 match as they are displayed', () => {
  const bytes = Buffer.from([0x61, 0xff, 0x62]);
  assert.ok(compileGlob('a?b').matchesBytes(bytes, 0, 3));
  assert.ok(compileGlob('a\uFFFDb').matchesBytes(bytes, 0, 3));
  assert.equal(compileGlob('a\uFFFDb').literals, undefined);
});

test('braces that stand for too much are refused', () => {
  assert.throws(() => expandBraces('{a,b}'.repeat(20)), { code: 'too_many_braces' });
  assert.throws(() => splitGlob('{a.,b}'.repeat(20)), { code: 'too_many_braces' });
  assert.throws(() => compileGlob(`${'{'.repeat(200)}*${'}'.repeat(200)}`).matches('a'), { code: 'bad_glob' });
  assert.throws(() => compileGlob(`*${'ab'.repeat(20_000)}`), { code: 'bad_glob' });
  // Many braces within one segment are one matcher, not many texts.
  assert.ok(compileGlob('{a,b*}'.repeat(200)).matches('b'.repeat(200)));
});
