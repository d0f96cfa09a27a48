import { cpSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { folderOwner } from './lock.ts';

/**
 * Puts a backup where a points store will be opened. The folder must not exist yet or be empty; nothing half copied is left.
 * @throws HeedError `not_empty`, `folder_in_use`, `cannot_restore`
 */
export function restorePoints(backup: string, folder: string): void {
  const owner = folderOwner(folder);
  if (owner !== undefined) throw new HeedError('folder_in_use', `cannot restore to ${folder}: process ${owner} uses it`, { status: 409 });
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new HeedError('not_empty', `cannot restore to ${folder}: the folder is not empty`, { status: 409 });
  if (!existsSync(backup)) throw new HeedError('cannot_restore', `cannot restore from ${backup}: there is no such folder`, { status: 404 });
  const partial = `${folder}.partial`;
  try {
    rmSync(partial, { recursive: true, force: true });
    cpSync(backup, partial, { recursive: true, filter: (path) => !path.endsWith('.tmp') });
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw new HeedError('cannot_restore', `cannot restore ${backup} to ${folder}: ${causeOf(error)}`, { status: 500, cause: error });
  }
}
