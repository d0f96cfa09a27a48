import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { causeOf, HeedError } from '../../../core/errors.ts';

/** Result codes of a file that is damaged, or is no database. */
const DAMAGED = new Set([11, 26]);

/** Where the copy of the catalog lies that is made after each change. */
export const copyOf = (path: string): string => path.replace(/\.db$/, '.copy.db');

/**
 * Opens the file if it is sound. A damaged one is put aside and its copy taken in its place, else a new one is begun:
 * Heed always starts. What happened is told by `onDamage`.
 * @throws HeedError `bad_catalog` when it cannot be opened for another reason, e.g. its permissions
 */
export function openSound(path: string, onDamage: (what: string) => void): DatabaseSync {
  try {
    return open(path);
  } catch (error) {
    if (!DAMAGED.has((error as { errcode?: number }).errcode ?? 0)) throw new HeedError('bad_catalog', `cannot open ${path}: ${causeOf(error)}`);
    const aside = `${path}.damaged-${Date.now()}`;
    for (const end of ['', '-wal', '-shm']) if (existsSync(path + end)) renameSync(path + end, aside + end);
    const copy = copyOf(path);
    if (existsSync(copy)) {
      copyFileSync(copy, path);
      try {
        const database = open(path);
        onDamage(`it could not be read (${causeOf(error)}) and was put aside as ${aside}; its copy is used`);
        return database;
      } catch {
        for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
      }
    }
    onDamage(`it could not be read (${causeOf(error)}) and was put aside as ${aside}; projects begin anew, with a new key`);
    return open(path);
  }
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    const { quick_check: verdict } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (verdict !== 'ok') throw Object.assign(new Error(verdict), { errcode: 11 });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Writes the whole database into one file, in place of what was there; a crash leaves the old or the new one. */
export function writeCopy(database: DatabaseSync, path: string): void {
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  database.prepare('VACUUM INTO ?').run(temporary);
  renameSync(temporary, path);
}
