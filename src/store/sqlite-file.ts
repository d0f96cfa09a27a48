import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { causeOf, HeedError } from '../core/errors.ts';
import { migrate } from './catalog/sqlite/migrate.ts';

/** SQLite's result codes of a file that is damaged; a mistake in SQL tells, while the file is opened, that its tables are not ours. */
const DAMAGED = [11, 26];
const WRONG = 1;

/** What a file holds. */
export interface FileShape {
  /** Folder of its numbered SQL files. */
  migrations: URL;
  /** In errors, e.g. `the jobs`. */
  what: string;
  /** Those that are saved of a damaged file, in this order. */
  tables: readonly string[];
  /** A question that fails where the tables are not ours. */
  check: string;
  /** The table whose rows are told of as saved, and what they are in words. */
  counted: { table: string; words: string };
}

/** A small SQLite file, made by the first change. One that turns out damaged is put aside, and what can be read of it goes into a new one. */
export class SqliteFile {
  readonly #path: string;
  readonly #shape: FileShape;
  readonly #onDamage: (what: string) => void;
  readonly #statements = new Map<string, StatementSync>();
  #database: DatabaseSync | undefined;
  /** Called when what is remembered of the file does not hold any more. */
  onForget: () => void = () => undefined;

  constructor(path: string, shape: FileShape, onDamage: (what: string) => void) {
    this.#path = path;
    this.#shape = shape;
    this.#onDamage = onDamage;
  }

  get exists(): boolean {
    return this.#database !== undefined || existsSync(this.#path);
  }

  /** Does the work within a transaction: all of it is written or, when it throws, none. @throws HeedError `cannot_write` (503) */
  change<Result>(what: string, work: () => Result): Result {
    try {
      return this.#mending(() => {
        this.#open().exec('BEGIN IMMEDIATE');
        const result = work();
        this.#open().exec('COMMIT');
        return result;
      });
    } catch (error) {
      if (this.#database?.isTransaction) this.#database.exec('ROLLBACK');
      this.onForget();
      if (error instanceof HeedError) throw error;
      throw new HeedError('cannot_write', `cannot ${what}: ${causeOf(error)}`, { status: 503, cause: error });
    }
  }

  /** Reads; where there is no file yet, gives `none`. */
  read<Result>(none: Result, work: () => Result): Result {
    return this.exists ? this.#mending(work) : none;
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** @returns the number of the row */
  insert(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).lastInsertRowid);
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  close(): void {
    this.#statements.clear();
    if (this.#database?.isOpen) this.#database.close();
    this.#database = undefined;
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#open().prepare(sql)));
    return statement;
  }

  #mending<Result>(work: () => Result): Result {
    try {
      this.#open();
    } catch (error) {
      if (!isDamage(error, WRONG)) throw error;
      this.#replace(error);
    }
    try {
      return work();
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#replace(error);
      return work();
    }
  }

  #open(): DatabaseSync {
    return (this.#database ??= open(this.#path, this.#shape));
  }

  #replace(error: unknown): void {
    this.close();
    this.onForget();
    const aside = `${this.#path}.damaged-${Date.now()}`;
    for (const end of ['', '-wal', '-shm']) if (existsSync(this.#path + end)) renameSync(this.#path + end, aside + end);
    const database = (this.#database = open(this.#path, this.#shape));
    const saved = salvage(database, aside, this.#shape);
    this.#onDamage(`it is damaged (${causeOf(error)}) and was put aside as ${aside}; ${saved} ${this.#shape.counted.words} could be read and were kept`);
  }
}

function isDamage(error: unknown, ...others: number[]): boolean {
  const { errcode = 0 } = error as { errcode?: number };
  return [...DAMAGED, ...others].includes(errcode & 0xff);
}

function open(path: string, { migrations, what, check }: FileShape): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    // NORMAL: what was committed survives a kill at once.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 4000000');
    migrate(database, migrations, what);
    database.prepare(check);
    return database;
  } catch (error) {
    database.close();
    if (error instanceof HeedError && error.code === 'bad_migration') throw error.cause ?? error;
    throw error;
  }
}

/** Copies each table as far as it can be read. @returns how many rows of the one that is counted */
function salvage(database: DatabaseSync, aside: string, { tables, counted }: FileShape): number {
  for (const table of tables) {
    try {
      const hurt = new DatabaseSync(aside, { readOnly: true });
      const rows = hurt.prepare(`SELECT * FROM ${table}`, { returnArrays: true }).iterate();
      for (const row of rows as Iterable<unknown> as Iterable<SQLInputValue[]>)
        database.prepare(`INSERT OR IGNORE INTO ${table} VALUES (${row.map(() => '?').join(', ')})`).run(...row);
      hurt.close();
    } catch {
      // What follows cannot be read.
    }
  }
  return (database.prepare(`SELECT count(*) AS count FROM ${counted.table}`).get() as { count: number }).count;
}
