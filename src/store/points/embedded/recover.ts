import { readFileSync, rmSync, statSync } from 'node:fs';
import { causeOf } from '../../../core/errors.ts';
import { Head } from './head.ts';
import { scanRecords } from './log-record.ts';
import { listLogs, logPath } from './point-log.ts';

const LEAST_BYTES_A_POINT = 12;

export interface RecoverParts {
  folder: string;
  headPoints: number;
  monotonic: number;
  /** Makes all ids below known, named or not. */
  reserve: (ids: number) => void;
  damaged: (file: string, what: string) => void;
}

/**
 * Reads the log files that a stop or crash left into heads: as a rule one, or two when a full one had not been sealed yet.
 * Points that are in blocks already do no harm there. Files without points are removed.
 * @returns oldest first, each full but the last
 */
export function recoverHeads({ folder, headPoints, monotonic, reserve, damaged }: RecoverParts): Head[] {
  const heads: Head[] = [];
  for (const number of listLogs(folder)) {
    const path = logPath(folder, number);
    const most = Math.floor(statSync(path).size / LEAST_BYTES_A_POINT);
    let head = heads.at(-1);
    const fresh = !head || head.count + most > head.capacity;
    if (!head || fresh) head = new Head(Math.max(headPoints, most), number);
    const before = head.count;
    const sound = readLog(path, number, head, reserve, damaged);
    if (head.count === before && sound) {
      rmSync(path);
      continue;
    }
    head.lastLog = number;
    if (Number.isNaN(head.born) && head.count > 0) head.born = monotonic;
    if (fresh) heads.push(head);
  }
  return heads;
}

function readLog(path: string, number: number, head: Head, reserve: (ids: number) => void, damaged: (file: string, what: string) => void): boolean {
  let sound = true;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    damaged(path, `${causeOf(error)}; its points are lost`);
    return false;
  }
  scanRecords(bytes, number, {
    record({ count, arrived, copy }) {
      if (Number.isNaN(head.arrived)) head.arrived = arrived * 1000;
      copy(head.series, head.slots, head.values, head.count);
      let highest = 0;
      for (let i = head.count; i < head.count + count; i++) if (head.series[i] > highest) highest = head.series[i];
      reserve(highest + 1);
      head.reach(highest + 1);
      head.link(count);
    },
    damaged(start, end) {
      sound = false;
      damaged(path, `bytes ${start} to ${end} are damaged; their points are lost`);
    },
  });
  return sound;
}
