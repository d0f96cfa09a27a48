import type { CounterLane } from '../../../core/counters.ts';
import { causeOf } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import type { AddedEvent } from '../errors-store.ts';
import type { ArrivedLog } from './arrived-log.ts';
import type { ErrorsDatabase } from './errors-database.ts';
import { isDiskFull } from './errors-file.ts';
import type { EventRow } from './event-row.ts';
import { failureOf } from './failure.ts';
import type { ErrorsReply } from './messages.ts';

/** So few go into the tables at once, where nothing waits: that is as quick as the log. */
const FEW = 8;
/** Events that go into the tables in one transaction: it takes some tens of milliseconds, for which others wait. */
const MOST_AT_ONCE = 256;
const MOST_LETTERS_AT_ONCE = 16_000_000;
/** Before a question is answered, so many more. Only where far too much comes does an answer not know of the latest. */
const MOST_BEFORE_ANSWER = 1024;
/** Milliseconds until it is tried again, where there was no room. */
const REST = 1000;
/** Closing leaves what is not done by then to the next start. */
const LONGEST_CLOSE = 4000;

interface Waiting {
  /** 0 for what an earlier process left: nobody waits for it. */
  number: number;
  rows: readonly EventRow[];
}

/**
 * Events on their way into the tables. A few go there directly. Of more, each is written to the log of arrived events, and answered;
 * they go into the tables in bulk, which takes far less for each.
 */
export class WriteQueue {
  readonly #database: ErrorsDatabase;
  readonly #log: ArrivedLog;
  readonly #lane: CounterLane;
  readonly #reply: (message: ErrorsReply) => void;
  readonly #onWrite: () => void;
  /** What came since the last turn. */
  #arrived: Waiting[] = [];
  /** What is in the log. */
  #logged: Waiting[] = [];
  #scheduled = false;
  /** Why nothing can be written until it is tried again. */
  #full: unknown;
  #problem = '';

  constructor(parts: {
    database: ErrorsDatabase;
    log: ArrivedLog;
    lane: CounterLane;
    reply: (message: ErrorsReply) => void;
    /** Something was written that a power cut could still undo. */
    onWrite: () => void;
    /** What an earlier process had logged. */
    left: readonly EventRow[];
  }) {
    this.#onWrite = parts.onWrite;
    this.#database = parts.database;
    this.#log = parts.log;
    this.#lane = parts.lane;
    this.#reply = parts.reply;
    this.#logged = parts.left.map((row) => ({ number: 0, rows: [row] }));
    this.#schedule();
  }

  push(waiting: Waiting): void {
    this.#arrived.push(waiting);
    this.#schedule();
  }

  /** What came before a question goes into the tables before it is answered. */
  settle(): void {
    this.#take();
    for (let left = MOST_BEFORE_ANSWER; left > 0 && this.#logged.length > 0 && this.#full === undefined; left -= MOST_AT_ONCE) this.#digest();
  }

  close(): void {
    const end = Date.now() + LONGEST_CLOSE;
    this.#take();
    while (this.#logged.length > 0 && this.#full === undefined && Date.now() < end) this.#digest();
    this.#log.close();
  }

  #schedule(): void {
    if (this.#scheduled || this.#arrived.length + this.#logged.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#take();
      // In a turn of its own, as who waits for the log is told before it.
      setImmediate(() => {
        this.#scheduled = false;
        if (this.#full !== undefined) return;
        this.#digest();
        this.#schedule();
      });
    });
  }

  /** Writes what has come, to the tables or to the log. */
  #take(): void {
    const batch = this.#arrived;
    if (batch.length === 0) return;
    this.#arrived = [];
    const rows = batch.flatMap(({ rows }) => rows);
    // Where the disk was full, who comes finds out whether it still is.
    if (this.#full !== undefined || (this.#logged.length === 0 && rows.length <= FEW)) return this.#write(batch, (error) => this.#refuse(batch, error));
    try {
      this.#log.append(rows);
    } catch (error) {
      return this.#refuse(batch, error);
    }
    this.#onWrite();
    for (const { number } of batch) this.#reply({ number, written: true });
    this.#logged.push(...batch);
  }

  /** Moves some of the log into the tables. */
  #digest(): void {
    let [events, letters, count] = [0, 0, 0];
    for (const { rows } of this.#logged) {
      const more = rows.reduce((sum, { body }) => sum + body.length, 0);
      if (count > 0 && (events + rows.length > MOST_AT_ONCE || letters + more > MOST_LETTERS_AT_ONCE)) break;
      events += rows.length;
      letters += more;
      count++;
    }
    if (count === 0) return;
    const batch = this.#logged.slice(0, count);
    this.#write(batch, (error) => {
      if (isDiskFull(error)) this.#rest(error);
      else this.#refuse(batch, error);
    });
    if (this.#full !== undefined) return;
    this.#logged.splice(0, count);
    this.#log.done(events);
  }

  /** What is in the log stays there and goes on as soon as there is room; who waits for it, and who comes meanwhile, is told. */
  #rest(error: unknown): void {
    this.#full = error;
    this.#settleProblem('the disk is full');
    for (const waiting of this.#logged) {
      if (waiting.number !== 0) this.#reply({ number: waiting.number, error: failureOf(error) });
      waiting.number = 0;
    }
    setTimeout(() => {
      this.#full = undefined;
      this.#schedule();
    }, REST).unref();
  }

  /** Into the tables, in one transaction. One caller's may be at fault for all: then each is tried alone. */
  #write(batch: readonly Waiting[], onFailure: (error: unknown) => void): void {
    const rows = batch.flatMap(({ rows }) => rows);
    let added: AddedEvent[];
    try {
      added = this.#database.add(rows);
    } catch (error) {
      if (batch.length === 1 || isDiskFull(error)) return onFailure(error);
      for (const one of batch) this.#write([one], (cause) => this.#refuse([one], cause));
      return;
    }
    this.#onWrite();
    this.#full = undefined;
    this.#settleProblem('');
    const count = (is: (outcome: AddedEvent['outcome']) => boolean): number => added.filter(({ outcome }) => is(outcome)).length;
    const discarded = count((outcome) => outcome === 'discarded');
    this.#lane.add('errors.discarded', discarded);
    this.#lane.add('errors.stored', added.length - discarded - count((outcome) => outcome === 'known'));
    let at = 0;
    for (const { number, rows } of batch) {
      const result = added.slice(at, (at += rows.length));
      if (number !== 0) this.#reply({ number, result });
    }
  }

  #refuse(batch: readonly Waiting[], error: unknown): void {
    const full = isDiskFull(error);
    this.#lane.add(
      full ? 'errors.dropped.disk_full' : 'errors.dropped.write_failed',
      batch.reduce((sum, { rows }) => sum + rows.length, 0),
    );
    if (!full) log.error({ err: error }, 'cannot write errors');
    this.#settleProblem(full ? 'the disk is full' : causeOf(error));
    for (const { number } of batch) if (number !== 0) this.#reply({ number, error: failureOf(error) });
  }

  /** Tells whether, and why, nothing can be written. */
  #settleProblem(now: string): void {
    if (now !== this.#problem) this.#reply({ problem: (this.#problem = now) });
  }
}
