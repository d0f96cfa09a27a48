import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { CounterLane } from '../../../core/counters.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import { SqliteFile } from '../../sqlite-file.ts';
import { type Attachment, type AttachmentsStore, MOST_ATTACHMENT_BYTES, MOST_OF_EVENT, type NewAttachment } from '../attachments-store.ts';
import { ContentFiles } from './content-files.ts';

const SHAPE = {
  migrations: new URL('./migrations/', import.meta.url),
  what: 'the attachments',
  tables: ['attachments'],
  check: 'SELECT image, sha256, count, bytes FROM attachments, totals',
  counted: { table: 'attachments', words: 'attachments' },
};
const COLUMNS = 'id, project, event, name, content_type AS contentType, kind, image, size, sha256, time';
const AT_ONCE = 500;

/** What may be kept. */
export interface Room {
  ofProject: number;
  bytes: number;
  count: number;
}

const ROOM: Room = { ofProject: 2_000_000_000, bytes: 5_000_000_000, count: 200_000 };

/** Names in `attachments.db`, on the thread that asks: they are few and short. Bytes in `files`, written beside it by threads of Node's own. */
export class FolderAttachments implements AttachmentsStore {
  readonly damage: AttachmentsStore['damage'] = [];
  readonly #index: SqliteFile;
  readonly #files: ContentFiles;
  readonly #lane: CounterLane;
  readonly #room: Room;
  /** Changes go one after the other, so that no bytes go that another row begins to need. */
  #last: Promise<unknown> = Promise.resolve();
  #swept = false;

