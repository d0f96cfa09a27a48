import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../core/errors.ts';
import { expressionTree, type ExpressionTree } from './tree.ts';

/** Kinds and texts of all parts, outermost first. */
function parts(text: string, tree = expressionTree(text), name = ''): string[] {
  const label = name === '' ? '' : `${name}=`;
  return [`${label}${tree.kind} ${text.slice(...tree.span)}`, ...(tree.arguments ?? []).flatMap((one) => parts(text, one.value, one.name))];
}

void test('each part of a target has its kind and its place', () => {
  assert.deepEqual(parts(" movingAverage( averageSeries(a.*.b) , '5min', xFilesFactor=0.5)"), [
    "call movingAverage( averageSeries(a.*.b) , '5min', xFilesFactor=0.5)",
    'call averageSeries(a.*.b)',
    'path a.*.b',
    "string '5min'",
    'xFilesFactor=number 0.5',
  ]);
  assert.deepEqual(parts('f(a,true,none,inf,-1e3)'), ['call f(a,true,none,inf,-1e3)', 'path a', 'boolean true', 'none none', 'infinity inf', 'number -1e3']);
  assert.equal(expressionTree('f(a)').function, 'f');
});

void test('what is piped into a call is its first argument', () => {
  assert.deepEqual(parts('a.b | scale(2)|alias("x")'), ['call a.b | scale(2)|alias("x")', 'call a.b | scale(2)', 'path a.b', 'number 2', 'string "x"']);
});

void test('a template is one part', () => {
  assert.deepEqual(parts('f(template(a.$x, x="(b)" ),2)'), ['call f(template(a.$x, x="(b)" ),2)', 'template template(a.$x, x="(b)" )', 'number 2']);
  assert.deepEqual(parts('template(f(a.$1) )'), ['template template(f(a.$1) )']);
});

void test('errors say where', () => {
  assert.throws(() => expressionTree('sumSeries(a.*'), { code: 'bad_target', message: /at character 14, before the end: a comma or \) is expected/ });
  assert.throws(() => expressionTree('a)b'), { code: 'bad_target', message: /at character 2/ });
});

void test('parts lie inside of what they are parts of, whatever the text', () => {
  const piece = fc.constantFrom('f(', ')', ',', 'a.b', '*', "'x'", '"', '|', ' ', '5', 'n=', 'template(', '{a,b}', 'inf', '\\');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      let tree: ExpressionTree;
      try {
        tree = expressionTree(text);
      } catch (error) {
        assert.ok(error instanceof HeedError);
        return;
      }
      const check = ({ span: [from, until], arguments: inner = [] }: ExpressionTree): void => {
        assert.ok(from >= 0 && from < until && until <= text.length);
        for (const { value } of inner) {
          assert.ok(value.span[0] >= from && value.span[1] <= until);
          check(value);
        }
      };
      check(tree);
    }),
    { numRuns: 2000 },
  );
});
