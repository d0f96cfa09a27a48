import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

/** Writes all of `bytes`, at `position` or where the file stands. */
export function writeAll(file: number, bytes: Uint8Array, position: number | null = null): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done, position === null ? null : position + done);
}

/** Reads up to `length` bytes into `bytes[at]`; answers how many there were before the file's end. */
export function readUpTo(file: number, bytes: Uint8Array, at: number, length: number, position: number): number {
  let done = 0;
  while (done < length) {
    const read = readSync(file, bytes, at + done, length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}

/** Makes names in a folder (a rename, a new file) outlive a power cut. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
