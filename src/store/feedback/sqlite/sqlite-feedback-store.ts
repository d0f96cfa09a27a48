import { join } from 'node:path';
import { CounterLane } from '../../../core/counters.ts';
import { log } from '../../../core/log.ts';
import { SqliteFile } from '../../sqlite-file.ts';
import {
  type Feedback,
  type FeedbackQuestion,
  FEEDBACK_STATES,
  type FeedbackState,
  type FeedbackStore,
  type FeedbackTie,
  MOST_FEEDBACK,
  type NewFeedback,
} from '../feedback-store.ts';

/** Within the data folder. */
const FEEDBACK_FILE = 'feedback.db';
/** They are counted now and then, and more than so many at a time are not too many. */
const COUNT_EVERY = 100;

const SHAPE = {
  migrations: new URL('./migrations/', import.meta.url),
  what: 'the feedback',
  tables: ['feedback'],
  check: 'SELECT key, changed_by, issue FROM feedback WHERE id IN (SELECT rowid FROM feedback_words)',
  counted: { table: 'feedback', words: 'messages of users' },
};

const FEEDBACK = `id, project, time, message, name, email, url, event_id AS eventId, own_id AS ownId, environment, release, browser, source,
  state, changed, changed_by AS changedBy, issue`;

/** Feedback in SQLite, on the thread that asks: it is little. No file is made before the first of it. */
export class SqliteFeedbackStore implements FeedbackStore {
  readonly damage: FeedbackStore['damage'] = [];
  readonly #file: SqliteFile;
  readonly #lane: CounterLane;
  readonly #most: number;

