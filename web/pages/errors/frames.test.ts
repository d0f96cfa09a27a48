import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame } from '../../../src/core/error-event.ts';
import { chainOf, framePlace, libraryOf, libraryWords, ours, rawTrace, sourceLines, traceRows } from './frames.ts';

const own = (name: string): Frame => ({ function: name, filename: `src/${name}.ts`, lineno: 4, colno: 2, in_app: true });
const library = (name: string): Frame => ({ function: name, abs_path: `/srv/node_modules/${name}/lib/index.js`, in_app: false });

test('library frames beside each other are one line, most recent call first', () => {
  const rows = traceRows({ frames: [library('fastify'), library('@fastify/reply'), own('search'), own('read')] }, false);
  assert.deepEqual(
    rows.map((row) => (row.kind === 'frame' ? row.frame.function : row.kind === 'library' ? libraryWords(row.frames.map(({ frame }) => frame)) : row.kind)),
    ['read', 'search', '2 library frames: @fastify/reply, fastify'],
  );
  assert.equal(traceRows({ frames: [library('a'), own('b')] }, true).length, 2);
});

test('where no frame is known to be ours, all are shown', () => {
  const frames = [{ function: 'a' }, { function: 'b' }];
  assert.deepEqual(
    traceRows({ frames }, false).map(({ kind }) => kind),
    ['frame', 'frame'],
  );
  assert.equal(ours(frames), 2);
});

test('frames that were left out are told', () => {
  const rows = traceRows({ frames: [own('a'), own('b'), own('c')], frames_omitted: [2, 152] }, false);
  assert.deepEqual(
    rows.map((row) => (row.kind === 'omitted' ? row.count : row.kind)),
    ['frame', 150, 'frame', 'frame'],
  );
});

test('a place and a library are read from what the client sent', () => {
  assert.equal(framePlace(own('x')), 'src/x.ts:4:2');
  assert.equal(framePlace({ module: 'shop.cart', lineno: 7 }), 'shop.cart:7');
  assert.equal(framePlace({ instruction_addr: '0xdead' }), '0xdead');
  assert.equal(libraryOf({ abs_path: '/usr/lib/python3/site-packages/django/core/x.py' }), 'django');
  assert.equal(libraryOf({ abs_path: '/a/node_modules/b/node_modules/@c/d/e.js' }), '@c/d');
  assert.equal(libraryOf({ abs_path: 'node:internal/process' }), 'node');
  assert.equal(libraryOf({ module: 'java.util.List' }), 'java');
});

test('source lines carry their numbers, also at the head of a file', () => {
  assert.deepEqual(
    sourceLines({ lineno: 2, pre_context: ['a'], context_line: 'b', post_context: ['c'] }).map(({ number, hit }) => [number, hit]),
    [
      [1, false],
      [2, true],
      [3, false],
    ],
  );
  assert.deepEqual(sourceLines({ lineno: 2, pre_context: ['a'] }), []);
});

test('a chain is read from what was thrown last to what began it', () => {
  const links = chainOf([
    { type: 'KeyError', mechanism: { type: 'x', source: '__context__' } },
    { type: 'OSError', mechanism: { type: 'x', parent_id: 0 } },
    { type: 'Group', mechanism: { type: 'x', exception_id: 0, is_exception_group: true } },
  ]);
  assert.deepEqual(
    links.map(({ exception, relation }) => [exception.type, relation]),
    [
      ['Group', ''],
      ['OSError', 'one of Group'],
      ['KeyError', 'while handling it, OSError was raised'],
    ],
  );
  assert.equal(chainOf([{ type: 'A' }, { type: 'B' }])[1].relation, 'caused by');
});

test('a raw trace reads as its runtime prints it', () => {
  const exception = { type: 'TypeError', value: 'no' };
  assert.equal(
    rawTrace(exception, { frames: [own('outer'), own('inner')] }, 'node'),
    'TypeError: no\n    at inner (src/inner.ts:4:2)\n    at outer (src/outer.ts:4:2)',
  );
  assert.match(rawTrace(exception, { frames: [own('a')] }, 'python'), /^Traceback[^]*File "src\/a.ts", line 4, in a\nTypeError: no$/);
});