  constructor(folder: string, counters: SharedArrayBuffer, room = ROOM) {
    const file = join(folder, 'attachments.db');
    this.#lane = new CounterLane(counters, 'main');
    this.#room = room;
    this.#files = new ContentFiles(join(folder, 'files'));
    this.#index = new SqliteFile(file, SHAPE, (what) => {
      log.error({ file }, `damage: ${what}`);
      this.damage.push({ file, what, time: Date.now() });
    });
  }

  add(attachments: readonly NewAttachment[]): Promise<number> {
    return this.#inTurn('keep an attachment', async () => {
      await this.#sweep();
      let there = 0;
      for (const attachment of attachments) if (await this.#add(attachment)) there++;
      await this.#makeRoom(new Set(attachments.map(({ project }) => project)));
      return there;
    });
  }

  async ofEvent(project: number, event: string): Promise<Attachment[]> {
    return this.#index.read([], () =>
      this.#index.all<Attachment>(`SELECT ${COLUMNS} FROM attachments WHERE project = ? AND event = ? ORDER BY id`, project, event),
    );
  }

  async hasAny(project: number): Promise<boolean> {
    return this.#index.read(false, () => this.#index.get('SELECT 1 FROM totals WHERE project = ? AND count > 0', project) !== undefined);
  }

  async find(project: number, event: string, id: number): Promise<Attachment | undefined> {
    return this.#index.read(undefined, () =>
      this.#index.get<Attachment>(`SELECT ${COLUMNS} FROM attachments WHERE id = ? AND project = ? AND event = ?`, id, project, event),
    );
  }

  async open({ sha256, size }: Attachment): Promise<Readable | undefined> {
    return this.#files.read(sha256, size);
  }

  async remove(project: number, event: string, id: number): Promise<boolean> {
    return (await this.#removeAll('id = ? AND project = ? AND event = ?', [id, project, event])) > 0;
  }

  async removeEvents(project: number, events: readonly string[]): Promise<void> {
    for (const event of events) await this.#removeAll('project = ? AND event = ?', [project, event]);
  }

  async removeProject(project: number): Promise<void> {
    await this.#removeAll('project = ?', [project]);
  }

  prune(before: number): Promise<number> {
    return this.#removeAll('time < ?', [before]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last;
    this.#index.close();
  }

  async #add({ content, ...row }: NewAttachment): Promise<boolean> {
    const { project, event, name, sha256 } = row;
    const index = this.#index;
    const size = content.length;
    const known = index.read(undefined, () =>
      index.get('SELECT id FROM attachments WHERE project = ? AND event = ? AND name = ? AND sha256 = ?', project, event, name, sha256),
    );
    if (known) return true;
    const { count, bytes } = index.read({ count: 0, bytes: 0 }, () =>
      index.get<{ count: number; bytes: number }>(
        'SELECT count(*) AS count, coalesce(sum(size), 0) AS bytes FROM attachments WHERE project = ? AND event = ?',
        project,
        event,
      ),
    ) ?? { count: 0, bytes: 0 };
    if (size > MOST_ATTACHMENT_BYTES || count >= MOST_OF_EVENT.count || bytes + size > MOST_OF_EVENT.bytes) {
      this.#lane.add(size > MOST_ATTACHMENT_BYTES ? 'attachments.dropped.too_large' : 'attachments.dropped.too_many');
      return false;
    }
    try {
      await this.#files.write(sha256, content);
      index.change('keep an attachment', () =>
        index.run(
          `INSERT INTO attachments (project, event, name, content_type, kind, image, size, sha256, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          project,
          event,
          name,
          row.contentType,
          row.kind,
          row.image,
          size,
          sha256,
          row.time,
        ),
      );
    } catch (error) {
      this.#lane.add('attachments.dropped.write_failed');
      throw error;
    }
    this.#lane.add('attachments.stored');
    this.#lane.add('attachments.bytes', size);
    return true;
  }

  async #makeRoom(projects: ReadonlySet<number>): Promise<void> {
    const index = this.#index;
    const sum = (where: string, ...values: number[]): { count: number; bytes: number } =>
      index.get(`SELECT coalesce(sum(count), 0) AS count, coalesce(sum(bytes), 0) AS bytes FROM totals ${where}`, ...values) ?? { count: 0, bytes: 0 };
    const isFull = (project?: number): boolean => {
      if (project !== undefined) return sum('WHERE project = ?', project).bytes > this.#room.ofProject;
      const { count, bytes } = sum('');
      return count > this.#room.count || bytes > this.#room.bytes;
    };
    if (!index.exists) return;
    for (const project of [...projects, undefined]) {
      const oldest = `SELECT id, sha256 FROM attachments ${project === undefined ? '' : 'WHERE project = ?'} ORDER BY time, id LIMIT 1`;
      while (isFull(project)) {
        const row = index.get<{ id: number; sha256: string }>(oldest, ...(project === undefined ? [] : [project]));
        if (!row) break;
        await this.#removeRows([row]);
        this.#lane.add('attachments.dropped.no_room');
      }
    }
  }

  /** A step at a time; between two, attachments that come are kept. @returns how many */
  async #removeAll(where: string, values: (string | number)[]): Promise<number> {
    let removed = 0;
    for (;;) {
      const gone = await this.#inTurn('remove attachments', async () => {
        const rows = this.#index.read([], () =>
          this.#index.all<{ id: number; sha256: string }>(`SELECT id, sha256 FROM attachments WHERE ${where} LIMIT ?`, ...values, AT_ONCE),
        );
        await this.#removeRows(rows);
        return rows.length;
      });
      removed += gone;
      if (gone < AT_ONCE) return removed;
    }
  }

  async #removeRows(rows: readonly { id: number; sha256: string }[]): Promise<void> {
    if (rows.length === 0) return;
    this.#index.change('remove attachments', () => rows.map(({ id }) => this.#index.run('DELETE FROM attachments WHERE id = ?', id)));
    for (const { sha256 } of rows) if (!this.#isKept(sha256)) await this.#files.remove(sha256);
  }

  readonly #isKept = (sha256: string): boolean => this.#index.get('SELECT id FROM attachments WHERE sha256 = ? LIMIT 1', sha256) !== undefined;

  /** What a kill left goes before the first change of a process. */
  async #sweep(): Promise<void> {
    if (this.#swept) return;
    this.#swept = true;
    if (this.#index.exists) await this.#files.sweep((sha256) => this.#index.read(true, () => this.#isKept(sha256)));
  }

  #inTurn<Result>(what: string, change: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(change).catch((error: unknown) => {
      if (error instanceof HeedError) throw error;
      throw new HeedError('cannot_write', `cannot ${what}: ${causeOf(error)}`, { status: 503, cause: error });
    });
    this.#last = done.catch(() => undefined);
    return done;
  }
}
