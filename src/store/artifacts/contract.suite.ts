import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ArtifactsStore, MapQuestion, NewBundle } from './artifacts-store.ts';
import { bundleOf, type FixtureFile, piecesOf } from './bundle.fixture.ts';

const ID = 'e31a0d5c7a1b4c2d9e3f0123456789ab';
const USE = { projects: [1], release: 'shop@1', dist: '' };
const QUESTION: MapQuestion = { project: 1, debugId: '', release: '', dist: '', urls: ['~/app.js'] };

const shop = (id: string, content = '{}'): FixtureFile[] => [
  { type: 'minified_source', url: '~/app.js', content: 'pay()', headers: { 'debug-id': id, sourcemap: 'app.js.map' } },
  { type: 'source_map', url: '~/app.js.map', content, headers: { 'debug-id': id } },
];

async function upload(store: ArtifactsStore, files: FixtureFile[], use: Partial<NewBundle> = {}): Promise<void> {
  const { checksum, chunks, pieces } = piecesOf(bundleOf(files));
  for (const [i, piece] of pieces.entries()) await store.addChunk(chunks[i], piece);
  assert.deepEqual(await store.assemble({ checksum, chunks, ...USE, ...use }), { missing: [] });
}

/** What every store of artifacts must do; `open` opens the same data again each time within one test. */
export function artifactsContract(name: string, makeFolder: () => { open(): ArtifactsStore; [Symbol.dispose](): void }): void {
  describe(`artifacts contract: ${name}`, () => {
    it('says which pieces are missing until all are there, and knows the bundle then', async () => {
      using folder = makeFolder();
      const store = folder.open();
      const { checksum, chunks, pieces } = piecesOf(bundleOf(shop(ID)), 200);
      const bundle = { checksum, chunks, ...USE };
      assert.ok(chunks.length > 2);
      assert.deepEqual(await store.assemble(bundle), { missing: chunks });
      for (const [i, piece] of pieces.entries()) if (i !== 1) await store.addChunk(chunks[i], piece);
      assert.deepEqual(await store.assemble(bundle), { missing: [chunks[1]] });
      assert.equal(await store.hasAny(), false);
      await store.addChunk(chunks[1], pieces[1]);
      assert.deepEqual(await store.assemble(bundle), { missing: [] });
      assert.equal(await store.hasAny(), true);
      assert.equal(await folder.open().hasAny(), true);
      assert.deepEqual(await folder.open().assemble(bundle), { missing: [] });
    });

    it('refuses pieces and bundles that are not what they are said to be', async () => {
      using folder = makeFolder();
      const store = folder.open();
      const { checksum, chunks, pieces } = piecesOf(Buffer.from('no bundle'));
      await assert.rejects(store.addChunk('0'.repeat(40), pieces[0]), { code: 'bad_chunk' });
      await assert.rejects(store.addChunk('../../escape', pieces[0]), { code: 'bad_chunk' });
      await assert.rejects(store.assemble({ checksum: '../../escape', chunks, ...USE }), { code: 'bad_bundle' });
      await store.addChunk(chunks[0], pieces[0]);
      await assert.rejects(store.assemble({ checksum, chunks, ...USE }), /does not begin as an artifact bundle/);
      await store.addChunk(chunks[0], pieces[0]);
      await assert.rejects(store.assemble({ checksum: '0'.repeat(40), chunks, ...USE }), /SHA-1/);
    });

    it('finds maps by debug id, of the project that they were uploaded for', async () => {
      using folder = makeFolder();
      await upload(folder.open(), shop(ID), { release: '' });
      const store = folder.open();
      const found = await store.find({ ...QUESTION, debugId: ID });
      assert.ok(found.by === 'debug id');
      assert.match(found.map, /app\.js\.map$/);
      assert.match(found.minified, /app\.js$/);
      assert.deepEqual(await store.find({ ...QUESTION, debugId: ID, project: 2 }), { by: '', missing: 'debug id' });
      assert.deepEqual(await store.find({ ...QUESTION, debugId: ID.replace('e', 'f') }), { by: '', missing: 'debug id' });
    });

    it('finds maps by release, dist and address, the newest first', async () => {
      using folder = makeFolder();
      const store = folder.open();
      await upload(store, shop('', '{"old":true}'));
      await upload(store, shop('', '{"new":true}'));
      await upload(store, shop('', '{"dist":true}'), { dist: 'd1' });
      const ask = async (part: Partial<MapQuestion>): Promise<string> => {
        const found = await store.find({ ...QUESTION, release: 'shop@1', ...part });
        return found.by === '' ? found.missing : found.bundle;
      };
      const [plain, dist] = [await ask({}), await ask({ dist: 'd1' })];
      assert.notEqual(plain, dist);
      assert.equal(await ask({ dist: 'd2' }), plain);
      assert.equal(await ask({ urls: ['https://example.org/app.js', '~/app.js'] }), plain);
      assert.equal(await ask({ urls: ['~/other.js'] }), 'file');
      assert.equal(await ask({ release: 'shop@2' }), 'release');
      await upload(store, [{ ...shop('')[0], url: '~/alone.js', headers: { sourcemap: 'gone.map' } }]);
      assert.equal(await ask({ urls: ['~/alone.js'] }), 'map');
    });

    it('keeps a bundle once for all its releases, and lists the files of each', async () => {
      using folder = makeFolder();
      const store = folder.open();
      await upload(store, shop(ID));
      const { checksum, chunks } = piecesOf(bundleOf(shop(ID)));
      assert.deepEqual(await store.assemble({ checksum, chunks, projects: [2], release: 'shop@2', dist: 'd' }), { missing: [] });
      const list = async (project: number, release: string, limit = 10): Promise<string[]> =>
        (await folder.open().files({ project, release, limit })).map(({ url, dist }) => url + dist);
      assert.deepEqual(await list(1, 'shop@1'), ['~/app.js', '~/app.js.map']);
      assert.deepEqual(await list(2, 'shop@2'), ['~/app.jsd', '~/app.js.mapd']);
      assert.deepEqual(await list(2, 'shop@2', 1), ['~/app.jsd']);
      assert.deepEqual(await list(1, 'shop@2'), []);
    });
  });
}
