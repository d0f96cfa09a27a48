import type { ChangedHour, NewSessions } from '../sessions.ts';
import { isDiskFull } from './errors-file.ts';
import { failureOf } from './failure.ts';
import type { ErrorsReply } from './messages.ts';

/** Sessions written in one transaction. */
const MOST_AT_ONCE = 5000;

interface Waiting {
  number: number;
  sessions: readonly NewSessions[];
}

/** Sessions that came while the last batch was written become the next one. */
export class SessionQueue {
  readonly #write: (sessions: readonly NewSessions[]) => ChangedHour[];
  readonly #reply: (message: ErrorsReply) => void;
  readonly #onWrite: () => void;
  #waiting: Waiting[] = [];

  constructor(parts: { write(sessions: readonly NewSessions[]): ChangedHour[]; reply(message: ErrorsReply): void; onWrite(): void }) {
    this.#write = (sessions) => parts.write(sessions);
    this.#reply = (message) => parts.reply(message);
    this.#onWrite = () => parts.onWrite();
  }

  push(waiting: Waiting): void {
    this.#waiting.push(waiting);
    if (this.#waiting.length === 1) setImmediate(() => this.#next());
  }

  /** Writes all that waits, so that an answer knows of it. */
  settle(): void {
    while (this.#waiting.length > 0) this.#take();
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    this.#take();
    if (this.#waiting.length > 0) setImmediate(() => this.#next());
  }

  #take(): void {
    let [count, sessions] = [0, 0];
    for (const one of this.#waiting) {
      if (count > 0 && sessions + one.sessions.length > MOST_AT_ONCE) break;
      sessions += one.sessions.length;
      count++;
    }
    this.#try(this.#waiting.splice(0, count));
  }

  /** One caller's may be at fault for all: then each is tried alone. */
  #try(batch: readonly Waiting[]): void {
    let changed: ChangedHour[];
    try {
      changed = this.#write(batch.flatMap(({ sessions }) => sessions));
    } catch (error) {
      if (batch.length > 1 && !isDiskFull(error)) for (const one of batch) this.#try([one]);
      else for (const { number } of batch) this.#reply({ number, error: failureOf(error) });
      return;
    }
    this.#onWrite();
    for (const { number } of batch) this.#reply({ number, result: changed });
  }
}
