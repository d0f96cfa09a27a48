import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { allocateCounters } from './core/counters.ts';
import { causeOf, HeedError } from './core/errors.ts';
import { defaultPolicy } from './core/policy.ts';
import { folderOwner } from './store/points/embedded/lock.ts';
import { openPoints } from './store/points/embedded/open.ts';
import { restorePoints } from './store/points/embedded/restore.ts';
import { verifyPoints } from './store/points/embedded/verify.ts';
import type { BackupReport, PointsStore } from './store/points/points-store.ts';

/** Databases beside the points; a backup holds those that exist. */
const DATABASES = ['catalog.db', 'facts.db', 'jobs.db', 'feedback.db', join('attachments', 'attachments.db'), join('errors', 'errors.db')];

/** Events that are not in their tables yet. Copied before those, so that each is in one of both; in both it counts once. */
const ARRIVED = join('errors', 'arrived');

/** Source maps that were uploaded; its files never change, and the oldest go. */
const BUNDLES = join('artifacts', 'bundles');

/** Bytes of attachments; the same, and copied after the database that names them. */
const ATTACHED = join('attachments', 'files');

/** One file of a data folder, as read in full. */
export interface CheckedFile {
  file: string;
  /** Empty when all is well. */
  problems: string[];
  points: number;
}

/**
 * Reads every byte of a data folder and changes nothing. What a server is writing at that moment would look damaged.
 * @throws HeedError `not_found`, `folder_in_use`
 */
export async function* verifyData(folder: string): AsyncGenerator<CheckedFile> {
  if (!existsSync(join(folder, 'points'))) throw new HeedError('not_found', `cannot verify ${folder}: there is no Heed data`, { status: 404 });
  const owner = folderOwner(join(folder, 'points'));
  if (owner !== undefined)
    throw new HeedError('folder_in_use', `cannot verify ${folder}: process ${owner} works on it; stop it, or verify a backup`, { status: 409 });
  for await (const { file, problems, points } of verifyPoints(join(folder, 'points'))) yield { file: join('points', file), problems, points };
  for (const name of DATABASES) if (existsSync(join(folder, name))) yield { file: name, problems: databaseProblems(join(folder, name)), points: 0 };
}

function databaseProblems(path: string): string[] {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const rows = database.prepare('PRAGMA integrity_check(5)').all() as { integrity_check: string }[];
      return rows.map(({ integrity_check: found }) => found).filter((found) => found !== 'ok');
    } finally {
      database.close();
    }
  } catch (error) {
    return [causeOf(error)];
  }
}

/**
 * Copies a whole data folder, consistent while a server works on it, into an empty folder.
 * @throws HeedError `not_empty`, `cannot_back_up`
 */
export async function backUpData(points: PointsStore, folder: string, to: string): Promise<BackupReport> {
  const target = resolve(to);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new HeedError('not_empty', `cannot back up to ${target}: the folder is not empty`, { status: 409 });
  try {
    mkdirSync(target, { recursive: true });
    const report = await points.backup(join(target, 'points'));
    await copyFiles(join(folder, ARRIVED), join(target, ARRIVED));
    for (const name of DATABASES) if (existsSync(join(folder, name))) copyDatabase(join(folder, name), join(target, name));
    for (const files of [BUNDLES, ATTACHED]) await copyFiles(join(folder, files), join(target, files));
    return report;
  } catch (error) {
    if (error instanceof HeedError) throw error;
    throw new HeedError('cannot_back_up', `cannot back up to ${target}: ${causeOf(error)}`, { status: 500, cause: error });
  }
}

async function copyFiles(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return;
  await mkdir(to, { recursive: true });
  for (const name of readdirSync(from).filter((name) => !name.endsWith('.new'))) {
    await copyFile(join(from, name), join(to, name)).catch((error: NodeJS.ErrnoException) => {
      // It went meanwhile: it made room for a newer one, or its events are in the tables.
      if (error.code !== 'ENOENT') throw error;
    });
  }
}

function copyDatabase(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  const database = new DatabaseSync(from);
  try {
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
}

/** Backs up a folder that no server uses. */
export async function backUpFolder(folder: string, to: string): Promise<BackupReport> {
  const from = resolve(folder);
  if (!existsSync(join(from, 'points'))) throw new HeedError('not_found', `cannot back up ${from}: there is no Heed data`, { status: 404 });
  await using points = await openPoints({ folder: join(from, 'points'), policy: defaultPolicy(), maxSeries: 100_000_000, counters: allocateCounters() });
  return await backUpData(points, from, to);
}

/**
 * Puts a backup where a server will be started; the folder must be empty or missing.
 * @throws HeedError `not_found`, `not_empty`, `folder_in_use`
 */
export function restoreData(backup: string, folder: string): void {
  const [from, to] = [resolve(backup), resolve(folder)];
  if (!existsSync(join(from, 'points'))) throw new HeedError('not_found', `cannot restore from ${from}: there is no backup`, { status: 404 });
  if (existsSync(to) && readdirSync(to).length > 0) throw new HeedError('not_empty', `cannot restore to ${to}: the folder is not empty`, { status: 409 });
  try {
    mkdirSync(to, { recursive: true });
    restorePoints(join(from, 'points'), join(to, 'points'));
    for (const name of [...DATABASES, ARRIVED, BUNDLES, ATTACHED])
      if (existsSync(join(from, name))) cpSync(join(from, name), join(to, name), { recursive: true });
  } catch (error) {
    rmSync(to, { recursive: true, force: true });
    throw error;
  }
}
