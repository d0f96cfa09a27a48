import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../core/errors.ts';
import { bundleOf, zipOf } from './bundle.fixture.ts';
import { debugIdOf, readBundle, readManifest } from './bundle.ts';
import { beside } from './bundle-index.ts';
import { inMemory } from './byte-source.ts';

const ID = 'E31A0D5C-7A1B-4C2D-9E3F-0123456789AB';

test('minified files and source maps of a bundle are told with their ids', async () => {
  const bundle = bundleOf([
    { type: 'minified_source', url: '~/app.js', content: 'a', headers: { 'Debug-Id': ID, Sourcemap: 'app.js.map' } },
    { type: 'source_map', url: '~/app.js.map', content: '{}', headers: { 'debug-id': ID } },
    { type: 'source', url: '~/app.ts', content: 'a' },
  ]);
  const id = debugIdOf(ID);
  assert.deepEqual(await readBundle(inMemory(bundle)), [
    { path: 'files/_/_/0-app.js', type: 'minified_source', url: '~/app.js', debugId: id, sourceMap: 'app.js.map' },
    { path: 'files/_/_/1-app.js.map', type: 'source_map', url: '~/app.js.map', debugId: id, sourceMap: '' },
  ]);
});

test('what is no bundle is refused with a reason', async () => {
  const refused = (bytes: Buffer, reason: RegExp): Promise<void> => assert.rejects(readBundle(inMemory(bytes)), reason);
  await refused(Buffer.from(''), /does not begin as an artifact bundle/);
  await refused(zipOf({ 'manifest.json': Buffer.from('{}') }), /does not begin as an artifact bundle/);
  await refused(Buffer.from('SYSB\x02\x00\x00\x00 and no more'), /its end is not that of a ZIP file/);
  await refused(zipOf({ 'a.js': Buffer.from('a') }, Buffer.from('SYSB\x02\x00\x00\x00')), /no manifest\.json/);
  await refused(zipOf({ 'manifest.json': Buffer.from('{') }, Buffer.from('SYSB\x02\x00\x00\x00')), /not JSON/);
});

test('whatever a manifest holds, it is read or refused', () => {
  const field = fc.oneof(fc.json(), fc.constantFrom('"minified_source"', '"source_map"', '"~/a.js"', '{"debug-id":1}', '{"__proto__":null}'));
  const file = fc.tuple(field, field, field).map(([type, url, headers]) => `{"type":${type},"url":${url},"headers":${headers}}`);
  const manifest = fc.oneof(
    fc.string(),
    file.map((one) => `{"files":{"__proto__":${one},"a":${one}}}`),
  );
  const property = fc.property(manifest, (text) => {
    try {
      for (const { path, url } of readManifest(text)) assert.deepEqual([typeof path, typeof url], ['string', 'string']);
    } catch (error) {
      assert.ok(error instanceof HeedError, String(error));
    }
  });
  fc.assert(property, { numRuns: 2000 });
});

test('a map’s address is relative to its minified file', () => {
  for (const [url, relative, full] of [
    ['~/static/app.js', 'app.js.map', '~/static/app.js.map'],
    ['~/static/app.js', '../maps/app.js.map', '~/maps/app.js.map'],
    ['~/static/app.js', '/app.js.map', '~/app.js.map'],
    ['https://cdn.example.org/a/b.js', 'b.map', 'https://cdn.example.org/a/b.map'],
    ['~/ü/[id].js', '[id].js.map', '~/ü/[id].js.map'],
    ['~/app.js', 'https://example.org/app.js.map', 'https://example.org/app.js.map'],
    ['~/app.js', '~/other.map', '~/other.map'],
  ])
    assert.equal(beside(url, relative), full);
});
