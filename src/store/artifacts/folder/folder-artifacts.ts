import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import { type ArtifactsStore, type FoundMap, type ListedFile, type MapQuestion, MOST_BUNDLE_BYTES, type NewBundle, type NotFound } from '../artifacts-store.ts';
import { badBundle, readBundle } from '../bundle.ts';
import { BundleIndex, type IndexedBundle } from '../bundle-index.ts';
import { withFile } from '../byte-source.ts';

const MOST_WAITING_BYTES = 512 * 1024 * 1024;
const MOST_WAITING = 4096;
const MOST_BYTES = 2 * 1024 ** 3;
const MOST_BUNDLES = 2000;
const MOST_FILES = 100_000;
const MOST_CHUNKS = MOST_BUNDLE_BYTES / (64 * 1024);
const MOST_USES = 100;

const SHA1 = /^[0-9a-f]{40}$/;

type Kept = Omit<IndexedBundle, 'checksum' | 'file'> & { bytes: number };

/**
 * Bundles as files of a folder: `bundles/CHECKSUM.zip` with what is in it beside it as `.json`, and the pieces of those to come in `chunks`.
 * The folder is made by the first piece, and read by the first question.
 */
export class FolderArtifacts implements ArtifactsStore {
  readonly #chunks: string;
  readonly #bundles: string;
  readonly #index = new BundleIndex();
  readonly #bytes = new Map<string, number>();
  #opening: Promise<void> | undefined;
  /** Changes go one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#chunks = join(folder, 'chunks');
    this.#bundles = join(folder, 'bundles');
  }

  async addChunk(sha1: string, bytes: Uint8Array): Promise<void> {
    if (!SHA1.test(sha1) || createHash('sha1').update(bytes).digest('hex') !== sha1)
      throw new HeedError('bad_chunk', `cannot keep a piece of a bundle: its SHA-1 is not ${sha1.slice(0, 60)}; send it again`);
    await this.#inTurn(async () => {
      await mkdir(this.#chunks, { recursive: true });
      await writeWhole(join(this.#chunks, sha1), bytes);
      await this.#dropOldChunks();
    });
  }

  async assemble(bundle: NewBundle): Promise<{ missing: string[] }> {
    const { checksum, chunks } = bundle;
    if (!SHA1.test(checksum) || !chunks.every((chunk) => SHA1.test(chunk)) || chunks.length > MOST_CHUNKS)
      throw badBundle('its checksums are not 40 hex digits each, or too many');
    return this.#inTurn(async () => {
      await this.#open();
      const known = this.#index.bundles.get(checksum);
      if (!known) {
        const present = new Set(await filesOf(this.#chunks));
        const missing = [...new Set(chunks)].filter((chunk) => !present.has(chunk));
        if (missing.length > 0 || chunks.length === 0) return { missing };
        await this.#take(bundle);
      } else await this.#keep({ ...known, uses: withUse(known.uses, bundle) });
      return { missing: [] };
    });
  }

  async hasAny(): Promise<boolean> {
    await this.#open();
    return this.#index.bundles.size > 0;
  }

  async find(question: MapQuestion): Promise<FoundMap | NotFound> {
    await this.#open();
    return this.#index.find(question);
  }

  async files(question: { project: number; release: string; limit: number }): Promise<ListedFile[]> {
    await this.#open();
    return this.#index.files(question);
  }

  async #take(bundle: NewBundle): Promise<void> {
    const { checksum, chunks } = bundle;
    await mkdir(this.#bundles, { recursive: true });
    const temporary = join(this.#bundles, `${checksum}.new`);
    try {
      await this.#join(chunks, temporary, checksum);
      const files = await withFile(temporary, readBundle);
      const file = join(this.#bundles, `${checksum}.zip`);
      await rename(temporary, file);
      await this.#keep({ checksum, file, uploaded: Date.now(), uses: withUse([], bundle), files });
    } catch (error) {
      await rm(temporary, { force: true });
      // What is no bundle now will not be one later.
      if (error instanceof HeedError) for (const chunk of chunks) await rm(join(this.#chunks, chunk), { force: true });
      throw error;
    }
    for (const chunk of chunks) await rm(join(this.#chunks, chunk), { force: true });
    await this.#dropOldBundles();
  }

  async #join(chunks: readonly string[], to: string, checksum: string): Promise<void> {
    const hash = createHash('sha1');
    let size = 0;
    await using file = await open(to, 'w');
    for (const chunk of chunks) {
      const bytes = await readFile(join(this.#chunks, chunk));
      size += bytes.length;
      if (size > MOST_BUNDLE_BYTES) throw badBundle(`it has more than ${MOST_BUNDLE_BYTES / 1024 ** 2} MB`);
      hash.update(bytes);
      await file.write(bytes);
    }
    if (hash.digest('hex') !== checksum) throw badBundle('its SHA-1 is not that of its pieces; upload it again');
    await file.sync();
  }

  async #keep(bundle: IndexedBundle): Promise<void> {
    const { uploaded, uses, files } = bundle;
    const { size } = await stat(bundle.file);
    await writeWhole(bundle.file.replace(/\.zip$/, '.json'), JSON.stringify({ bytes: size, uploaded, uses, files } satisfies Kept));
    this.#index.add(bundle);
    this.#bytes.set(bundle.checksum, size);
  }

  async #dropOldBundles(): Promise<void> {
    const { bundles } = this.#index;
    const sum = (): { bytes: number; files: number } => ({
      bytes: [...this.#bytes.values()].reduce((all, bytes) => all + bytes, 0),
      files: [...bundles.values()].reduce((all, { files }) => all + files.length, 0),
    });
    for (
      let { bytes, files } = sum();
      bundles.size > 1 && (bundles.size > MOST_BUNDLES || bytes > MOST_BYTES || files > MOST_FILES);
      { bytes, files } = sum()
    ) {
      const [oldest] = bundles.values();
      this.#index.remove(oldest.checksum);
      this.#bytes.delete(oldest.checksum);
      for (const end of ['zip', 'json']) await rm(join(this.#bundles, `${oldest.checksum}.${end}`), { force: true });
      log.info(`the bundle ${oldest.checksum} was removed: newer ones need its room`);
    }
  }

  async #dropOldChunks(): Promise<void> {
    const kept: { path: string; size: number; time: number }[] = [];
    for (const name of await filesOf(this.#chunks)) {
      const path = join(this.#chunks, name);
      const { size, mtimeMs } = await stat(path);
      kept.push({ path, size, time: mtimeMs });
    }
    let { length: count } = kept;
    let bytes = kept.reduce((all, { size }) => all + size, 0);
    for (const { path, size } of kept.toSorted((a, b) => a.time - b.time)) {
      if (bytes <= MOST_WAITING_BYTES && count <= MOST_WAITING) return;
      await rm(path, { force: true });
      bytes -= size;
      count--;
    }
  }

  async #open(): Promise<void> {
    this.#opening ??= this.#read();
    await this.#opening;
  }

  async #read(): Promise<void> {
    const bundles: { bundle: IndexedBundle; bytes: number }[] = [];
    const names = new Set(await filesOf(this.#bundles));
    for (const name of names) {
      const checksum = name.replace(/\.json$/, '');
      // What a crash left half made.
      if (name.endsWith('.new') || (name.endsWith('.zip') && !names.has(name.replace(/zip$/, 'json')))) await rm(join(this.#bundles, name), { force: true });
      if (name === checksum || !SHA1.test(checksum)) continue;
      const file = join(this.#bundles, `${checksum}.zip`);
      try {
        const { bytes, uploaded, uses, files } = JSON.parse(await readFile(join(this.#bundles, name), 'utf8')) as Kept;
        if ((await stat(file)).size === bytes) bundles.push({ bundle: { checksum, file, uploaded, uses, files }, bytes });
        else log.warn(`the bundle ${file} is damaged: upload it again`);
      } catch (error) {
        log.warn(`cannot read the bundle ${file}: ${causeOf(error)}; upload it again`);
      }
    }
    for (const { bundle, bytes } of bundles.toSorted((a, b) => a.bundle.uploaded - b.bundle.uploaded)) {
      this.#index.add(bundle);
      this.#bytes.set(bundle.checksum, bytes);
    }
  }

  #inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(change).catch((error: unknown) => {
      if (error instanceof HeedError) throw error;
      throw new HeedError('cannot_write', `cannot keep the bundle: ${causeOf(error)}`, { status: 503, cause: error });
    });
    this.#last = done.catch(() => undefined);
    return done;
  }
}

/** One use for each release and dist, the oldest going beyond a hundred. */
function withUse(uses: IndexedBundle['uses'], { projects, release, dist }: NewBundle): IndexedBundle['uses'] {
  const same = uses.find((use) => use.release === release && use.dist === dist);
  const use = { projects: [...new Set([...(same?.projects ?? []), ...projects])], release, dist };
  return [...uses.filter((other) => other !== same), use].slice(-MOST_USES);
}

/** A crash leaves the file as it was, or whole. */
async function writeWhole(path: string, bytes: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    await writeFile(temporary, bytes, { flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function filesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
