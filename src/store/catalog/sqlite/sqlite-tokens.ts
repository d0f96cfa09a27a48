import type { DatabaseSync } from 'node:sqlite';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import { isScope } from '../../../core/scopes.ts';
import { MOST_TOKENS, type Token, type Tokens, USE_STEP } from '../tokens.ts';
import type { Change } from './change.ts';

type TokenRow = Omit<Token, 'scopes' | 'used'> & { scopes: string; used: number | null };

const TOKEN = 'id, label, ending, scopes, created, created_by AS createdBy, used';

/** Tokens in the catalog's file; `change` is how that is written to. */
export class SqliteTokens implements Tokens {
  readonly #database: DatabaseSync;
  readonly #change: Change;

  constructor(database: DatabaseSync, change: Change) {
    this.#database = database;
    this.#change = change;
    database.prepare(`SELECT ${TOKEN}, hash FROM tokens`);
  }

  async list(): Promise<Token[]> {
    return (this.#database.prepare(`SELECT ${TOKEN} FROM tokens ORDER BY id DESC`).all() as unknown as TokenRow[]).map(tokenOf);
  }

  async add({ label, ending, scopes, createdBy }: Parameters<Tokens['add']>[0], hash: string): Promise<Token> {
    const { count } = this.#database.prepare('SELECT count(*) AS count FROM tokens').get() as { count: number };
    if (count >= MOST_TOKENS) throw new HeedError('too_many_tokens', `cannot make a token: there are ${MOST_TOKENS}; remove one first`, { status: 507 });
    const row = this.#change('make a token', () =>
      this.#database
        .prepare(`INSERT INTO tokens (label, hash, ending, scopes, created, created_by) VALUES (?, ?, ?, ?, ?, ?) RETURNING ${TOKEN}`)
        .get(label, hash, ending, scopes.join(' '), Date.now(), createdBy),
    );
    return tokenOf(row as unknown as TokenRow);
  }

  async remove(id: number): Promise<boolean> {
    const { changes } = this.#change(`remove token ${id}`, () => this.#database.prepare('DELETE FROM tokens WHERE id = ?').run(id));
    return changes > 0;
  }

  async find(hash: string): Promise<Token | undefined> {
    const row = this.#database.prepare(`SELECT ${TOKEN} FROM tokens WHERE hash = ?`).get(hash) as unknown as TokenRow | undefined;
    return row && tokenOf(row);
  }

  async used(id: number, time: number): Promise<void> {
    try {
      this.#database.prepare('UPDATE tokens SET used = ? WHERE id = ? AND (used IS NULL OR used <= ?)').run(time, id, time - USE_STEP);
    } catch (error) {
      // Not worth the refusal of a question where the disk is full.
      log.warn({ token: id }, `cannot note the use of a token: ${causeOf(error)}`);
    }
  }
}

const tokenOf = ({ scopes, used, ...row }: TokenRow): Token => ({ ...row, scopes: scopes.split(' ').filter(isScope), used: used ?? undefined });
