import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { copyFile, link } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { causeOf, HeedError } from '../../../core/errors.ts';
import type { BackupReport } from '../points-store.ts';
import { blocksFolder } from './block-list.ts';
import type { BlockInfo } from './blocks/block-key.ts';
import { syncFolder } from './blocks/file-bytes.ts';
import { listLogs, logPath } from './point-log.ts';

export interface BackupParts {
  from: string;
  to: string;
  /** The live blocks; none comes or goes while the backup runs. */
  blocks: readonly BlockInfo[];
  series: number;
  /** Puts names and points taken so far on the disk. */
  sync: () => Promise<void>;
}

/** Small files beside the folders that belong to a store. */
const FILES = ['layouts.json', 'layouts.copy.json', 'rolled.json'];

/**
 * Copies a store into an empty folder; what is written meanwhile may or may not be in it. Blocks never change, so they are
 * hard links where the file system allows. Logs are cut at their last whole record when the copy is opened.
 * @throws HeedError `not_empty`, `cannot_back_up`
 */
export async function backUp({ from, to, blocks, series, sync }: BackupParts): Promise<BackupReport> {
  if (existsSync(to) && readdirSync(to).length > 0) throw new HeedError('not_empty', `cannot back up to ${to}: the folder is not empty`, { status: 409 });
  try {
    mkdirSync(join(to, 'log'), { recursive: true });
    mkdirSync(join(to, 'index'), { recursive: true });
    mkdirSync(blocksFolder(to), { recursive: true });
    await sync();
    const report: BackupReport = { files: 0, bytes: 0, series };
    const put = async (copy: (from: string, to: string) => Promise<void>, source: string, target: string): Promise<void> => {
      await copy(source, target);
      report.files++;
      report.bytes += statSync(target).size;
    };
    // Points before names: a name without points does no harm.
    for (const number of listLogs(from)) await put(copyFile, logPath(from, number), logPath(to, number));
    for (const { path } of blocks) await put(linkOrCopy, path, join(blocksFolder(to), basename(path)));
    for (const name of FILES) if (existsSync(join(from, name))) await put(copyFile, join(from, name), join(to, name));
    for (const name of readdirSync(join(from, 'index'))) await put(copyFile, join(from, 'index', name), join(to, 'index', name));
    for (const folder of [to, join(to, 'log'), join(to, 'index'), blocksFolder(to)]) syncFolder(folder);
    return report;
  } catch (error) {
    throw new HeedError('cannot_back_up', `cannot back up to ${to}: ${causeOf(error)}`, { status: 500, cause: error });
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to);
  }
}
