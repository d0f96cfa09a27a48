import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Catalog } from './catalog.ts';
import { DEFAULT_SETTINGS } from '../../core/project.ts';

/** What every catalog must do with projects and their keys. */
export function projectsContract(makeFolder: () => { open(dsnKey?: string): Promise<Catalog>; [Symbol.asyncDispose](): Promise<void> }): void {
  it('gives a project more keys, of which the first active one is its own', async () => {
    await using folder = makeFolder();
    let added;
    {
      await using catalog = await folder.open();
      const shop = await catalog.addProject('shop');
      assert.deepEqual(
        shop.keys.map(({ key, label, active, mostPerMinute }) => ({ key, label, active, mostPerMinute })),
        [{ key: shop.key, label: 'Default', active: true, mostPerMinute: null }],
      );
      added = await catalog.addKey(shop.id, ' phone app ');
      assert.equal(added.label, 'phone app');
      assert.match(added.key, /^[0-9a-f]{32}$/);
      await catalog.changeKey(shop.id, shop.keys[0].id, { active: false });
      await catalog.changeKey(shop.id, added.id, { mostPerMinute: 60 });
    }
    await using catalog = await folder.open();
    const [, shop] = await catalog.projects();
    assert.equal(shop.key, added.key);
    assert.deepEqual(
      shop.keys.map(({ active, mostPerMinute }) => [active, mostPerMinute]),
      [
        [false, null],
        [true, 60],
      ],
    );
    await assert.rejects(catalog.addKey(shop.id, ''), { code: 'bad_name' });
    await assert.rejects(catalog.addKey('99', 'x'), { code: 'not_found', status: 404 });
    await assert.rejects(catalog.changeKey(shop.id, 99, { active: true }), { code: 'not_found', status: 404 });
    await assert.rejects(catalog.changeKey('1', added.id, { active: false }), { code: 'not_found' });
  });

  it('changes a name and settings, of which what is not given stays', async () => {
    await using folder = makeFolder();
    {
      await using catalog = await folder.open();
      const { settings } = (await catalog.projects())[0];
      assert.deepEqual(settings, DEFAULT_SETTINGS);
      await catalog.changeProject('1', { name: 'Bookshop', settings: { origins: ['*.example.org'] } });
      await catalog.changeProject('1', { settings: { stackRules: 'path:**/x/** -app' } });
      await assert.rejects(catalog.changeProject('1', { name: '…' }), { code: 'bad_name' });
      await assert.rejects(catalog.changeProject('7', { name: 'x' }), { code: 'not_found', status: 404 });
    }
    await using catalog = await folder.open();
    const [{ name, slug, settings }] = await catalog.projects();
    assert.deepEqual([name, slug], ['Bookshop', 'default']);
    assert.deepEqual(settings, { ...DEFAULT_SETTINGS, origins: ['*.example.org'], stackRules: 'path:**/x/** -app' });
  });

  it('removes a project with its keys, but never the first', async () => {
    await using folder = makeFolder();
    await using catalog = await folder.open();
    const shop = await catalog.addProject('shop');
    await catalog.retireProject(shop.id);
    assert.deepEqual(
      (await catalog.projects())[1].keys.map(({ active }) => active),
      [false],
    );
    await assert.rejects(catalog.retireProject('1'), { code: 'conflict' });
    await catalog.removeProject(shop.id);
    await assert.rejects(catalog.removeProject(shop.id), { code: 'not_found' });
    await assert.rejects(catalog.removeProject('1'), { code: 'conflict', status: 409 });
    assert.deepEqual(
      (await catalog.projects()).map(({ slug }) => slug),
      ['default'],
    );
    // Its number is not given again: events of it may still be there.
    assert.deepEqual([(await catalog.addProject('shop')).id, shop.id], ['3', '2']);
  });

  it('refuses a DSN key that another project has', async () => {
    await using folder = makeFolder();
    let key = '';
    {
      await using catalog = await folder.open();
      key = (await catalog.addKey((await catalog.addProject('shop')).id, 'more')).key;
    }
    await assert.rejects(folder.open(key), { code: 'bad_option' });
    await using catalog = await folder.open('b'.repeat(32));
    assert.equal((await catalog.projects())[0].key, 'b'.repeat(32));
  });
}
