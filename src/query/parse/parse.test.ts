import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../core/errors.ts';
import type { Expression } from './expression.ts';
import { MAX_DEPTH, parseTarget, parseWholeTarget } from './parse.ts';
import { firstPath } from './path.ts';
import { fillTemplates } from './template.ts';

/** An expression as text again, in one way of writing. */
function write(expression: Expression): string {
  switch (expression.kind) {
    case 'path':
      return expression.text;
    case 'literal':
      return typeof expression.value === 'string' ? `'${expression.value}'` : expression.text;
    case 'call':
      return `${expression.name}(${[...expression.args.map(write), ...expression.named.map(({ name, value }) => `${name}=${write(value)}`)].join(',')})`;
    case 'template':
      return `template(${[write(expression.body), ...expression.variables.map(({ name, value }) => `${name}=${write(value)}`)].join(',')})`;
    default:
      return '';
  }
}

void test('paths keep their globs, braces and escapes as written', () => {
  for (const path of ['a.b.c', 'a.{b,c{d,e}}.[f-g]?*', 'größe.ü', String.raw`a\(b\).c`, 'cpu;host=a;dc=x', '2xx', 'a.{b.c,d}', '**.cpu', 'dollar$x', 'hash#x'])
    assert.deepEqual(parseWholeTarget(path), { kind: 'path', text: path, at: 0 });
});

void test('calls take positional and named arguments and literals of every kind', () => {
  const call = parseWholeTarget(`f( a.b , -1.5e3, 'x,)"', "it's", TRUE, none, inf, 12x, n=4 , m = 'z')`);
  assert.equal(write(call), `f(a.b,-1.5e3,'x,)"','it's',TRUE,none,inf,12x,n=4,m='z')`);
  assert.deepEqual(call.kind === 'call' && call.args.slice(1, 7).map((argument) => argument.kind === 'literal' && argument.value), [
    -1500,
    'x,)"',
    "it's",
    true,
    null,
    Infinity,
  ]);
});

void test('a pipe puts its left side in as the first argument', () => {
  assert.equal(write(parseWholeTarget("a.b | scale(2)|alias('x')")), "alias(scale(a.b,2),'x')");
});

void test('strings keep their backslashes', () => {
  assert.equal(write(parseWholeTarget(String.raw`aliasSub(a,'^.*\.(\w+)\'$','\1')`)), String.raw`aliasSub(a,'^.*\.(\w+)\'$','\1')`);
});

void test('what follows a whole expression is left over, as in Graphite', () => {
  for (const [text, path] of [
    ['conf.ramp)garbage(((', 'conf.ramp'],
    ['sumSeries(x', 'sumSeries'],
    ['conf..edge', 'conf'],
    ['f(a,)', 'f'],
    ['a{b', 'a'],
  ])
    assert.equal(write(parseTarget(text).expression), path);
});

void test('for people a left-over is an error that says where and what is missing', () => {
  assert.throws(() => parseWholeTarget('sumSeries(x'), /at character 12, before the end: a comma or \) is expected in sumSeries\(\)/);
  assert.throws(() => parseWholeTarget("alias(x, 'a"), /at character 10, before ''a': the string has no closing '/);
  assert.throws(() => parseWholeTarget('conf..edge'), /at character 5, before '..edge'/);
  assert.throws(() => parseWholeTarget(')('), /at character 1/);
});

void test('calls may be nested a hundred deep and no deeper', () => {
  const nested = (depth: number): string => `${'f('.repeat(depth)}a${')'.repeat(depth)}`;
  assert.equal(write(parseWholeTarget(nested(MAX_DEPTH))), nested(MAX_DEPTH));
  for (const text of [nested(MAX_DEPTH + 1), nested(50_000).slice(0, 90_000), `a${'|f()'.repeat(20_000)}`, `a${'|f()'.repeat(MAX_DEPTH + 1)}`])
    assert.throws(
      () => parseTarget(text),
      (error: HeedError) => error.code === 'too_deep',
    );
});

void test('templates take values from themselves, then from the request', () => {
  const fill = (text: string, values: Record<string, string> = {}): string => write(fillTemplates(parseWholeTarget(text), new Map(Object.entries(values))));
  assert.equal(fill("template(scale(conf.$s.$server,$f),s='a',server='b',f=3)"), 'scale(conf.a.b,3)');
  assert.equal(fill("template(conf.$1.x,'web02')"), 'conf.web02.x');
  assert.equal(fill('template(scale(a,$f),f=2)', { f: '10' }), 'scale(a,10)');
  assert.equal(fill('conf.$x', { x: 'a' }), 'conf.$x');
});

void test('the first path of a name is found inside of functions', () => {
  assert.equal(firstPath('scale(sumSeries(a.b,c.d),2)'), 'a.b');
  assert.equal(firstPath('a.b;c=d'), 'a.b;c=d');
  assert.equal(firstPath('some title (x)'), 'some');
});

const word = fc.stringMatching(/^[a-z*?$]{1,6}$/);
const path = fc
  .array(
    fc.oneof(
      word,
      fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `{${words.join(',')}}`),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join('.'));
const literal = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom('true', 'None', 'inf', '1.5', '-2e3'),
  fc.stringMatching(/^[^'\\\n\r]{0,8}$/).map((text) => `'${text}'`),
);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    path,
    fc
      .tuple(
        fc.constantFrom('f', 'sumSeries', 'a_1'),
        tie('expression'),
        fc.array(fc.oneof(literal, tie('expression')), { maxLength: 3 }),
        fc.option(literal, { nil: undefined }),
      )
      .map(([name, first, args, named]) => `${name}(${[first, ...args, ...(named === undefined ? [] : [`key=${named}`])].join(',')})`),
  ),
}));

void test('every expression that is written is read back the same', () => {
  fc.assert(
    fc.property(expression, (text) => assert.equal(write(parseWholeTarget(text)), text)),
    { numRuns: 2000 },
  );
});

void test('a million texts of target-like pieces are read or refused, in linear time', () => {
  const pieces = [
    'a',
    'sum',
    '(',
    ')',
    ',',
    '.',
    '{',
    '}',
    "'",
    '"',
    '|',
    '\\',
    '=',
    ' ',
    '*',
    '[',
    ']',
    '1',
    '-2.5',
    'e3',
    'template(',
    '$x',
    'true',
    'ü',
    '\n',
    '\u0000',
    'f(',
    "'s'",
  ];
  let state = 12_345;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let i = 0; i < 1_000_000; i++) {
    let text = '';
    for (let length = random(14); length >= 0; length--) text += pieces[random(pieces.length)];
    try {
      assert.ok(parseTarget(text).end <= text.length);
    } catch (error) {
      if (!(error instanceof HeedError)) throw error;
    }
  }
  for (const piece of [...pieces, 'f(a=', 'template(f(', "f('", '{a,', 'a|f(', 'f({,']) {
    try {
      parseTarget(piece.repeat(10_000));
    } catch (error) {
      if (!(error instanceof HeedError)) throw error;
    }
  }
});
