import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const SHA256 = /^[0-9a-f]{64}$/;

/** Bytes by their sha256, each in a file of its own that never changes. */
export class ContentFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Resolves when they are on disk; a kill leaves all of them or none. */
  async write(sha256: string, bytes: Uint8Array): Promise<void> {
    const path = this.#path(sha256);
    if ((await sizeOf(path)) === bytes.length) return;
    await mkdir(this.#folder, { recursive: true });
    const temporary = `${path}.${randomBytes(4).toString('hex')}.new`;
    try {
      {
        await using file = await open(temporary, 'wx');
        await file.writeFile(bytes);
        await file.datasync();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** Undefined where they are gone, or not so many. */
  async read(sha256: string, size: number): Promise<Readable | undefined> {
    const path = this.#path(sha256);
    if ((await sizeOf(path)) !== size) return undefined;
    const file = await open(path, 'r').catch(() => undefined);
    return file?.createReadStream();
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.#path(sha256), { force: true });
  }

  /** Removes what a kill left: half files, and those that no row has. */
  async sweep(isKept: (sha256: string) => boolean): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [] as string[]))
      if (!SHA256.test(name) || !isKept(name)) await rm(join(this.#folder, name), { force: true });
  }

  #path(sha256: string): string {
    if (!SHA256.test(sha256)) throw new Error('bug: a sha256 has 64 hex digits');
    return join(this.#folder, sha256);
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
