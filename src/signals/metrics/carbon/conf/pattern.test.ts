import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPattern } from './pattern.ts';

const SAME: [pattern: string, matches: string[], not: string[]][] = [
  ['^carbon\\.', ['carbon.a'], ['xcarbon.a', 'Carbon.a']],
  ['(?i)^CARBON\\.', ['carbon.a'], []],
  ['(?i:A)b', ['ab', 'Ab'], ['aB']],
  ['(?P<x>a|b)-(?P=x)', ['a-a', 'b-b'], ['a-b']],
  ['\\Aab\\Z', ['ab'], ['abc', 'xab']],
  ['a(?#why)b', ['ab'], ['a']],
  ['[]a]+$', [']a'], ['b']],
  ['[^]a]$', ['b'], [']', 'a']],
  ['[\\]x]', [']'], ['y']],
  ['^a{,2}$', ['', 'a', 'aa'], ['aaa']],
  ['^a{x}$', ['a{x}'], []],
  ['\\(?P<', ['(P<', 'P<'], []],
  ['[(?P<]', ['?'], ['x']],
  ['(?<=a)b(?!c)', ['ab'], ['abc', 'b']],
  ['', ['anything'], []],
];

test('patterns match what Python matches', () => {
  for (const [text, matches, not] of SAME) {
    const pattern = readPattern(text);
    for (const name of matches) assert.ok(pattern.test(name), `${text} matches ${name}`);
    for (const name of not) assert.ok(!pattern.test(name), `${text} does not match ${name}`);
  }
});

test('what cannot be said in JavaScript is refused with the pattern', () => {
  for (const text of ['(', 'a**', '[a', '(?x) a b', '(?>a)', '(a)(?(1)b|c)', 'a++', '(?P<x>a)(?P<x>b)']) {
    assert.throws(() => readPattern(text), { code: 'bad_pattern', message: /^cannot read pattern '/ }, text);
  }
});
