import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { migrate } from '../../catalog/sqlite/migrate.ts';
import { salvage } from './salvage.ts';

/** Within the data folder. */
export const ERRORS_FOLDER = 'errors';
export const ERRORS_FILE = 'errors.db';

const MIGRATIONS = new URL('./migrations/', import.meta.url);

/** SQLite's result codes that we tell apart. */
const FULL = 13;
const DAMAGED = [11, 26];
/** There is no room, or none for the journal's index. */
const CRAMPED = [FULL, 10];
/** A mistake in SQL: while the file is opened, that its tables are not ours. */
const WRONG = 1;

/** Statements kept ready; searches make ever new ones. */
const MOST_STATEMENTS = 300;

/** True when a write failed because there is no room. */
export function isDiskFull(error: unknown): boolean {
  return codeOf(error) === FULL || ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}

export function isDamage(error: unknown): boolean {
  return DAMAGED.includes(codeOf(error));
}

/** The primary result code of an error of node:sqlite, which extended codes hold in their low byte; 0 for other errors. */
function codeOf(error: unknown): number {
  return ((error as { errcode?: number } | undefined)?.errcode ?? 0) & 0xff;
}

/**
 * The SQLite file of the errors. Synchronous. When it turns out damaged, as it is opened or later, it is put aside and told of, and
 * what can be read of it goes into a new one: Heed always goes on.
 */
export class ErrorsFile {
  readonly #path: string;
  readonly #onDamage: (what: string) => void;
  readonly #told = new Set<string>();
  #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** Opened where there was no room: nobody else can read the file, e.g. for a backup. */
  #cramped = false;
  /** Called when what was remembered of the file does not hold any more. */
  onForget: () => void = () => undefined;

  /** @throws HeedError `newer_format` when a later Heed has written it */
  constructor(folder: string, onDamage: (what: string) => void) {
    this.#onDamage = onDamage;
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, ERRORS_FILE);
    this.#database = this.#open();
  }

  /** Does the work, and once more with a new file where the old one turned out damaged. */
  mending<Result>(work: () => Result): Result {
    // Closed: there was no room for a new file.
    if (!this.#database.isOpen) this.#database = this.#open();
    try {
      return work();
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.close();
      this.#database = this.#replace(error);
      return work();
    }
  }

  /** All of the work is written or, when it throws, none. */
  transact<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE');
    let result: Result;
    try {
      result = work();
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.onForget();
      throw error;
    }
    if (this.#cramped) this.#reopen();
    return result;
  }

  /** Runs a statement; @returns how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.prepare(sql).run(...values).changes);
  }

  /** Runs an INSERT; @returns the number of its row. */
  insert(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.prepare(sql).run(...values).lastInsertRowid);
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.prepare(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.prepare(sql).all(...values) as Row[];
  }

  prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement) return statement;
    if (this.#statements.size >= MOST_STATEMENTS) this.#statements.clear();
    this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }

  /** Gives room of removed rows back to the file system, some at a time. */
  shrink(): void {
    this.#database.exec('PRAGMA incremental_vacuum(1000)');
  }

  /** Puts on disk, for a power cut, what was written. */
  sync(): void {
    this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /** Tells of damage once; reads come upon it again and again. */
  tell(what: string): void {
    if (this.#told.has(what)) return;
    if (this.#told.size < 1000) this.#told.add(what);
    this.#onDamage(what);
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
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
    this.onForget();
    const aside = `${this.#path}.damaged-${Date.now()}`;
    for (const end of ['', '-wal', '-shm']) if (existsSync(this.#path + end)) renameSync(this.#path + end, aside + end);
    const database = open(this.#path);
    const { events, issues } = salvage(database, aside);
    this.tell(`it is damaged (${causeOf(error)}) and was put aside as ${aside}; ${events} events and ${issues} issues could be read and were kept`);
    return database;
  }
}

/** Opens the file, made where it is missing. */
function open(path: string, cramped = false): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    // Who has a file alone keeps the journal's index in memory, where there is no room for it beside the file.
    if (cramped) database.exec('PRAGMA locking_mode = EXCLUSIVE');
    // NORMAL: what was committed survives a kill at once, and a power cut once `sync` was called.
    database.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864');
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    // Only for a new file: these write, for which there may be no room.
    if (version === 0) database.exec('PRAGMA page_size = 16384; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL');
    migrate(database, MIGRATIONS, 'the errors');
    database.prepare('SELECT body FROM events, bodies, issues, groups, texts WHERE bodies.event = events.id AND grp = groups.id AND issue = issues.id');
    return database;
  } catch (error) {
    database.close();
    // A migration that fails on a file of ours tells that its tables are not what they were.
    if (error instanceof HeedError && error.code === 'bad_migration') throw error.cause ?? error;
    throw error;
  }
}
