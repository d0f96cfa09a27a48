import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { substitute, usedVariables } from './substitute.ts';

const chosen = new Map([
  ['host', ['web-1']],
  ['hostname', ['x']],
  ['service', ['shop', 'mail']],
  ['all', ['*']],
]);

test('variables become what was chosen: one, several, all', () => {
  assert.equal(substitute('a.$host.b', chosen), 'a.web-1.b');
  assert.equal(substitute('a.${host}x.$service', chosen), 'a.web-1x.{shop,mail}');
  assert.equal(substitute('$all.${all:regex}.${host:raw}', chosen), '*..*.web-1');
  assert.equal(substitute("seriesByTag('s=~^${service:regex}$')", chosen), "seriesByTag('s=~^(shop|mail)$')");
  assert.equal(substitute('${v:regex}', new Map([['v', ['a.b+c']]])), 'a\\.b\\+c');
});

test('the whole word is the name, and what is no variable stays', () => {
  assert.equal(substitute('$hostname $host_ $5 $ $$host', chosen), 'x $host_ $5 $ $web-1');
  assert.deepEqual(usedVariables('$a.${b:regex}.$a.$1'), ['a', 'b']);
});

test('a value that could end a path or a text is refused', () => {
  for (const value of ['a"', "a'", 'a(b', 'a)', 'a,b', '{a', 'b}', 'a\\', '', 'a\nb'])
    assert.throws(() => substitute('$v', new Map([['v', [value]]])), { code: 'bad_variable' }, value);
  for (const value of ['a b', 'a*', '[ab]', 'a:b', '50%', 'é', '$host', 'a=b']) assert.equal(substitute('$v', new Map([['v', [value]]])), value);
});

test('whatever is chosen adds no quote, bracket or comma outside of braces', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      try {
        assert.doesNotMatch(substitute("f($v, 'x')", new Map([['v', [value]]])).slice(2, -6), /["'(),\\]/);
      } catch (error) {
        assert.equal((error as { code: string }).code, 'bad_variable');
      }
    }),
  );
});
