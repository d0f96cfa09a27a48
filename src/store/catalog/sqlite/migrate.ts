import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { causeOf, HeedError } from '../../../core/errors.ts';

/** Numbered SQL files; SQL and not code, as a migration that imports code changes when the code does. */
export const MIGRATIONS = new URL('../migrations/', import.meta.url);

/**
 * Brings a database to the newest schema: each file beyond `user_version` in a transaction of its own, so that a crash
 * leaves it between two files and never inside one. `what` names it in errors.
 * @throws HeedError `newer_format` when a later Heed has written it, `bad_migration` when a file fails
 */
export function migrate(database: DatabaseSync, folder = MIGRATIONS, what = 'the catalog'): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted();
  files.forEach((name, index) => {
    if (Number(name.slice(0, 3)) !== index + 1) throw new HeedError('bad_migration', `cannot migrate ${what}: ${name} is not number ${index + 1}`);
  });
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > files.length)
    throw new HeedError(
      'newer_format',
      `cannot open ${what}: its schema is ${version}, this Heed knows ${files.length}; use the Heed that wrote it or a newer one`,
    );
  for (let number = version + 1; number <= files.length; number++) {
    const name = files[number - 1];
    try {
      database.exec(`BEGIN IMMEDIATE; ${readFileSync(new URL(name, folder), 'utf8')}; PRAGMA user_version = ${number}; COMMIT`);
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw new HeedError('bad_migration', `cannot migrate ${what} by ${name}: ${causeOf(error)}`, { cause: error });
    }
  }
}
