import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Catalog } from './catalog.ts';
import { auditContract } from './audit.suite.ts';
import { peopleContract } from './people.suite.ts';
import { projectsContract } from './projects.suite.ts';
import { releasesContract } from './releases.suite.ts';
import { sessionsContract } from './sessions.suite.ts';
import { tokensContract } from './tokens.suite.ts';

/** What every catalog must do; `open` opens the same data again each time within one test. */
export function catalogContract(name: string, makeFolder: () => { open(dsnKey?: string): Promise<Catalog>; [Symbol.asyncDispose](): Promise<void> }): void {
  describe(`catalog contract: ${name}`, () => {
    it('has the project default with id 1 and a key from the start', async () => {
      await using folder = makeFolder();
      await using catalog = await folder.open();
      const [project, ...others] = await catalog.projects();
      assert.deepEqual(others, []);
      assert.equal(project.id, '1');
      assert.equal(project.slug, 'default');
      assert.match(project.key, /^[0-9a-f]{32}$/);
    });

    it('keeps the key of default, unless one is given', async () => {
      await using folder = makeFolder();
      const key = async (given?: string): Promise<string> => {
        await using catalog = await folder.open(given);
        return (await catalog.projects())[0].key;
      };
      const drawn = await key();
      assert.equal(await key(), drawn);
      assert.equal(await key('A'.repeat(32)), 'a'.repeat(32));
      assert.equal(await key(), 'a'.repeat(32));
      await assert.rejects(key('short'), { code: 'bad_option' });
    });

    it('adds projects that are there when opened again', async () => {
      await using folder = makeFolder();
      let added;
      {
        await using catalog = await folder.open();
        added = await catalog.addProject('Bücher Shop (new)');
        assert.equal(added.slug, 'bucher-shop-new');
        assert.equal(added.id, '2');
        assert.match(added.key, /^[0-9a-f]{32}$/);
        assert.deepEqual((await catalog.projects())[1], added);
      }
      await using catalog = await folder.open();
      assert.deepEqual((await catalog.projects())[1], added);
    });

    it('refuses a name that is taken, empty or too long', async () => {
      await using folder = makeFolder();
      await using catalog = await folder.open();
      await catalog.addProject('shop');
      await assert.rejects(catalog.addProject('Shop!'), { code: 'exists', status: 409 });
      await assert.rejects(catalog.addProject('…'), { code: 'bad_name' });
      await assert.rejects(catalog.addProject('x'.repeat(101)), { code: 'bad_name' });
      assert.equal((await catalog.projects()).length, 2);
    });

    it('remembers the first time of a mark', async () => {
      await using folder = makeFolder();
      {
        await using catalog = await folder.open();
        assert.equal(await catalog.marked('arrived'), undefined);
        await catalog.mark('arrived', 1000);
        await catalog.mark('arrived', 2000);
      }
      await using catalog = await folder.open();
      assert.equal(await catalog.marked('arrived'), 1000);
    });

    it('saves dashboards, each slug once, and removes them', async () => {
      await using folder = makeFolder();
      {
        await using catalog = await folder.open();
        assert.deepEqual(await catalog.dashboards(), []);
        await catalog.saveDashboard('shop', '{"title":"Shop"}');
        await catalog.saveDashboard('mail', '{"title":"Mail"}');
        await catalog.saveDashboard('shop', '{"title":"Shop, ü"}');
      }
      await using catalog = await folder.open();
      const slugs = async (): Promise<string[]> => (await catalog.dashboards()).map(({ slug }) => slug);
      assert.deepEqual(await slugs(), ['mail', 'shop']);
      const { text, changed } = (await catalog.dashboard('shop')) ?? assert.fail();
      assert.equal(text, '{"title":"Shop, ü"}');
      assert.ok(Math.abs(changed - Date.now()) < 60_000);
      assert.equal(await catalog.dashboard('none'), undefined);
      assert.equal(await catalog.removeDashboard('shop'), true);
      assert.equal(await catalog.removeDashboard('shop'), false);
      assert.deepEqual(await slugs(), ['mail']);
    });

    it('refuses a dashboard that is too large', async () => {
      await using folder = makeFolder();
      await using catalog = await folder.open();
      await catalog.saveDashboard('large', 'x'.repeat(256 * 1024));
      await assert.rejects(catalog.saveDashboard('large', 'ü'.repeat(128 * 1024 + 1)), { code: 'too_large', status: 413 });
      assert.equal((await catalog.dashboard('large'))?.text.length, 256 * 1024);
    });

    projectsContract(makeFolder);
    releasesContract(makeFolder);
    tokensContract(makeFolder);
    peopleContract(makeFolder);
    sessionsContract(makeFolder);
    auditContract(makeFolder);
  });
}
