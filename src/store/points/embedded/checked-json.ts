import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { causeOf } from '../../../core/errors.ts';
import { writeWhole } from './write-whole.ts';

/** What was read from a small file; `problem` says why nothing could be, and is empty when it is just not there. */
export interface CheckedJson<Value> {
  value?: Value;
  problem: string;
}

/** Reads what `writeChecked` wrote. */
export function readChecked<Value>(path: string): CheckedJson<Value> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { problem: (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : causeOf(error) };
  }
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== checksumOf(body)) return { problem: 'its checksum is wrong' };
  return { value: JSON.parse(body) as Value, problem: '' };
}

/** Replaces a small file with JSON and its checksum, whole. */
export function writeChecked(path: string, value: unknown): void {
  const body = JSON.stringify(value);
  writeWhole(path, `${checksumOf(body)}\n${body}`);
}

const checksumOf = (body: string): string => crc32(body).toString(16).padStart(8, '0');
