import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { causeOf } from '../../../../core/errors.ts';
import { listLogFiles } from './index-log.ts';
import { readBatches } from './log-format.ts';
import type { IndexDamage } from './open-index.ts';
import { readSnapshot, SNAPSHOT_FILE } from './snapshot.ts';

/** What a check of an index folder found; nothing is changed. */
export interface IndexCheck {
  files: number;
  bytes: number;
  damage: IndexDamage[];
}

/** Reads every byte of an index folder and checks it against its CRCs. For a folder that no server is writing to. */
export function verifyIndex(folder: string): IndexCheck {
  const check: IndexCheck = { files: 0, bytes: 0, damage: [] };
  if (!existsSync(folder)) return check;
  for (const { path } of listLogFiles(folder)) {
    const file = readFileSync(path);
    check.files++;
    check.bytes += file.length;
    for (const { start, end } of readBatches(file, 0, () => undefined)) {
      check.damage.push({ file: basename(path), what: `${end - start} bytes at ${start} are damaged` });
    }
  }
  try {
    const snapshot = readSnapshot(join(folder, SNAPSHOT_FILE));
    if (!snapshot) return check;
    check.files++;
    check.bytes += statSync(join(folder, SNAPSHOT_FILE)).size;
    if (snapshot.damaged.length > 0) check.damage.push({ file: SNAPSHOT_FILE, what: `damaged in ${snapshot.damaged.join(', ')}` });
  } catch (error) {
    check.damage.push({ file: SNAPSHOT_FILE, what: causeOf(error) });
  }
  return check;
}
