import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundleOf, piecesOf } from '../bundle.fixture.ts';
import { artifactsContract } from '../contract.suite.ts';
import { openArtifacts } from './open-artifacts.ts';

artifactsContract('folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'heed-artifacts-'));
  return { open: () => openArtifacts(folder), [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
});

test('nothing is made before something is uploaded, and what a crash or damage left is put right by the next upload', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'heed-artifacts-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const { checksum, chunks, pieces } = piecesOf(bundleOf([{ type: 'source_map', url: '~/a.js.map', content: '{}' }]));
  const bundle = { checksum, chunks, projects: [1], release: 'a', dist: '' };
  const list = async (): Promise<number> => (await openArtifacts(folder).files({ project: 1, release: 'a', limit: 9 })).length;
  assert.equal(await list(), 0);
  assert.deepEqual(readdirSync(folder), []);
  const store = openArtifacts(folder);
  await store.addChunk(chunks[0], pieces[0]);
  await store.assemble(bundle);
  assert.deepEqual([await list(), readdirSync(join(folder, 'artifacts/chunks'))], [1, []]);
  const bundles = join(folder, 'artifacts/bundles');
  truncateSync(join(bundles, `${checksum}.zip`), 20);
  for (const name of [`${'0'.repeat(40)}.zip`, `${checksum}.new`]) writeFileSync(join(bundles, name), 'half');
  assert.equal(await list(), 0);
  assert.deepEqual(readdirSync(bundles).length, 2);
  const again = openArtifacts(folder);
  assert.deepEqual(await again.assemble(bundle), { missing: chunks });
  await again.addChunk(chunks[0], pieces[0]);
  assert.deepEqual(await again.assemble(bundle), { missing: [] });
  assert.equal(await list(), 1);
});
