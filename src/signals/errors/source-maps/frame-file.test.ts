import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Json } from '../../../core/error-event.ts';
import { debugIds, fileOf, urlsOf } from './frame-file.ts';

const ID = 'E31A0D5C-7A1B-4C2D-9E3F-0123456789AB';

test('a file may be in a bundle by its address on any host', () => {
  for (const [name, url] of [
    ['https://cdn.example.org/static/app.js?v=3#top', '~/static/app.js'],
    ['http://example.org:8080/app.js', '~/app.js'],
    ['app:///dist/app.js', '~/dist/app.js'],
    ['file:///srv/shop/app.js', '~/srv/shop/app.js'],
    ['/srv/shop/app.js', '~/srv/shop/app.js'],
    ['./dist/app.js', '~/dist/app.js'],
    ['app.js', '~/app.js'],
  ])
    assert.equal(urlsOf(name)[0], url);
});

test('whatever a frame names, its addresses are two', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (name) => {
      const [first, ...rest] = urlsOf(name);
      assert.ok(first.startsWith('~/') && rest.length === 1, first);
    }),
  );
});

test('frames of minified files are looked for, by the id that the event has for them', () => {
  const images: Record<string, Json>[] = [
    { type: 'sourcemap', code_file: '/srv/app.js', debug_id: ID },
    { type: 'elf', code_file: '/bin/x', debug_id: ID },
    { type: 'sourcemap' },
  ];
  const ids = debugIds({ event_id: '', type: 'error', timestamp: 0, received: 0, level: 'error', platform: 'node', tags: [], debug_meta: { images } });
  const at = { lineno: 1, colno: 2 };
  const id = ID.replaceAll('-', '').toLowerCase();
  assert.equal(fileOf({ abs_path: '/srv/app.js', ...at }, 'node', ids)?.debugId, id);
  assert.equal(fileOf({ filename: '/srv/app.js', ...at }, 'javascript', ids)?.debugId, id);
  assert.equal(fileOf({ abs_path: '/bin/x', ...at }, 'node', ids)?.debugId, '');
  for (const frame of [
    { abs_path: 'node:internal/timers', ...at },
    { abs_path: 'chrome-extension://abc/a.js', ...at },
    { filename: '<anonymous>', ...at },
    { abs_path: '/srv/app.js', lineno: 1 },
    at,
  ])
    assert.equal(fileOf(frame, 'node', ids), undefined);
  assert.equal(fileOf({ abs_path: '/srv/app.py', ...at }, 'python', ids), undefined);
});
