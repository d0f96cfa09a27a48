import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { causeOf } from '../../core/errors.ts';

export interface WhisperFile {
  /** Below the folder that was asked for. */
  path: string;
  bytes: number;
}

const MAX_DEPTH = 128;

/** All `.wsp` files below a folder, sorted by path; links are followed, each folder once. What cannot be read is told. */
export async function findWhisperFiles(root: string, unreadable: (path: string, problem: string) => void): Promise<WhisperFile[]> {
  const found: WhisperFile[] = [];
  const seen = new Set<string>();
  const visit = async (path: string, depth: number): Promise<void> => {
    const folder = join(root, path);
    const real = await realpath(folder);
    if (seen.has(real) || depth > MAX_DEPTH) return;
    seen.add(real);
    for (const { name } of (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const below = path === '' ? name : `${path}/${name}`;
      try {
        const info = await stat(join(root, below));
        if (info.isDirectory()) await visit(below, depth + 1);
        else if (info.isFile() && name.endsWith('.wsp')) found.push({ path: below, bytes: info.size });
      } catch (error) {
        unreadable(below, causeOf(error));
      }
    }
  };
  await visit('', 0);
  return found;
}
