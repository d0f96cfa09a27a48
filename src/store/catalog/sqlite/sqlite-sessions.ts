import type { DatabaseSync } from 'node:sqlite';
import { causeOf } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import { IDLE, LONGEST, MOST_SESSIONS, type Session, type Sessions } from '../sessions.ts';
import { USE_STEP } from '../tokens.ts';
import type { Change } from './change.ts';

const SESSION = 'id, person, created, used, agent, address';
const HOLDS = 'used > :now - :idle AND created > :now - :longest';

/** Sessions in the catalog's file. */
export class SqliteSessions implements Sessions {
  readonly #database: DatabaseSync;
  readonly #change: Change;

  constructor(database: DatabaseSync, change: Change) {
    this.#database = database;
    this.#change = change;
    database.prepare(`SELECT ${SESSION}, hash FROM sessions`);
  }

  async open({ person, agent, address }: Pick<Session, 'person' | 'agent' | 'address'>, hash: string, now: number): Promise<Session> {
    return this.#change('sign in', () => {
      this.#database.prepare(`DELETE FROM sessions WHERE NOT (${HOLDS})`).run(timesAt(now));
      this.#database
        .prepare('DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE person = ? ORDER BY used DESC, id DESC LIMIT -1 OFFSET ?)')
        .run(person, MOST_SESSIONS - 1);
      return this.#database
        .prepare(`INSERT INTO sessions (hash, person, created, used, agent, address) VALUES (?, ?, ?, ?, ?, ?) RETURNING ${SESSION}`)
        .get(hash, person, now, now, agent, address) as unknown as Session;
    });
  }

  async find(hash: string, now: number): Promise<Session | undefined> {
    return this.#database.prepare(`SELECT ${SESSION} FROM sessions WHERE hash = :hash AND ${HOLDS}`).get({ hash, ...timesAt(now) }) as unknown as
      | Session
      | undefined;
  }

  async used(id: number, now: number): Promise<void> {
    try {
      this.#database.prepare('UPDATE sessions SET used = ? WHERE id = ? AND used <= ?').run(now, id, now - USE_STEP);
    } catch (error) {
      // Not worth the refusal of a question where the disk is full.
      log.warn({ session: id }, `cannot note the use of a session: ${causeOf(error)}`);
    }
  }

  async of(person: number, now: number): Promise<Session[]> {
    return this.#database
      .prepare(`SELECT ${SESSION} FROM sessions WHERE person = :person AND ${HOLDS} ORDER BY used DESC, id DESC`)
      .all({ person, ...timesAt(now) }) as unknown as Session[];
  }

  async close(id: number): Promise<boolean> {
    return this.#change('sign out', () => this.#database.prepare('DELETE FROM sessions WHERE id = ?').run(id).changes > 0);
  }

  async closeAll(person: number, except = -1): Promise<void> {
    this.#change('sign out', () => this.#database.prepare('DELETE FROM sessions WHERE person = ? AND id <> ?').run(person, except));
  }
}

const timesAt = (now: number): { now: number; idle: number; longest: number } => ({ now, idle: IDLE, longest: LONGEST });
