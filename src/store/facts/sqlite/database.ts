import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { causeOf, HeedError } from '../../../core/errors.ts';
import type { FactsQuestion, StoredFact } from '../facts-store.ts';
import { packBody, unpackBody } from './body.ts';
import type { FactRow } from './messages.ts';
import { salvage } from './salvage.ts';

export const FACTS_FILE = 'facts.db';

/** Bytes that an answer may have. */
const MOST_FOUND = 16_000_000;

/** Rows removed in one transaction. */
const REMOVE_AT_ONCE = 5000;

/** With pages of 16 KB: measured 25 % faster and 1.7 times smaller than 4 KB for events. */
const SCHEMA = `
  PRAGMA page_size = 16384;
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS facts (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, time INTEGER NOT NULL, title TEXT NOT NULL, tags TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS facts_by_kind ON facts (kind, time);
  CREATE INDEX IF NOT EXISTS facts_by_time ON facts (time);
  CREATE TABLE IF NOT EXISTS bodies (fact INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS tags (tag TEXT NOT NULL, time INTEGER NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY (tag, time, fact)) STRICT, WITHOUT ROWID;
  PRAGMA user_version = 1;
`;

/** SQLite's result codes that we tell apart. */
const FULL = 13;
const DAMAGED = [11, 26];
/** There is no room, or none for the journal's index. */
const CRAMPED = [FULL, 10];
/** A mistake in SQL: while the file is opened, that its tables are not ours. */
const WRONG = 1;

/** True when a write failed because there is no room. */
export function isDiskFull(error: unknown): boolean {
  return codeOf(error) === FULL;
}

/** The primary result code of an error of node:sqlite, which extended codes hold in their low byte; 0 for other errors. */
function codeOf(error: unknown): number {
  return ((error as { errcode?: number } | undefined)?.errcode ?? 0) & 0xff;
}

/**
 * Facts in one SQLite file: rows with their tags (JSON pairs, also in an index), bodies apart from them so that lists read
 * little. Synchronous. A file that turns out damaged, when it is opened or later, is put aside and told of, and what can be
 * read of it goes into a new one: Heed always goes on.
 */
export class FactsDatabase {
  readonly #path: string;
  readonly #onDamage: (what: string) => void;
  readonly #told = new Set<string>();
  #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** Opened where there was no room: nobody else can read the file, e.g. for a backup. */
  #cramped = false;

