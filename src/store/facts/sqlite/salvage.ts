import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** Rows copied in one go while all is well. */
const RANGE = 64;
const LOST_TITLE = '(This title is damaged on disk and cannot be read.)';
/** No body can be read from this, so that the fact tells of its loss. */
const LOST_BODY = new Uint8Array(1);

/**
 * Copies what can still be read of a damaged file's facts into `database`, which is new. Ranges that cannot be read are
 * halved down to single facts, so that what is lost is what lies in damaged pages. Tags are made from the facts.
 * @returns how many facts were copied
 */
export function salvage(database: DatabaseSync, path: string): number {
  const hurt = new DatabaseSync(path);
  const fact = database.prepare('INSERT OR IGNORE INTO facts (id, kind, time, title, tags) VALUES (?, ?, ?, ?, ?)');
  const body = database.prepare('INSERT OR IGNORE INTO bodies (fact, body) VALUES (?, ?)');
  const tags = 'INSERT OR IGNORE INTO tags SELECT pair.value, facts.time, facts.id FROM facts, json_each(facts.tags) AS pair';
  const stages = [
    // Tags are read on with every fact, so they must be JSON.
    () => eachRow(hurt, `SELECT id, kind, time, title, CASE WHEN json_valid(tags) THEN tags ELSE '[]' END FROM facts WHERE id`, (row) => fact.run(...row)),
    () => eachKnown(hurt, (id, kind, time) => fact.run(id, kind, time, LOST_TITLE, '[]')),
    () =>
      eachRow(
        hurt,
        'SELECT fact, body FROM bodies WHERE fact',
        (row) => body.run(...row),
        (id) => body.run(id, LOST_BODY),
      ),
    () => database.exec(tags),
    () => database.exec('DELETE FROM bodies WHERE fact NOT IN (SELECT id FROM facts)'),
  ];
  for (const stage of stages) {
    try {
      transact(database, stage);
    } catch {
      // Not even the table can be found, or there is no room: the next one may have more luck.
    }
  }
  hurt.close();
  return (database.prepare('SELECT count(*) AS count FROM facts').get() as { count: number }).count;
}

function transact(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN');
  try {
    work();
  } finally {
    if (database.isTransaction) database.exec('COMMIT');
  }
}

/** Gives all rows that can be read; `sql` ends before what its number must be. Tells `lost` of numbers that cannot. */
function eachRow(hurt: DatabaseSync, sql: string, take: (row: SQLInputValue[]) => void, lost: (id: number) => void = () => undefined): void {
  const range = hurt.prepare(`${sql} BETWEEN ? AND ?`, { returnArrays: true });
  // Walking a range of one would also touch its neighbour, which may lie in a damaged page.
  const one = hurt.prepare(`${sql} = ?`, { returnArrays: true });
  const copy = (first: number, last: number): void => {
    for (const row of first === last ? one.all(first) : range.all(first, last)) take(row as unknown as SQLInputValue[]);
  };
  const newest = newestId(hurt);
  for (let first = 1; first <= newest; first += RANGE) halving(first, Math.min(newest, first + RANGE - 1), copy, lost);
}

/** Runs `copy` for the ids from first to last, and for the halves of what fails. */
function halving(first: number, last: number, copy: (first: number, last: number) => void, lost: (id: number) => void): void {
  try {
    copy(first, last);
  } catch (error) {
    if (isFull(error)) throw error;
    if (first === last) return lost(first);
    const middle = Math.floor((first + last) / 2);
    halving(first, middle, copy, lost);
    halving(middle + 1, last, copy, lost);
  }
}

const isFull = (error: unknown): boolean => (((error as { errcode?: number }).errcode ?? 0) & 0xff) === 13;

/** Gives what the index by kind knows of all facts, those that are lost themselves too. */
function eachKnown(hurt: DatabaseSync, take: (id: number, kind: string, time: number) => void): void {
  for (const row of hurt.prepare('SELECT id, kind, time FROM facts INDEXED BY facts_by_kind').iterate())
    take(row.id as number, row.kind as string, row.time as number);
}

/** The highest id ever given, by whichever way it can still be read. */
function newestId(hurt: DatabaseSync): number {
  for (const sql of ['SELECT max(id) AS id FROM facts', `SELECT seq AS id FROM sqlite_sequence WHERE name = 'facts'`]) {
    try {
      const { id } = (hurt.prepare(sql).get() ?? {}) as { id?: number };
      if (Number.isSafeInteger(id)) return id as number;
    } catch {
      // The next way, then.
    }
  }
  return 0;
}
