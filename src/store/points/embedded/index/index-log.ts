import { closeSync, fdatasync, fsyncSync, fstatSync, ftruncateSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { causeOf, HeedError } from '../../../../core/errors.ts';
import type { Kind, Method } from '../../../../core/series.ts';
import { BatchWriter } from './log-format.ts';
import type { IndexJournal, SeriesIndex } from './series-index.ts';
import { SNAPSHOT_FILE, writeAll, writeSnapshot, type LogPosition } from './snapshot.ts';

const FILE_BYTES = 32 * 1024 * 1024;
/** Below this a log is never written anew for what removed series take in it. */
const SPARE_BYTES = 4 * 1024 * 1024;
const ENTRY_BYTES = 9;
const syncFile = promisify(fdatasync);

/** The log's files in order. */
export function listLogFiles(folder: string): { number: number; path: string }[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const found = /^names-(\d{6,})\.log$/.exec(name);
      return found ? [{ number: Number(found[1]), path: join(folder, name) }] : [];
    })
    .toSorted((a, b) => a.number - b.number);
}

export function logFilePath(folder: string, number: number): string {
  return join(folder, `names-${String(number).padStart(6, '0')}.log`);
}

/**
 * The append-only log of names. Every change of an index that it watches is buffered; `write` hands it to the kernel, `sync` to the disk. Together
 * with the snapshot each name is on disk twice.
 */
export class IndexLog implements IndexJournal {
  readonly #folder: string;
  readonly #policyKey: string;
  #batches = new BatchWriter();
  #fd: number;
  #file: number;
  #offset: number;
  /** The first file that is needed. */
  #firstFile: number;
  /** Bytes of the files before the current one. */
  #olderBytes: number;
  #snapshotBytes: number;
  /** The files hold damage, or lack what the snapshot has: the next snapshot writes them anew. */
  #distrusted: boolean;
  #snapshotting: Promise<void> | undefined;
  /** Syncs one after another, so that no file is closed while one is under way. */
  #syncs: Promise<unknown> = Promise.resolve();

  /** `position`: where the last file ends. */
  constructor(folder: string, options: { position: LogPosition; policyKey: string; distrusted: boolean }) {
    this.#folder = folder;
    this.#policyKey = options.policyKey;
    this.#distrusted = options.distrusted;
    this.#file = options.position.file;
    this.#offset = options.position.offset;
    this.#fd = openSync(logFilePath(folder, this.#file), 'a+');
    const older = listLogFiles(folder).filter(({ number }) => number < this.#file);
    this.#firstFile = older[0]?.number ?? this.#file;
    this.#olderBytes = older.reduce((sum, { path }) => sum + statSync(path).size, 0);
    this.#snapshotBytes = statSync(join(folder, SNAPSHOT_FILE), { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Bytes on disk, the snapshot included. */
  get bytes(): number {
    return this.#logBytes + this.#snapshotBytes;
  }

  get #logBytes(): number {
    return this.#olderBytes + this.#offset;
  }

  added(id: number, kind: Kind, method: Method, bytes: Uint8Array, start: number, end: number): void {
    this.#batches.added(id, kind, method, bytes, start, end);
  }

  removed(id: number): void {
    this.#batches.removed(id);
  }

  reserved(ids: number): void {
    this.#batches.reserved(ids);
  }

  /**
   * Hands all changes to the kernel: they survive the end of the process. Whoever writes points of a new series does this before.
   * @throws HeedError `index_unwritable`, e.g. for a full disk; nothing is lost, the next call writes it
   */
  write(): void {
    for (let left = this.#batches.batches.length; left > 0; left--) {
      try {
        if (this.#offset >= FILE_BYTES) this.#nextFile();
        this.#offset = writeAll(this.#fd, this.#batches.batches[0], this.#offset);
      } catch (error) {
        this.#cutBack();
        throw new HeedError('index_unwritable', `cannot write the log of names: ${causeOf(error)}`, { status: 503, cause: error });
      }
      this.#batches.drop(1);
    }
  }

  /** Takes back half a batch; where even that fails, the next batch follows the half one and reading skips that. */
  #cutBack(): void {
    try {
      ftruncateSync(this.#fd, this.#offset);
    } catch {
      this.#offset = fstatSync(this.#fd).size;
    }
  }

  #nextFile(): void {
    fsyncSync(this.#fd);
    const fd = openSync(logFilePath(this.#folder, this.#file + 1), 'a+');
    const old = this.#fd;
    void this.#inTurn(() => closeSync(old));
    this.#fd = fd;
    this.#file++;
    this.#olderBytes += this.#offset;
    this.#offset = 0;
    this.#syncFolder();
  }

  #inTurn(task: () => Promise<void> | void): Promise<void> {
    const done = this.#syncs.then(task);
    this.#syncs = done.catch(() => undefined);
    return done;
  }

  #syncFolder(): void {
    const fd = openSync(this.#folder, 'r');
    fsyncSync(fd);
    closeSync(fd);
  }

  /** Resolves when all changes so far survive a power cut. */
  async sync(): Promise<void> {
    this.write();
    const fd = this.#fd;
    await this.#inTurn(() => syncFile(fd));
  }

  /**
   * Saves an index whole, so that the next start reads it instead of the log; a call while one is under way joins that one. Goes on
   * beside changes of the index, which are in the log. Where the log is damaged or mostly about removed series it is written anew too.
   * @throws HeedError `index_unwritable`
   */
  async snapshot(index: SeriesIndex): Promise<void> {
    this.#snapshotting ??= this.#snapshot(index).finally(() => (this.#snapshotting = undefined));
    await this.#snapshotting;
  }

  async #snapshot(index: SeriesIndex): Promise<void> {
    index.rebuild();
    this.write();
    const path = join(this.#folder, SNAPSHOT_FILE);
    let fd: number | undefined;
    try {
      if (this.#isWasteful(index)) this.#writeAnew(index);
      const position = { file: this.#file, offset: this.#offset };
      fd = openSync(`${path}.tmp`, 'w');
      const bytes = await writeSnapshot(fd, { firstFile: this.#firstFile, position, policyKey: this.#policyKey }, index.save());
      await this.sync();
      await syncFile(fd);
      renameSync(`${path}.tmp`, path);
      this.#syncFolder();
      this.#snapshotBytes = bytes;
      this.#dropOlder();
    } catch (error) {
      rmSync(`${path}.tmp`, { force: true });
      throw new HeedError('index_unwritable', `cannot write the snapshot of names: ${causeOf(error)}`, { status: 503, cause: error });
    } finally {
      if (fd !== undefined) closeSync(fd);
    }
  }

  #isWasteful(index: SeriesIndex): boolean {
    return this.#distrusted || this.#logBytes > 2 * (index.nameBytes + index.size * ENTRY_BYTES) + SPARE_BYTES;
  }

  /** Writes all live series into new files. The older ones go when a snapshot covers this. */
  #writeAnew(index: SeriesIndex): void {
    this.#nextFile();
    this.#firstFile = this.#file;
    index.tell(this);
    this.write();
  }

  #dropOlder(): void {
    this.#olderBytes = 0;
    for (const { number, path } of listLogFiles(this.#folder)) {
      if (number < this.#firstFile) rmSync(path);
      else if (number < this.#file) this.#olderBytes += statSync(path).size;
    }
    this.#distrusted = false;
  }

  /** Writes what is left and closes; a snapshot under way ends first. */
  async close(): Promise<void> {
    await this.#snapshotting;
    await this.sync();
    closeSync(this.#fd);
  }
}
