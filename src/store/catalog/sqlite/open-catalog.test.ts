import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
    await assert.rejects(folder.open(), { code: 'newer_format' });
  });

  it('says which file cannot be opened', async () => {
    await using folder = makeFolder();
    writeFileSync(join(folder.path, 'catalog.db'), 'this is no database, but long enough to be taken for the header of one. '.repeat(20));
    await assert.rejects(folder.open(), { code: 'bad_catalog', message: /catalog\.db/ });
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
