import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { join } from 'node:path';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { blocksFolder } from './block-list.ts';
import { parseBlockFileName } from './blocks/block-key.ts';
import { verifyBlock } from './blocks/verify-block.ts';
import { verifyIndex } from './index/verify-index.ts';
import { checkLayouts } from './layouts.ts';
import { scanRecords } from './log-record.ts';
import { listLogs, logPath } from './point-log.ts';
import { checkRolled } from './rolled.ts';

/** One file of a points folder, and what is wrong with it. */
export interface VerifiedFile {
  /** Below the folder. */
  file: string;
  /** Empty when all is well. */
  problems: string[];
  /** Sound points in it. */
  points: number;
}

/**
 * Reads every file of a points folder in full, while no server runs on it, and changes nothing. What a crash cut off at the
 * end of a log is no problem.
 * @throws HeedError `not_found` when there is no such folder
 */
export async function* verifyPoints(folder: string): AsyncGenerator<VerifiedFile, void> {
  if (!existsSync(folder)) throw new HeedError('not_found', `cannot verify ${folder}: there is no such folder`, { status: 404 });
  for (const check of checks(folder)) {
    yield check();
    await setImmediate();
  }
}

function* checks(folder: string): Generator<() => VerifiedFile> {
  for (const name of listed(blocksFolder(folder))) if (parseBlockFileName(name)) yield () => checkBlock(folder, name);
  for (const number of existsSync(join(folder, 'log')) ? listLogs(folder) : []) yield () => checkLog(folder, number);
  const { damage } = verifyIndex(join(folder, 'index'));
  for (const name of listed(join(folder, 'index'))) {
    const problems = damage.filter(({ file }) => file === name).map(({ what }) => what);
    yield () => ({ file: join('index', name), problems, points: 0 });
  }
  for (const [file, problem] of [...checkLayouts(folder), ...checkRolled(folder)]) yield () => ({ file, problems: problem ? [problem] : [], points: 0 });
}

const listed = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).toSorted() : []);

function checkBlock(folder: string, name: string): VerifiedFile {
  const { problems, info } = verifyBlock(join(blocksFolder(folder), name));
  return { file: join('blocks', name), problems, points: info?.points ?? 0 };
}

function checkLog(folder: string, number: number): VerifiedFile {
  const path = logPath(folder, number);
  const checked: VerifiedFile = { file: path.slice(folder.length + 1), problems: [], points: 0 };
  try {
    scanRecords(readFileSync(path), number, {
      record: ({ count }) => (checked.points += count),
      damaged: (start, end) => checked.problems.push(`bytes ${start} to ${end} are damaged; their points are lost`),
    });
  } catch (error) {
    checked.problems.push(causeOf(error));
  }
  return checked;
}