  /** @throws HeedError `newer_format` when a later Heed has written it */
  constructor(folder: string, onDamage: (what: string) => void) {
    this.#onDamage = onDamage;
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, FACTS_FILE);
    this.#database = this.#open();
  }

  /** Writes all rows or, when it throws, none. */
  write(rows: FactRow[]): void {
    this.#mending(() => this.#write(rows));
    if (this.#cramped) this.#reopen();
  }

  find(question: FactsQuestion): StoredFact[] {
    return this.#mending(() => this.#find(question));
  }

  /** Removes facts older than `time`; gives how many. Their room returns to the file system. */
  remove(time: number, kind: string | undefined): number {
    return this.#mending(() => this.#remove(time, kind));
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #write(rows: FactRow[]): void {
    this.#transact(() => {
      const fact = this.#prepare('INSERT INTO facts (kind, time, title, tags) VALUES (?, ?, ?, ?)');
      const body = this.#prepare('INSERT INTO bodies (fact, body) VALUES (?, ?)');
      const tag = this.#prepare('INSERT OR IGNORE INTO tags (tag, time, fact) VALUES (?, ?, ?)');
      for (const row of rows) {
        const id = fact.run(row.kind, row.time, row.title, JSON.stringify(row.tags)).lastInsertRowid;
        if (row.body !== '') body.run(id, packBody(row.body));
        for (const pair of row.tags) tag.run(JSON.stringify(pair), row.time, id);
      }
    });
  }

  #find({ id, kind, from, until, tags = {}, limit }: FactsQuestion): StoredFact[] {
    const [first, ...others] = Object.entries(tags).map((pair) => JSON.stringify(pair));
    const values: SQLInputValue[] = [];
    const where: string[] = [];
    const must = (condition: string, value: SQLInputValue | undefined): void => {
      if (value === undefined) return;
      where.push(condition);
      values.push(value);
    };
    // The first tag's entries are in order of time, so they lead; without one an index of facts does.
    const lead = first === undefined ? 'facts' : 'led';
    const source = first === undefined ? 'facts' : 'tags AS led CROSS JOIN facts ON facts.id = led.fact';
    must('led.tag = ?', first);
    must(`${lead}.time >= ?`, from);
    must(`${lead}.time < ?`, until);
    must('facts.id = ?', id);
    must('facts.kind = ?', kind);
    for (const tag of others) must('EXISTS (SELECT 1 FROM tags WHERE tag = ? AND time = facts.time AND fact = facts.id)', tag);
    const order = first === undefined ? 'facts.time DESC, facts.id DESC' : 'led.time DESC, led.fact DESC';
    const sql = `SELECT id, kind, facts.time AS time, title, facts.tags AS tags, body FROM ${source} LEFT JOIN bodies ON bodies.fact = facts.id
      ${where.length ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${order} LIMIT ?`;
    const found: StoredFact[] = [];
    let bytes = 0;
    for (const row of this.#prepare(sql).iterate(...values, limit)) {
      const fact = this.#fact(row as unknown as StoredRow);
      bytes += fact.size;
      if (bytes > MOST_FOUND) break;
      found.push(fact.fact);
    }
    return found;
  }

  #remove(time: number, kind: string | undefined): number {
    const ids = this.#prepare(
      kind === undefined ? 'SELECT id, time, tags FROM facts WHERE time < ? LIMIT ?' : 'SELECT id, time, tags FROM facts WHERE time < ? AND kind = ? LIMIT ?',
    );
    let removed = 0;
    for (;;) {
      const rows = (kind === undefined ? ids.all(time, REMOVE_AT_ONCE) : ids.all(time, kind, REMOVE_AT_ONCE)) as { id: number; time: number; tags: string }[];
      if (rows.length === 0) break;
      this.#transact(() => {
        for (const row of rows) {
          for (const pair of this.#tags(row))
            this.#prepare('DELETE FROM tags WHERE tag = ? AND time = ? AND fact = ?').run(JSON.stringify(pair), row.time, row.id);
          this.#prepare('DELETE FROM bodies WHERE fact = ?').run(row.id);
          this.#prepare('DELETE FROM facts WHERE id = ?').run(row.id);
        }
      });
      removed += rows.length;
    }
    if (removed > 0) this.#database.exec('PRAGMA incremental_vacuum');
    return removed;
  }

  /** The fact, and about how many bytes it has. */
  #fact({ body, tags, ...row }: StoredRow): { fact: StoredFact; size: number } {
    const fact = { ...row, tags: Object.fromEntries(this.#tags({ id: row.id, tags })), text: '', data: {} };
    const size = row.title.length + tags.length;
    if (body === null) return { fact, size };
    try {
      const { json, length } = unpackBody(body);
      return { fact: { ...fact, ...json }, size: size + length };
    } catch {
      this.#tell(`the text of fact ${row.id} is damaged`);
      return { fact: { ...fact, text: '(This text is damaged on disk and cannot be read.)' }, size };
    }
  }

  #tags({ id, tags }: Pick<StoredRow, 'id' | 'tags'>): FactRow['tags'] {
    try {
      return JSON.parse(tags) as FactRow['tags'];
    } catch {
      this.#tell(`the tags of fact ${id} are damaged`);
      return [];
    }
  }

  /** Tells of damage once; reads come upon it again and again. */
  #tell(what: string): void {
    if (this.#told.has(what)) return;
    this.#told.add(what);
    this.#onDamage(what);
  }

  /** Does the work, and once more with a new file where the old one turned out damaged. */
  #mending<Result>(work: () => Result): Result {
    // Closed: there was no room for a new file.
    if (!this.#database.isOpen) this.#database = this.#open();
    try {
      return work();
    } catch (error) {
      if (!DAMAGED.includes(codeOf(error))) throw error;
      this.close();
      this.#database = this.#replace(error);
      return work();
    }
  }

  #open(): DatabaseSync {
    this.#cramped = false;
    try {
      return open(this.#path);
    } catch (error) {
      const code = codeOf(error);
      if (DAMAGED.includes(code) || code === WRONG) return this.#replace(error);
      if (!CRAMPED.includes(code) || !existsSync(this.#path)) throw error;
      this.#cramped = true;
      return open(this.#path, true);
    }
  }

  /** There is room again. */
  #reopen(): void {
    this.close();
    this.#database = this.#open();
  }

  /** Puts the file aside and makes a new one of what can be read. */
  #replace(error: unknown): DatabaseSync {
    const aside = `${this.#path}.damaged-${Date.now()}`;
    for (const end of ['', '-wal', '-shm']) if (existsSync(this.#path + end)) renameSync(this.#path + end, aside + end);
    const database = open(this.#path);
    const saved = salvage(database, aside);
    this.#tell(`it is damaged (${causeOf(error)}) and was put aside as ${aside}; ${saved} facts could be read and were kept`);
    return database;
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }

  #transact(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

interface StoredRow {
  id: number;
  kind: string;
  time: number;
  title: string;
  tags: string;
  body: Uint8Array | null;
}

/** Opens the file, made where it is missing. */
function open(path: string, cramped = false): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    // Who has a file alone keeps the journal's index in memory, where there is no room for it beside the file.
    if (cramped) database.exec('PRAGMA locking_mode = EXCLUSIVE');
    // FULL: a batch that was committed survives a power cut.
    database.exec('PRAGMA synchronous = FULL; PRAGMA cache_size = -4096');
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version > 1) throw new HeedError('newer_format', `cannot open ${path}: a newer Heed has written it`);
    // Only then: these write, for which there may be no room.
    if (version === 0) database.exec(SCHEMA);
    database.prepare('SELECT id, kind, facts.time, title, facts.tags, body, tag FROM facts, bodies, tags WHERE bodies.fact = id AND tags.fact = id');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