  constructor(folder: string, counters: SharedArrayBuffer, most = MOST_FEEDBACK) {
    const path = join(folder, FEEDBACK_FILE);
    this.#most = most;
    this.#lane = new CounterLane(counters, 'main');
    this.#file = new SqliteFile(path, SHAPE, (what) => {
      log.error({ file: path }, `damage: ${what}`);
      this.damage.push({ file: path, what, time: Date.now() });
    });
  }

  async add(told: NewFeedback): Promise<{ id: number; added: boolean }> {
    try {
      return this.#file.change('keep what a user wrote', () => {
        const known = this.#file.get<{ id: number }>('SELECT id FROM feedback WHERE project = ? AND key = ?', told.project, told.key);
        if (known) return { id: known.id, added: false };
        const { project, key, time, message, name, email, url, eventId, ownId, environment, release, browser, source } = told;
        const values = [project, key, time, message, name, email, url, eventId, ownId, environment, release, browser, source];
        const id = this.#file.insert(
          `INSERT INTO feedback (project, key, time, message, name, email, url, event_id, own_id, environment, release, browser, source)
            VALUES (${values.map(() => '?').join(', ')})`,
          ...values,
        );
        if (id % Math.min(COUNT_EVERY, this.#most) === 0) this.#makeRoom();
        return { id, added: true };
      });
    } catch (error) {
      this.#lane.add('feedback.dropped.write_failed');
      throw error;
    }
  }

  async list({ project, state, words = [], eventId, before = Number.MAX_SAFE_INTEGER, limit }: FeedbackQuestion): Promise<Feedback[]> {
    const conditions: [string, (string | number)[]][] = [['id < ?', [before]]];
    if (project !== null) conditions.push(['project = ?', [project]]);
    if (state !== undefined) conditions.push(['state = ?', [state]]);
    if (eventId !== undefined) conditions.push(['event_id = ?', [eventId]]);
    if (words.length > 0) conditions.push(['id IN (SELECT rowid FROM feedback_words WHERE feedback_words MATCH ?)', [words.map(phrase).join(' ')]]);
    const sql = `SELECT ${FEEDBACK} FROM feedback WHERE ${conditions.map(([text]) => text).join(' AND ')} ORDER BY id DESC LIMIT ?`;
    const values = conditions.flatMap(([, parameters]) => parameters);
    return this.#file.read([], () => this.#file.all<Feedback>(sql, ...values, limit).map((row) => ({ ...row })));
  }

  async find(id: number): Promise<Feedback | undefined> {
    const row = this.#file.read(undefined, () => this.#file.get<Feedback>(`SELECT ${FEEDBACK} FROM feedback WHERE id = ?`, id));
    return row && { ...row };
  }

  async totals(project: number | null): Promise<Record<FeedbackState, number>> {
    const rows = this.#file.read([], () =>
      project === null
        ? this.#file.all<{ state: FeedbackState; count: number }>('SELECT state, count(*) AS count FROM feedback GROUP BY state')
        : this.#file.all<{ state: FeedbackState; count: number }>('SELECT state, count(*) AS count FROM feedback WHERE project = ? GROUP BY state', project),
    );
    const of = (state: FeedbackState): number => rows.find((row) => row.state === state)?.count ?? 0;
    return Object.fromEntries(FEEDBACK_STATES.map((state) => [state, of(state)])) as Record<FeedbackState, number>;
  }

  async change(ids: readonly number[], state: FeedbackState, by: string, now: number): Promise<Pick<Feedback, 'id' | 'state'>[]> {
    if (!this.#file.exists) return [];
    return this.#file.change('change feedback', () => {
      const before: Pick<Feedback, 'id' | 'state'>[] = [];
      for (const id of ids) {
        const found = this.#file.get<Pick<Feedback, 'id' | 'state'>>('SELECT id, state FROM feedback WHERE id = ?', id);
        if (!found || found.state === state) continue;
        this.#file.run('UPDATE feedback SET state = ?, changed = ?, changed_by = ? WHERE id = ?', state, now, by, id);
        before.push({ ...found });
      }
      return before;
    });
  }

  async ties({ project, untied, limit }: { project: number; untied?: boolean; limit: number }): Promise<FeedbackTie[]> {
    const sql = `SELECT id, event_id AS eventId, issue FROM feedback WHERE project = ? AND event_id <> '' ${untied ? 'AND issue = 0' : ''} ORDER BY id DESC LIMIT ?`;
    return this.#file.read([], () => this.#file.all<FeedbackTie>(sql, project, limit).map((row) => ({ ...row })));
  }

  async tie(known: readonly Pick<FeedbackTie, 'id' | 'issue'>[]): Promise<void> {
    if (known.length === 0) return;
    this.#file.change('tie feedback to its issue', () => {
      for (const { id, issue } of known) this.#file.run('UPDATE feedback SET issue = ? WHERE id = ?', issue, id);
    });
  }

  async remove(id: number): Promise<boolean> {
    if (!this.#file.exists) return false;
    return this.#file.change(`remove feedback ${id}`, () => this.#file.run('DELETE FROM feedback WHERE id = ?', id) > 0);
  }

  async removeProject(project: number): Promise<void> {
    if (!this.#file.exists) return;
    this.#file.change('remove the feedback of a project', () => this.#file.run('DELETE FROM feedback WHERE project = ?', project));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#file.close();
  }

  #makeRoom(): void {
    const count = this.#file.get<{ count: number }>('SELECT count(*) AS count FROM feedback')?.count ?? 0;
    if (count <= this.#most) return;
    const sql = "DELETE FROM feedback WHERE id IN (SELECT id FROM feedback ORDER BY state = 'open', id LIMIT ?)";
    this.#lane.add('feedback.dropped.too_many', this.#file.run(sql, count - this.#most));
  }
}

/** A word, or its beginning, as FTS5 reads it; signs in it have no meaning of their own. */
const phrase = (word: string): string => `"${word.replaceAll('"', '""')}"*`;

/** The feedback in the data folder `folder`; no file is made before the first of it. */
export function openFeedback(folder: string, counters: SharedArrayBuffer): FeedbackStore {
  return new SqliteFeedbackStore(folder, counters);
}
