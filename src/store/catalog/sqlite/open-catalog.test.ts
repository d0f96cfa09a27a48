import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { catalogContract } from '../contract.suite.ts';
import { migrate } from './migrate.ts';
import { openCatalog } from './open-catalog.ts';

function makeFolder(): { path: string; open(dsnKey?: string): Promise<ReturnType<typeof openCatalog>>; [Symbol.asyncDispose](): Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), 'heed-catalog-'));
  return {
    path,
    open: async (dsnKey) => openCatalog(path, dsnKey),
    [Symbol.asyncDispose]: async () => rmSync(path, { recursive: true, force: true }),
  };
}

catalogContract('sqlite', makeFolder);

describe('sqlite catalog', () => {
  it('refuses a schema that a newer Heed wrote, and leaves it as it is', async () => {
    await using folder = makeFolder();
    await (await folder.open())[Symbol.asyncDispose]();
    const database = new DatabaseSync(join(folder.path, 'catalog.db'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    copyFileSync(join(folder.path, 'catalog.db'), join(folder.path, 'catalog.copy.db'));
    await assert.rejects(folder.open(), { code: 'newer_format' });
  });

  it('takes its copy when the file is damaged anywhere, and says so', async () => {
    await using folder = makeFolder();
    const file = join(folder.path, 'catalog.db');
    let projects;
    {
      await using catalog = await folder.open();
      await catalog.addProject('shop');
      projects = await catalog.projects();
    }
    const whole = readFileSync(file);
    for (const damaged of [Buffer.alloc(whole.length, 'no database '), whole.subarray(0, 5000), Buffer.from(whole).fill(0xff, 4096, 4200)]) {
      writeFileSync(file, damaged);
      await using catalog = await folder.open();
      assert.deepEqual(await catalog.projects(), projects);
      assert.equal(catalog.damage.length, 1);
    }
  });

  it('opens whichever byte of its headers, and every fifth of its schema, is damaged', async () => {
    await using folder = makeFolder();
    const [file, copy] = [join(folder.path, 'catalog.db'), join(folder.path, 'catalog.copy.db')];
    let projects;
    {
      await using catalog = await folder.open();
      await catalog.addProject('shop');
      projects = await catalog.projects();
    }
    const [whole, wholeCopy] = [readFileSync(file), readFileSync(copy)];
    const schema = whole.indexOf('CREATE TABLE');
    const places = [...Array(100).keys(), ...Array.from({ length: (4096 - schema) / 5 }, (_, i) => schema + 5 * i)];
    for (const at of places) {
      const damaged = Buffer.from(whole);
      damaged[at] ^= 1 << (at % 8);
      writeFileSync(file, damaged);
      writeFileSync(copy, wholeCopy);
      await using catalog = await folder.open();
      assert.deepEqual(await catalog.projects(), projects, `byte ${at}`);
      await catalog.mark(`mark ${at}`, 1);
    }
  });

  it('begins anew when the copy is damaged too', async () => {
    await using folder = makeFolder();
    for (const name of ['catalog.db', 'catalog.copy.db']) writeFileSync(join(folder.path, name), 'this is no database. '.repeat(500));
    await using catalog = await folder.open();
    assert.equal((await catalog.projects()).length, 1);
    assert.match(catalog.damage[0].what, /begin anew/);
  });

  it('refuses a key that another project has', async () => {
    await using folder = makeFolder();
    let key;
    {
      await using catalog = await folder.open();
      ({ key } = await catalog.addProject('shop'));
    }
    await assert.rejects(folder.open(key), { code: 'bad_option', message: /shop/ });
  });

  it('undoes a migration that fails half-way', async () => {
    await using folder = makeFolder();
    writeFileSync(join(folder.path, '001-good.sql'), 'CREATE TABLE good (x INTEGER)');
    writeFileSync(join(folder.path, '002-bad.sql'), 'CREATE TABLE half (x INTEGER); CREATE TABLE good (x INTEGER)');
    const database = new DatabaseSync(':memory:');
    assert.throws(() => migrate(database, pathToFileURL(`${folder.path}/`)), { code: 'bad_migration', message: /002-bad\.sql/ });
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    assert.deepEqual(
      tables.map(({ name }) => name),
      ['good'],
    );
    assert.equal(database.prepare('PRAGMA user_version').get()?.user_version, 1);
    database.close();
  });

  it('wants migrations without gaps', async () => {
    await using folder = makeFolder();
    writeFileSync(join(folder.path, '002-second.sql'), 'SELECT 1');
    assert.throws(() => migrate(new DatabaseSync(':memory:'), pathToFileURL(`${folder.path}/`)), { code: 'bad_migration' });
  });
});
