import type { DatabaseSync } from 'node:sqlite';

/** How the catalog's file is written to: `what` names it in the error `cannot <what>: <cause>`. */
export type Change = <Result>(what: string, change: () => Result) => Result;

/** Does the work within a transaction: all of it is written or, when it throws, none. */
export function together<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
