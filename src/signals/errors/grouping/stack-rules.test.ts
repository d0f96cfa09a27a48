import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../../core/errors.ts';
import { parseStackRules, writeStackRule, type StackAction } from './stack-rules.ts';
import { BASE_STACK_RULES } from './base-stack-rules.ts';

/** A record as an object literal makes it, so that it equals one. */
const plainRecord = <T>(parts: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> => fc.record(parts, { noNullPrototype: true }) as fc.Arbitrary<T>;

const fails = (text: string, why: RegExp): void =>
  assert.throws(
    () => parseStackRules(text),
    (error) => error instanceof HeedError && error.code === 'bad_rules' && why.test(error.message),
  );

test('a rule is matchers and actions; comments and empty lines are none', () => {
  const rules = parseStackRules(
    '# ours\n\nfamily:javascript !path:"**/my app/**" -app ^-group  # noise\nmax-frames:x'.replace('max-frames:x', 'function:f max-frames=3 min-frames = 2'),
  );
  assert.deepEqual(
    rules.map(({ text }) => text),
    ['family:javascript !path:"**/my app/**" -app ^-group', 'function:f max-frames=3 min-frames=2'],
  );
  assert.deepEqual(rules[0].actions, [
    { type: 'app', on: false, range: 'frame' },
    { type: 'group', on: false, range: 'called' },
  ]);
});

test('the frame before and the one behind stand in brackets', () => {
  const [rule] = parseStackRules('[ function:outer ] | function:inner | [ module:core.* ] v+app');
  assert.deepEqual(
    rule.matchers.map(({ of, field }) => `${of} ${field}`),
    ['caller function', 'frame function', 'callee module'],
  );
  assert.deepEqual(rule.actions, [{ type: 'app', on: true, range: 'callers' }]);
});

test('names of fields may be those of searches', () => {
  const [rule] = parseStackRules('stack.function:a stack.abs_path:b stack.module:c stack.package:d error.type:e error.value:f error.mechanism:g -app');
  assert.deepEqual(
    rule.matchers.map(({ of, field }) => `${of} ${field}`),
    ['frame function', 'frame path', 'frame module', 'frame package', 'exception type', 'exception value', 'exception mechanism'],
  );
});

test('what cannot be read is refused with its line and what to write', () => {
  fails('function:a -app\nfunction:b', /cannot read stack rules: line 2: no action/);
  fails('-app', /line 1: a matcher such as .* must stand before '-app'/);
  fails('colour:red -app', /there is no matcher 'colour'; there are function/);
  fails('function:a +color', /line 1: '\+color' is neither a matcher nor an action/);
  fails('function:a max-frames=many', /max-frames must be a number from 0 to 1000, not many/);
  fails('app:maybe -app', /app is yes or no, not 'maybe'/);
  fails('[ function:a | function:b -app', /a '\]' with a space before it must follow function/);
  fails('[ error.type:A ] | function:b -app', /only frames can stand in brackets/);
  fails('function: -app', /nothing follows 'function:'/);
  fails('path:"**/x -app', /the quotes of .* are not closed/);
  fails('function:a -app\n'.repeat(2001), /line 2001: there are more than 2000 rules/);
});

test('what is written is read back the same', () => {
  const argument = fc.string({ unit: fc.constantFrom('a', '*', '/', ' ', '"', '\\', '#', '[', ']', '|', ':', 'é'), minLength: 1, maxLength: 8 });
  const name = fc.constantFrom('function', 'stack.module', 'path', 'package', 'category', 'type');
  const matcher = plainRecord({ key: name, argument, negated: fc.boolean() });
  const action: fc.Arbitrary<StackAction> = fc.oneof(
    plainRecord({
      type: fc.constantFrom('app' as const, 'group' as const),
      on: fc.boolean(),
      range: fc.constantFrom('frame' as const, 'called' as const, 'callers' as const),
    }),
    plainRecord({ type: fc.constantFrom('max-frames' as const, 'min-frames' as const), value: fc.nat(1000) }),
    plainRecord({ type: fc.constant('category' as const), value: fc.constantFrom('ui', 'a-b') }),
  );
  fc.assert(
    fc.property(fc.array(matcher, { minLength: 1, maxLength: 3 }), fc.array(action, { minLength: 1, maxLength: 3 }), (written, actions) => {
      const matchers = written.map((written) => ({ field: 'function' as const, of: 'frame' as const, written, matches: () => true }));
      const text = writeStackRule({ matchers, actions });
      const [rule] = parseStackRules(text);
      assert.deepEqual(
        rule.matchers.map(({ written }) => written),
        written,
      );
      assert.deepEqual(rule.actions, actions);
      assert.equal(rule.text, text);
    }),
  );
});

test('any text is read or refused', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('function', ':', ' ', '-app', '[', ']', '|', '"', '\\', '!', '\n', '^', 'x', '=', '#'), maxLength: 20 }),
      (text) => {
        try {
          parseStackRules(text);
        } catch (error) {
          assert.ok(error instanceof HeedError);
        }
      },
    ),
  );
});

test('the built-in rules can be read, and no rule is there twice', () => {
  const texts = parseStackRules(BASE_STACK_RULES).map(({ text }) => text);
  assert.equal(new Set(texts).size, texts.length);
  assert.ok(texts.length > 100);
});
