import { closeSync, fdatasyncSync, openSync, renameSync, writeSync } from 'node:fs';

/** Replaces a small file: after a crash it is the old one or the new one, never a part. */
export function writeWhole(path: string, text: string): void {
  const fd = openSync(`${path}.tmp`, 'w');
  try {
    writeSync(fd, text);
    fdatasyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${path}.tmp`, path);
}
