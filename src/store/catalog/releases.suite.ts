import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Catalog } from './catalog.ts';

const DEPLOY = { environment: 'production', name: '', url: '', started: undefined, finished: 1000 };

/** What every catalog must do with releases; part of its contract. */
export function releasesContract(makeFolder: () => { open(): Promise<Catalog>; [Symbol.asyncDispose](): Promise<void> }): void {
  it('keeps what is told of a release, piece by piece', async () => {
    await using folder = makeFolder();
    const commit = { id: 'f521cc8', repository: 'shop', message: 'ü', author: 'Ann', email: '', time: 1, files: [{ path: 'a.js', type: 'A' as const }] };
    {
      await using catalog = await folder.open();
      const { release, made } = await catalog.releases.save('shop@1/2', { projects: [2] });
      assert.deepEqual([made, release.projects, release.released], [true, [2], undefined]);
      assert.equal((await catalog.releases.save('shop@1/2', { projects: [1], commits: [commit], url: undefined })).made, false);
      await catalog.releases.save('shop@1/2', { released: 5000 });
    }
    await using catalog = await folder.open();
    const { projects, released, commits } = (await catalog.releases.release('shop@1/2')) ?? assert.fail();
    assert.deepEqual([projects, released, commits], [[1, 2], 5000, [commit]]);
    assert.equal(await catalog.releases.release('shop@1'), undefined);
  });

  it('lists releases of a project, the newest first, and removes them with their deploys', async () => {
    await using folder = makeFolder();
    await using catalog = await folder.open();
    const { releases } = catalog;
    for (const [version, project] of [
      ['a', 1],
      ['b', 2],
      ['c', 1],
      ['d', 12],
    ] as const)
      await releases.save(version, { projects: [project] });
    const list = async (question: Parameters<typeof releases.list>[0]): Promise<string[]> => (await releases.list(question)).map(({ version }) => version);
    assert.deepEqual(await list({ limit: 2, offset: 1 }), ['c', 'b']);
    assert.deepEqual(await list({ project: 1, limit: 10, offset: 0 }), ['c', 'a']);
    await releases.save('a', { archived: true });
    assert.deepEqual(await list({ project: 1, archived: false, limit: 10, offset: 0 }), ['c']);
    assert.deepEqual(await list({ archived: true, limit: 10, offset: 0 }), ['a']);
    assert.deepEqual(await list({ project: 1, limit: 10, offset: 0 }), ['c', 'a']);
    await releases.addDeploy('c', DEPLOY);
    assert.equal(await releases.remove('c'), true);
    assert.equal(await releases.remove('c'), false);
    await releases.save('c', {});
    assert.deepEqual(await releases.deploys('c'), []);
  });

  it('keeps deploys of a release that there is', async () => {
    await using folder = makeFolder();
    await using catalog = await folder.open();
    const { releases } = catalog;
    await assert.rejects(releases.addDeploy('a', DEPLOY), { code: 'not_found', status: 404 });
    await releases.save('a', {});
    const first = await releases.addDeploy('a', DEPLOY);
    const second = await releases.addDeploy('a', { ...DEPLOY, environment: 'staging', started: 500 });
    assert.deepEqual(await releases.deploys('a'), [second, first]);
    for (let i = 0; i < 100; i++) await releases.addDeploy('a', DEPLOY);
    const kept = await releases.deploys('a');
    assert.deepEqual([kept.length, kept.some(({ id }) => id === second.id)], [100, false]);
  });

  it('refuses versions and commits that are too long', async () => {
    await using folder = makeFolder();
    await using catalog = await folder.open();
    await assert.rejects(catalog.releases.save('', {}), { code: 'bad_name' });
    await assert.rejects(catalog.releases.save('x'.repeat(201), {}), { code: 'bad_name' });
    const commit = { id: '1', repository: '', message: 'x'.repeat(32 * 1024), author: '', email: '', time: undefined, files: [] };
    await assert.rejects(catalog.releases.save('a', { commits: [commit] }), { code: 'too_large', status: 413 });
    assert.equal(await catalog.releases.release('a'), undefined);
  });
}
