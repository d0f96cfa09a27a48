import { mkdirSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new empty folder for one run; the caller removes it. */
export function newFolder(purpose: string): string {
  const base = join(process.env.HEED_BENCH_DIR ?? tmpdir(), 'heed-bench');
  mkdirSync(base, { recursive: true });
  return mkdtempSync(join(base, `${purpose}-`));
}

/** Bytes of all files below a folder. */
export function folderBytes(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    try {
      bytes += statSync(join(entry.parentPath, entry.name)).size;
    } catch {
      // Unlinked between the two calls.
    }
  }
  return bytes;
}
