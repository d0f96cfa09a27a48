import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { compileRegex } from './regex.ts';

const atom = fc.constantFrom('a', 'b', 'A', '.', '[ab]', '[^a]', '[a-c]', '\\d', '\\w', '\\W', '\\.', '1');
const edge = fc.constantFrom('^', '$', '\\b', '\\B');
const quantifier = fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{1,}', '*?', '+?', '??');
const { choice } = fc.letrec<{ choice: string; sequence: string; part: string }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    atom,
    edge,
    fc.tuple(atom, quantifier).map(([atom, quantifier]) => atom + quantifier),
    // A repeat of what may be empty is left out: backtracking matchers stop there in ways of their own.
    fc.tuple(atom, tie('sequence'), quantifier).map(([atom, rest, quantifier]) => `(?:${atom}${rest})${quantifier}`),
    tie('choice').map((choice) => `(${choice})`),
  ),
  sequence: fc.array(tie('part'), { maxLength: 3 }).map((parts) => parts.join('')),
  choice: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('|')),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'c', '1', '.', ' '), maxLength: 8 });

test('a regex answers as the built-in one does', () => {
  fc.assert(
    fc.property(choice, text, fc.boolean(), (source, text, ignoreCase) => {
      const regex = compileRegex(source, { ignoreCase });
      const flags = ignoreCase ? 'i' : '';
      const found = new RegExp(source, flags).exec(text);
      assert.equal(regex.search(text), found !== null);
      assert.equal(regex.matchStart(text), new RegExp(`^(?:${source})`, flags).test(text));
      const bytes = Buffer.from(text);
      assert.equal(regex.matchStartBytes(bytes, 0, bytes.length), regex.matchStart(text));
      const match = regex.exec(text);
      assert.equal(match?.start, found?.index);
      if (!match || !found) return;
      assert.equal(match.groups[0], found[0]);
      // Groups inside of repeats are kept from an earlier turn here, as in Python, and forgotten in JavaScript.
      if (!/\)[*+?{]/.test(source)) assert.deepEqual(match.groups, [...found]);
    }),
    { numRuns: 5000 },
  );
});

test('groups are told by number and name, from a position on', () => {
  const regex = compileRegex('(?P<host>\\w+)\\.(cpu|mem)(\\.x)?');
  assert.deepEqual(regex.names, new Map([['host', 1]]));
  assert.deepEqual(regex.exec('a web.cpu db.mem'), { start: 2, end: 9, groups: ['web.cpu', 'web', 'cpu', undefined] });
  assert.equal(regex.exec('a web.cpu db.mem', 9)?.groups[1], 'db');
  assert.equal(regex.exec('nothing'), undefined);
});

test('a regex reads characters beyond 16 bits as one, and letters of any alphabet without their case', () => {
  assert.ok(compileRegex('^.$').search('😀'));
  assert.ok(compileRegex('^[😀-😂]$').search('😁'));
  assert.ok(compileRegex('ÉCOLE', { ignoreCase: true }).search('école'));
  assert.ok(compileRegex('(?i)[а-я]+$').matchStart('ПРИВЕТ'));
});

test('what backtracks for ages elsewhere takes no time', () => {
  for (const source of ['^(a+)+$', '^(a|a)*$', '(a*)*b', '(.*)(.*)(.*)(.*)(.*)x']) {
    const regex = compileRegex(source, { maxSteps: 1_000_000 });
    assert.equal(regex.search(`${'a'.repeat(1000)}!`), false, source);
    assert.equal(regex.exec(`${'a'.repeat(1000)}!`), undefined, source);
  }
});

test('a regex with more states than fit goes on without keeping them', () => {
  const source = '(?:a|b)*a(?:a|b){14}c';
  const regex = compileRegex(source);
  let text = '';
  for (let i = 0, seed = 1; i < 20_000; i++) {
    seed = (seed * 48_271) % 2_147_483_647;
    text += seed % 2 === 0 ? 'a' : 'b';
  }
  assert.equal(regex.search(text), false);
  assert.equal(regex.search(`${text}a${'b'.repeat(14)}c`), true);
  assert.throws(() => compileRegex(source, { maxSteps: 10_000 }).search(text), { code: 'too_many_steps' });
});

test('what cannot run in linear time, or is wrong, is refused with its reason', () => {
  const refused: [string, RegExp][] = [
    ['(a)\\1', /back-references are not supported/],
    ['(?P<x>a)(?P=x)', /back-references are not supported/],
    ['(?=a)', /looking ahead or behind is not supported/],
    ['(?<!a)b', /looking ahead or behind is not supported/],
    ['(?>a)', /this kind of group/],
    ['a++', /possessive/],
    ['\\p', /\\p is not supported/],
    ['a**', /repeated/],
    ['*a', /nothing to repeat/],
    ['(a', /'\(' is not closed/],
    ['a)', /closes nothing/],
    ['[a', /'\[' is not closed/],
    ['[b-a]', /not in order/],
    ['a{3,2}', /ends before it starts/],
    ['a{5000}', /above 1000/],
    ['((a{1000}){1000}){1000}', /too large/],
    ['(?:'.repeat(200), /nested deeper/],
    ['()'.repeat(60), /more than 50 groups/],
    ['a\\', /ends with a backslash/],
    ['a'.repeat(30_000), /longer than/],
  ];
  for (const [source, why] of refused) assert.throws(() => compileRegex(source), { code: 'bad_regex', message: why }, source);
});
