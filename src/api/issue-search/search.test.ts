import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../core/errors.ts';
import type { IssueTerm } from '../../store/errors/errors-store.ts';
import { offerKeys, offerValues, searchEnd } from './complete.ts';
import { STATE_WORDS } from './keys.ts';
import { parseSearch } from './parse.ts';
import { writeSearch } from './write.ts';

const term = (key: string, value: string, more: Partial<IssueTerm> = {}): IssueTerm => ({ key, operator: '=', value, not: false, ...more });

test('conditions are read as Sentry reads them', () => {
  const cases: [text: string, ...terms: IssueTerm[]][] = [
    [''],
    ['is:unresolved', term('is', 'unresolved')],
    ['is:ignored IS:Muted', term('is', 'archived'), term('is', 'archived')],
    ['release:1.4*', term('release', '1.4*', { operator: 'glob' })],
    ['!level:error level:warn', term('level', 'error', { not: true }), term('level', 'warning')],
    ['timesSeen:>10 timesseen:<=1k', term('timesSeen', '10', { operator: '>' }), term('timesSeen', '1000', { operator: '<=' })],
    ['age:>24h firstSeen:>2026-11-22', term('age', '24h', { operator: '>' }), term('firstSeen', '2026-11-22', { operator: '>' })],
    ['user.email:ann@example.com', term('user.email', 'ann@example.com')],
    ['has:user !has:env', term('has', 'user'), term('has', 'environment', { not: true })],
    ['"quoted text" plain', term('text', 'quoted text'), term('text', 'plain')],
    ['url:"/a b" "my key":"x y"', term('url', '/a b'), term('my key', 'x y')],
    ['level:[error, fatal]', term('level', 'error', { any: ['fatal'] })],
    ['release:["a b",2.*]', term('release', 'a b', { any: ['2.*'], operator: 'glob' })],
    [String.raw`a:\*b "say \"x\""`, term('a', '*b'), term('text', 'say "x"')],
    ['tags[color]:red', term('color', 'red')],
    ['environment:""', term('has', 'environment', { not: true })],
    ['message:oops', term('text', 'oops')],
    ['error.handled:0', term('error.handled', 'false')],
    ['a AND b', term('text', 'a'), term('text', 'b')],
    ['status:>500', term('status', '>500')],
  ];
  for (const [text, ...terms] of cases) assert.deepEqual(parseSearch(text), terms, text);
});

test('a star after a backslash is a star, and letters keep the backslash before them', () => {
  assert.deepEqual(parseSearch(String.raw`path:C:\Users\*`), [term('path', String.raw`C:\Users*`)]);
  assert.deepEqual(parseSearch(String.raw`path:C:\Users*`), [term('path', String.raw`C:\Users*`, { operator: 'glob' })]);
});

test('a title that was copied is text', () => {
  for (const title of [
    "TypeError: Cannot read properties of undefined (reading 'x')",
    'http://shop.example/a',
    'Shop::Cart#add failed',
    '! 12:30',
    '#[derive]',
  ])
    assert.deepEqual(
      parseSearch(title).map(({ key, value }) => [key, value]),
      title.split(' ').map((word) => ['text', word]),
    );
});

test('what cannot be read is refused with its place and what to write', () => {
  const cases: [string, RegExp][] = [
    ['is:unresovled', /no such state: is:unresovled \(at 1\); did you mean 'is:unresolved'\?/],
    ['x is:', /is: \(at 3\) says no value/],
    ['level:loud', /no such level: level:loud \(at 1\); write fatal, error/],
    ['timesSeen:many', /no such number: timesSeen:many \(at 1\); write timesSeen:>100/],
    ['lastSeen:yesterday', /no such time: lastSeen:yesterday.*write -24h/],
    ['lastSeen:2026-13-45', /no such time/],
    ['error.handled:maybe', /write true or false/],
    ['a "b', /the quote at 3 has no end/],
    ['level:[error', /the list at 7 has no end/],
    ['level:[error,]', /a value is missing at 14/],
    ['a:"b"c', /a blank is missing after the quote at 3/],
    ['a OR b', /OR \(at 3\).*key:\[one,two\]/],
    ['""', /nothing is between the quotes at 1/],
    ['x '.repeat(41), /more than 40 conditions/],
    ['x'.repeat(4097), /longer than 4096/],
    [`a:[${Array.from({ length: 102 }, (_, i) => i).join(',')}]`, /lists have more than 100 values/],
    ['firstSeen:[-1h]', /is no list/],
  ];
  for (const [text, reason] of cases)
    assert.throws(
      () => parseSearch(text),
      (error: HeedError) =>
        error instanceof HeedError && error.code === 'bad_search' && reason.test(error.message) && error.message.startsWith('cannot read the search: '),
      text,
    );
});

