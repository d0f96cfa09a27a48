import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { LEVELS } from '../../../core/error-event.ts';
import { NOW, read } from './normalise.fixture.ts';

/** Events whose fields have the right names and anything in them. */
const odd = fc.constantFrom('\0', '\0 \0', ' ', '\ud800', '__proto__', '{"a":1}', '[', '%s', '…');
const value = fc.oneof(
  { weight: 2, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 2, arbitrary: odd },
  { weight: 1, arbitrary: fc.dictionary(odd, odd) },
  { weight: 1, arbitrary: fc.array(fc.tuple(odd, odd)) },
);
const some = (...names: string[]): fc.Arbitrary<object> => fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
const listed = (one: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.array(one, { maxLength: 4 }),
    fc.array(one, { maxLength: 4 }).map((values) => ({ values })),
    one,
  );
const stack = fc.record({
  frames: fc.array(some('filename', 'abs_path', 'function', 'lineno', 'colno', 'vars', 'pre_context', 'context_line', 'data', 'in_app', 'lock'), {
    maxLength: 4,
  }),
});
const exception = fc.record(
  { type: value, value, module: value, mechanism: fc.oneof(value, some('type', 'handled', 'data', 'exception_id')), stacktrace: stack },
  { requiredKeys: [] },
);
const anyEvent = fc.record(
  {
    ...Object.fromEntries(
      [
        'event_id',
        'timestamp',
        'level',
        'platform',
        'logger',
        'server_name',
        'release',
        'dist',
        'environment',
        'transaction',
        'culprit',
        'message',
        'tags',
        'extra',
      ].map((name) => [name, value]),
    ),
    ...Object.fromEntries(
      ['modules', 'fingerprint', 'checksum', 'sdk', 'debug_meta', 'contexts', 'start_timestamp', 'measurements', 'errors', 'csp', 'user'].map((name) => [
        name,
        value,
      ]),
    ),
    type: fc.oneof(value, fc.constantFrom('csp', 'transaction', 'feedback', 'error', 'hpkp')),
    logentry: some('message', 'formatted', 'params'),
    exception: listed(exception),
    threads: listed(fc.record({ id: value, name: value, stacktrace: stack }, { requiredKeys: [] })),
    stacktrace: stack,
    breadcrumbs: listed(some('timestamp', 'type', 'level', 'message', 'data', 'category')),
    request: some('url', 'method', 'query_string', 'data', 'cookies', 'headers', 'env', 'fragment'),
    spans: fc.array(some('start_timestamp', 'timestamp', 'data', 'op'), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

test('whatever is in an event, it comes out well formed, and normalising it again changes nothing', () => {
  const property = fc.property(anyEvent, fc.constantFrom(undefined, 'event', 'transaction', 'feedback'), (raw, itemType) => {
    const once = read(raw, { itemType, sentAt: NOW - 100_000 });
    assert.match(once.event_id, /^[0-9a-f]{32}$/);
    assert.ok(LEVELS.includes(once.level));
    assert.ok(Number.isInteger(once.timestamp) && once.timestamp <= NOW + 60_000 && once.timestamp >= NOW - 30 * 86_400_000);
    for (const [key, text] of once.tags) assert.ok(/^[\w.:-]{1,200}$/.test(key) && text.length <= 200 && !/[\r\n]/.test(text));
    assert.ok(JSON.stringify(once).isWellFormed() && !JSON.stringify(once).includes('\\u0000'));
    assert.deepEqual(read(once, { itemType }), once);
  });
  fc.assert(property, { numRuns: 500 });
});
