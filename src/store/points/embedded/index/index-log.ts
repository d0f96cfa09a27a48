import { closeSync, fdatasync, fsyncSync, fstatSync, ftruncateSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { causeOf, HeedError } from '../../../../core/errors.ts';
import type { Kind, Method } from '../../../../core/series.ts';
import { BatchWriter } from './log-format.ts';
import type { IndexJournal, SeriesIndex } from './series-index.ts';
import { SNAPSHOT_FILE, writeAll, writeSnapshot, type LogPosition } from './snapshot.ts';

const FILE_BYTES = 32 * 1024 * 1024;
/** A log is not written anew for less. */
const SPARE_BYTES = 1024 * 1024;
/** How many are written anew between two looks at the queue: some milliseconds. */
const SERIES_AT_ONCE = 4096;
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
    // What a process left half written when it ended.
    for (const name of readdirSync(folder)) if (name.endsWith('.tmp')) rmSync(join(folder, name));
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
        if (this.#offset >= FILE_BYTES) this.#nextFile(this.#file + 1);
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

  #nextFile(number: number): void {
    fsyncSync(this.#fd);
    const fd = openSync(logFilePath(this.#folder, number), 'a+');
    const old = this.#fd;
    void this.#inTurn(() => closeSync(old));
    this.#fd = fd;
    this.#file = number;
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
   * Saves an index whole, so that the next start reads it instead of the log; a call while one is under way joins that one. Other
   * work goes on between its parts; what changes meanwhile is in the log. Where the log is damaged, or larger than it need be, it is written
   * anew too.
   * @throws HeedError `index_unwritable`
   */
  async snapshot(index: SeriesIndex): Promise<void> {
    this.#snapshotting ??= this.#snapshot(index).finally(() => (this.#snapshotting = undefined));
    await this.#snapshotting;
  }

  async #snapshot(index: SeriesIndex): Promise<void> {
    try {
      index.rebuild();
      if (this.#distrusted || this.#isWasteful(index)) await this.#writeAnew(index);
      this.write();
      const facts = { firstFile: this.#firstFile, position: { file: this.#file, offset: this.#offset }, policyKey: this.#policyKey };
      const sections = index.save();
      this.#snapshotBytes = await this.#put(join(this.#folder, SNAPSHOT_FILE), async (fd) => {
        const bytes = await writeSnapshot(fd, facts, sections);
        await this.sync();
        return bytes;
      });
      this.#dropOlder();
    } catch (error) {
      throw new HeedError('index_unwritable', `cannot write the snapshot of names: ${causeOf(error)}`, { status: 503, cause: error });
    }
  }

  /** Writes a file beside, which takes its place when it is whole and on the disk. */
  async #put(path: string, write: (fd: number) => Promise<number>): Promise<number> {
    const fd = openSync(`${path}.tmp`, 'w');
    try {
      const bytes = await write(fd);
      await syncFile(fd);
      renameSync(`${path}.tmp`, path);
      this.#syncFolder();
      return bytes;
    } catch (error) {
      rmSync(`${path}.tmp`, { force: true });
      throw error;
    } finally {
      closeSync(fd);
    }
  }

  /** Whether removed series, or names that came one by one and so could not be packed, take most of the log. */
  #isWasteful(index: SeriesIndex): boolean {
    // A snapshot holds the same names; before there is one, they can be taken to shrink to half.
    const needed = this.#snapshotBytes > 0 ? this.#snapshotBytes : index.nameBytes / 2;
    return this.#logBytes > 2 * needed + SPARE_BYTES;
  }

  /**
   * Writes all live series into a file of their own, some at a time; what changes meanwhile goes into the one behind it. The older files go when
   * a snapshot covers this.
   */
  async #writeAnew(index: SeriesIndex): Promise<void> {
    const number = this.#file + 1;
    const path = logFilePath(this.#folder, number);
    // Stays empty when this fails, so that no number is missing.
    closeSync(openSync(path, 'w'));
    this.#nextFile(number + 1);
    this.#olderBytes += await this.#put(path, (fd) => writeSeries(fd, index));
    this.#firstFile = number;
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

/** Writes batches that bring all series back which an index has now; gives their bytes. */
async function writeSeries(fd: number, index: SeriesIndex): Promise<number> {
  const { ids } = index;
  const writer = new BatchWriter();
  writer.reserved(ids);
  let at = 0;
  for (let from = 0; from < ids; from += SERIES_AT_ONCE) {
    index.tell(writer, from, Math.min(ids, from + SERIES_AT_ONCE));
    const { batches } = writer;
    for (const batch of batches) at = writeAll(fd, batch, at);
    writer.drop(batches.length);
    await setImmediate();
  }
  return at;
}
