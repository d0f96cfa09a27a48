import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';

/** Result codes of a file that is damaged, or is no database. */
const DAMAGED = new Set([11, 26]);

/** What belongs to a database: itself and its journal. */
const FILES = ['', '-journal'];

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
    // Extended codes hold the primary one in their low byte.
    if (!DAMAGED.has(((error as { errcode?: number }).errcode ?? 0) & 0xff)) throw new HeedError('bad_catalog', `cannot open ${path}: ${causeOf(error)}`);
    const aside = `${path}.damaged-${Date.now()}`;
    for (const end of FILES) if (existsSync(path + end)) renameSync(path + end, aside + end);
    const copy = copyOf(path);
    if (existsSync(copy)) {
      copyFileSync(copy, path);
      try {
        const database = open(path);
        onDamage(`it could not be read (${causeOf(error)}) and was put aside as ${aside}; its copy is used`);
        return database;
      } catch {
        for (const end of FILES) rmSync(path + end, { force: true });
      }
    }
    onDamage(`it could not be read (${causeOf(error)}) and was put aside as ${aside}; projects begin anew, with a new key`);
    return open(path);
  }
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    // No WAL: writes are rare, and a WAL's index needs room, so that a full disk would keep Heed from starting.
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    const { quick_check: verdict } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (verdict !== 'ok') throw Object.assign(new Error(verdict), { errcode: 11 });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Makes the copy anew; a crash leaves the old or the new one. Without room for it (it is logged) the old one stays. */
export function writeCopy(database: DatabaseSync, path: string): void {
  const temporary = `${path}.new`;
  try {
    rmSync(temporary, { force: true });
    database.prepare('VACUUM INTO ?').run(temporary);
    renameSync(temporary, path);
  } catch (error) {
    log.warn(`cannot copy the catalog to ${path}: ${causeOf(error)}`);
    rmSync(temporary, { force: true });
  }
}