const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
const operator = fc.constantFrom('=', '>', '>=', '<', '<=') as fc.Arbitrary<IssueTerm['operator']>;
const not = fc.boolean();
const anyTerm: fc.Arbitrary<IssueTerm> = fc.oneof(
  fc.record({
    key: fc.constantFrom('text', 'release', 'url', 'title', 'my key', 'a"b', 'x:y', 'OR', 'color', '#'),
    operator: fc.constant('=' as const),
    value: word,
    not,
  }),
  fc.record({ key: fc.constantFrom('is'), operator: fc.constant('=' as const), value: fc.constantFrom(...Object.keys(STATE_WORDS)), not }),
  fc.record({ key: fc.constantFrom('timesSeen', 'users'), operator, value: fc.nat().map(String), not }),
  fc.record({ key: fc.constantFrom('firstSeen', 'lastSeen'), operator, value: fc.constantFrom('-24h', '+7d', '2026-11-22', '2026-11-22T14:00:30Z'), not }),
  fc
    .record({
      key: fc.constantFrom('release', 'b c'),
      operator: fc.constant('=' as const),
      value: word,
      any: fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
      not,
    })
    .filter(({ value, any }) => !any.includes(value)),
);

test('what is written is read as the same', () => {
  fc.assert(
    fc.property(fc.array(anyTerm, { maxLength: 8 }), (terms) =>
      assert.deepEqual(
        parseSearch(writeSearch(terms)),
        terms.map((one) => ({ ...one })),
      ),
    ),
  );
});

test('any text is read or refused, and written back it means the same', () => {
  const piece = fc.constantFrom(
    ' ',
    '"',
    '\\',
    '*',
    '!',
    ':',
    '[',
    ']',
    ',',
    '>',
    '<=',
    'is:',
    'unresolved',
    'release:',
    'a',
    '-24h',
    'firstSeen:',
    'tags[',
    'OR',
    'has:',
    'ü',
    '__proto__:',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join('')),
      ),
      (text) => {
        let terms: IssueTerm[];
        try {
          terms = parseSearch(text);
        } catch (error) {
          assert.ok(error instanceof HeedError && error.message.startsWith('cannot read the search: '), String(error));
          return;
        }
        assert.deepEqual(parseSearch(writeSearch(terms)), terms);
        assert.ok(searchEnd(text).start <= text.length);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a search is completed where it ends', () => {
  const cases: [string, ReturnType<typeof searchEnd>][] = [
    ['', { start: 0, prefix: '' }],
    ['is:unresolved rel', { start: 14, prefix: 'rel' }],
    ['!rel', { start: 1, prefix: 'rel' }],
    ['is:un', { start: 3, key: 'is', prefix: 'un' }],
    ['env:"pro duc', { start: 4, key: 'environment', prefix: 'pro duc' }],
    ['timesSeen:>=1', { start: 12, key: 'timesSeen', prefix: '1' }],
    ['level:[error, fa', { start: 14, key: 'level', prefix: 'fa' }],
    ['release:["a, b",', { start: 16, key: 'release', prefix: '' }],
    ['"my key":a', { start: 9, key: 'my key', prefix: 'a' }],
    ['level:[error] ', { start: 14, prefix: '' }],
  ];
  for (const [text, end] of cases) assert.deepEqual(searchEnd(text), end, text);
  assert.deepEqual(
    offerKeys('first').map(({ text }) => text),
    ['firstSeen:'],
  );
  assert.deepEqual(
    offerKeys('ENV').map(({ text }) => text),
    ['environment:'],
  );
  assert.deepEqual(
    offerValues('is', 'un')?.map(({ text }) => text),
    ['unresolved', 'unassigned'],
  );
  assert.equal(offerValues('release', ''), undefined);
});
