import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { ErrorEvent, EventException, Frame } from '../../../core/error-event.ts';
import { event } from './event.fixture.ts';
import { explainGrouping } from './explain.ts';
import { compileFingerprintRules } from './fingerprint-rule-set.ts';
import { groupEvent } from './group-event.ts';
import { compileStackRules } from './stack-rule-set.ts';

const word = fc.constantFrom(
  'cart',
  'total',
  'Shop.pay',
  '?',
  '<anonymous>',
  'eval',
  'block in x',
  'lambda$1',
  'a$$Lambda$2',
  '-[X y]',
  '',
  'é',
  '\0',
  '/x/y.js',
);
const path = fc.constantFrom('/srv/a.py', 'https://a.example/x.js', 'node_modules/x.js', '<anonymous>', '[native code]', '', 'C:\\a\\b.dll', 'x?y=1');
const optional = <T>(part: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(part, { nil: undefined });
const frame: fc.Arbitrary<Frame> = fc.record({
  filename: optional(path),
  abs_path: optional(path),
  module: optional(word),
  package: optional(path),
  function: optional(word),
  raw_function: optional(word),
  context_line: optional(fc.string({ maxLength: 10 })),
  in_app: optional(fc.boolean()),
  platform: optional(fc.constantFrom('javascript', 'native')),
  data: optional(fc.record({ sourcemap: fc.constantFrom(null, 'm'), category: fc.constantFrom('ui', 7) })),
});
const stacktrace = fc.record({ frames: fc.array(frame, { maxLength: 6 }) });
const exceptionOf = fc.record({
  type: fc.option(word),
  value: optional(fc.string({ maxLength: 20 })),
  mechanism: optional(
    fc.record({
      type: word,
      synthetic: optional(fc.boolean()),
      exception_id: optional(fc.nat(4)),
      parent_id: optional(fc.nat(4)),
      is_exception_group: optional(fc.boolean()),
      meta: optional(fc.constantFrom({ ns_error: null }, { ns_error: { domain: 'd', code: 1 } }, { ns_error: [] })),
    }),
  ),
  stacktrace: optional(stacktrace),
}) as fc.Arbitrary<EventException>;
const someEvent = fc
  .record({
    platform: fc.constantFrom('python', 'javascript', 'node', 'ruby', 'php', 'java', 'csharp', 'native', 'other', '__proto__'),
    exception: optional(fc.array(exceptionOf, { maxLength: 5 })),
    stacktrace: optional(stacktrace),
    threads: optional(
      fc.array(fc.record({ crashed: optional(fc.boolean()), current: optional(fc.boolean()), stacktrace: optional(stacktrace) }), { maxLength: 3 }),
    ),
    logentry: optional(fc.record({ formatted: fc.string({ maxLength: 20 }) })),
    fingerprint: optional(fc.array(fc.constantFrom('{{ default }}', '{{ message }}', '{{ __proto__ }}', '{{stack.function}}', 'x', ''), { maxLength: 3 })),
    csp: optional(fc.record({ blocked_uri: fc.constantFrom('', 'data', 'http://', 7, null) })),
    type: fc.constantFrom('error', 'csp', 'hpkp', 'default'),
  })
  .map((fields) => event(fields as Partial<ErrorEvent>));

const rules = {
  fingerprintRules: compileFingerprintRules('path:**/*.py function:total -> {{ default }}, x title="{{ function }}"\n!message:*a* level:debug -> y'),
  stackRules: compileStackRules('[ app:no ] | function:* ^-group\nfamily:native v+app +group\ncategory:ui | [ !module:x ] max-frames=2\ntype:* min-frames=2'),
};

test('any event has a hash, always the same, and an explanation', () => {
  fc.assert(
    fc.property(
      someEvent,
      fc.constantFrom(undefined, rules),
      fc.constantFrom('newstyle:2026-01-20' as const, 'newstyle:2023-01-11' as const),
      (one, options, recipe) => {
        const result = groupEvent(one, { ...options, recipe });
        assert.ok(result.hashes.length > 0);
        for (const hash of result.hashes) assert.match(hash, /^[0-9a-f]{32}$/);
        assert.equal(new Set(result.hashes).size, result.hashes.length);
        assert.equal(result.grouping.variants[0].hash, result.hashes[0]);
        assert.deepEqual(groupEvent(structuredClone(one), { ...options, recipe }).grouping, result.grouping);
        assert.ok(explainGrouping(result.grouping).length > 0);
      },
    ),
    { numRuns: 1000 },
  );
});

const appFrame: fc.Arbitrary<Frame> = fc.record(
  {
    filename: fc.constantFrom('/srv/a.py', '/srv/b.py', '/srv/c.py'),
    function: fc.constantFrom('f', 'g', 'h'),
    lineno: fc.nat(1000),
    in_app: fc.constant(true),
  },
  { noNullPrototype: true },
);
const appFrames = fc.array(appFrame, { minLength: 1, maxLength: 6 });
const withFrames = (frames: Frame[], value = 'x'): ErrorEvent => event({ exception: [{ type: 'E', value, stacktrace: { frames } }] });

test('a frame that is not of the app leaves the first hash as it is', () => {
  fc.assert(
    fc.property(appFrames, fc.nat(6), (frames, at) => {
      const outside: Frame = { filename: '/srv/site-packages/x.py', function: 'x', in_app: false };
      const more = frames.toSpliced(Math.min(at, frames.length), 0, outside);
      // Between a call and its repetition it hides that it is one.
      fc.pre(new Set(frames.map(({ lineno }) => lineno)).size === frames.length);
      assert.equal(groupEvent(withFrames(more)).hashes[0], groupEvent(withFrames(frames)).hashes[0]);
    }),
  );
});

test('the order of frames counts, their lines and the value do not', () => {
  fc.assert(
    fc.property(appFrames, (frames) => {
      const hash = (list: Frame[], value?: string): string => groupEvent(withFrames(list, value)).hashes[0];
      const names = (list: Frame[]): string => list.map(({ filename, function: name }) => `${filename} ${name}`).join();
      fc.pre(new Set(frames.map(({ lineno }) => lineno)).size === frames.length);
      assert.equal(
        hash(frames),
        hash(
          frames.map((frame, index) => ({ ...frame, lineno: 2000 + index })),
          'y',
        ),
      );
      assert.equal(hash(frames) === hash(frames.toReversed()), names(frames) === names(frames.toReversed()));
    }),
  );
});

test('the same error is one issue whichever version of the client sends it', () => {
  const named = fc.constantFrom('pay', 'Cart.total', 'checkout');
  fc.assert(
    fc.property(fc.array(fc.option(named), { minLength: 1, maxLength: 5 }), fc.constantFrom('node', 'javascript'), (names, platform) => {
      const as = (nameless: string): string => {
        const frames = names.map((name, index) => ({
          filename: `/srv/app/${index}.js`,
          function: name ?? nameless,
          lineno: index,
          in_app: true,
          context_line: `line ${index}`,
        }));
        return groupEvent(event({ platform, exception: [{ type: 'TypeError', value: 'x', stacktrace: { frames } }] })).hashes[0];
      };
      assert.equal(as('<anonymous>'), as('?'));
      assert.equal(as('Object.<anonymous>'), as('Object.?'));
    }),
  );
});
