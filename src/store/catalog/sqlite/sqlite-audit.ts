import type { DatabaseSync } from 'node:sqlite';
import { causeOf } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import { type Audit, type AuditNote, MOST_NOTES } from '../audit.ts';

/** Notes of who did what, in the catalog's file. They are not part of its copy until something else changes. */
export class SqliteAudit implements Audit {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.prepare('SELECT id, time, actor, deed, object, address FROM audit');
  }

  async add({ time, actor, deed, object, address }: Omit<AuditNote, 'id'>): Promise<void> {
    try {
      const { lastInsertRowid } = this.#database
        .prepare('INSERT INTO audit (time, actor, deed, object, address) VALUES (?, ?, ?, ?, ?)')
        .run(time, actor, deed, object, address);
      this.#database.prepare('DELETE FROM audit WHERE id <= ?').run(Number(lastInsertRowid) - MOST_NOTES);
    } catch (error) {
      log.error({ actor, deed, object }, `cannot note who did what: ${causeOf(error)}`);
    }
  }

  async list({ before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number }): Promise<AuditNote[]> {
    return this.#database
      .prepare('SELECT id, time, actor, deed, object, address FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?')
      .all(before, limit)
      .map((row) => ({ ...row }) as unknown as AuditNote);
  }
}
