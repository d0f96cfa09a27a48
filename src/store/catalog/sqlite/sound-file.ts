import { accessSync, closeSync, constants, copyFileSync, existsSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';

/**
 * Result codes of a file that is damaged, or is no database. A mistake in SQL is one too, as ours are none: a table or a
 * format is not what it was.
 */
const DAMAGED = new Set([11, 26, 1]);
const READ_ONLY = 8;

/** What belongs to a database: itself and its journal. */
const FILES = ['', '-journal'];

/** Where the copy of the catalog lies that is made after each change. */
export const copyOf = (path: string): string => path.replace(/\.db$/, '.copy.db');

/**
 * Opens the file and gives it to `use`, which reads it. One that turns out damaged is put aside and its copy taken in its
 * place, else a new one is begun: Heed always starts. What happened is told by `onDamage`.
 * @throws HeedError `bad_catalog` when it cannot be opened for another reason, e.g. its permissions; what `use` throws
 */
export function openSound<Opened>(path: string, use: (database: DatabaseSync) => Opened, onDamage: (what: string) => void): Opened {
  try {
    return open(path, use);
  } catch (error) {
    if (!isDamage(error, path)) throw error instanceof HeedError ? error : new HeedError('bad_catalog', `cannot open ${path}: ${causeOf(error)}`);
    const aside = `${path}.damaged-${Date.now()}`;
    for (const end of FILES) if (existsSync(path + end)) renameSync(path + end, aside + end);
    const copy = copyOf(path);
    if (existsSync(copy)) {
      copyFileSync(copy, path);
      try {
        const opened = open(path, use);
        onDamage(`it could not be read (${causeOf(error)}) and was put aside as ${aside}; its copy is used`);
        return opened;
      } catch {
        for (const end of FILES) rmSync(path + end, { force: true });
      }
    }
    onDamage(`it could not be read (${causeOf(error)}) and was put aside as ${aside}; projects and dashboards begin anew, with a new key`);
    return open(path, use);
  }
}

function open<Opened>(path: string, use: (database: DatabaseSync) => Opened): Opened {
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    // No WAL: writes are rare, and a WAL's index needs room, so that a full disk would keep Heed from starting.
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    const { integrity_check: verdict } = database.prepare('PRAGMA integrity_check(1)').get() as { integrity_check: string };
    if (verdict !== 'ok') throw Object.assign(new Error(verdict), { errcode: 11 });
    return use(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function isDamage(error: unknown, path: string): boolean {
  // A newer Heed has written its copy too; a schema's number that only the file has was never written.
  if (error instanceof HeedError) return ['newer_format', 'bad_migration'].includes(error.code) && hasOtherVersion(path);
  // Extended codes hold the primary one in their low byte.
  const code = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
  return DAMAGED.has(code) || (code === READ_ONLY && mayWrite(path));
}

function hasOtherVersion(path: string): boolean {
  return existsSync(copyOf(path)) && versionOf(copyOf(path)) !== versionOf(path);
}

/** `PRAGMA user_version`, from the file's header. */
function versionOf(path: string): number {
  const fd = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(4);
    readSync(fd, bytes, 0, 4, 60);
    return bytes.readUInt32BE();
  } finally {
    closeSync(fd);
  }
}

/** Where the file may be written and SQLite takes it for read-only, its header says so. */
function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
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
