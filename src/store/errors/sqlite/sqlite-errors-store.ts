import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CounterLane } from '../../../core/counters.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { Outbox } from '../../../core/outbox.ts';
import type * as store from '../errors-store.ts';
import type * as jobs from '../jobs.ts';
import type * as session from '../sessions.ts';
import { ERRORS_FILE, ERRORS_FOLDER } from './errors-file.ts';
import { type EventRow, rowOf } from './event-row.ts';
import type { AddingEvents } from './open-errors.ts';
import type { ErrorsQuestion, ErrorsReply, ErrorsRequest, ErrorsWorkerData } from './messages.ts';

/** Events taken and not yet written, and their letters: more are refused. */
const MOST_WAITING = 10_000;
const MOST_LETTERS_WAITING = 64_000_000;

/** A worker that ended by itself is not started again for so long, milliseconds. */
const REST = 5000;

interface Ask {
  /** Of events: they are in the log. */
  onWritten?: () => void;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Errors in SQLite below `folder`, behind a worker that the first event (or the first question where events are) starts. */
export class SqliteErrorsStore implements store.ErrorsStore {
  readonly damage: store.ErrorsStore['damage'] = [];
  writeProblem = '';

  readonly #folder: string;
  readonly #counters: SharedArrayBuffer;
  readonly #lane: CounterLane;
  readonly #asked = new Map<number, Ask>();
  readonly #waiting = { events: 0, letters: 0, sessions: 0 };
  #worker: Worker | undefined;
  readonly #outbox = new Outbox<ErrorsRequest>((requests) => this.#worker?.postMessage(requests));
  #number = 0;
  #closed = false;
  #failed: { error: HeedError; until: number } | undefined;

  constructor(folder: string, counters: SharedArrayBuffer) {
    this.#folder = join(folder, ERRORS_FOLDER);
    this.#counters = counters;
    this.#lane = new CounterLane(counters, 'main');
  }

  async add(events: readonly store.NewEvent[]): Promise<store.AddedEvent[]> {
    if (events.length === 0) return [];
    const rows: EventRow[] = [];
    for (const event of events) {
      const row = rowOf(event);
      if (row === undefined) {
        this.#lane.add('errors.dropped.bad_event', events.length);
        throw new HeedError('bad_event', `cannot keep event ${event.event.event_id}: it is too large, or has no id, time or hash`);
      }
      rows.push(row);
    }
    return this.addRows(rows).added;
  }

  /** @throws HeedError `too_many_events` (429) */
  addRows(rows: readonly EventRow[]): AddingEvents {
    const letters = rows.reduce((sum, { body }) => sum + body.length, 0);
    if (this.#waiting.events > 0 && (this.#waiting.events + rows.length > MOST_WAITING || this.#waiting.letters + letters > MOST_LETTERS_WAITING)) {
      this.#lane.add('errors.dropped.queue_full', rows.length);
      throw new HeedError('too_many_events', 'cannot keep events: they come faster than they can be written; send them again later', { status: 429 });
    }
    this.#waiting.events += rows.length;
    this.#waiting.letters += letters;
    const written = Promise.withResolvers<void>();
    const added = this.#send({ do: 'add', rows }, written.resolve) as Promise<store.AddedEvent[]>;
    const settled = (): void => {
      this.#waiting.events -= rows.length;
      this.#waiting.letters -= letters;
    };
    added.then(
      () => {
        settled();
        written.resolve();
      },
      (error: unknown) => {
        settled();
        written.reject(error);
      },
    );
    // Who waits for all of it need not ask for this.
    written.promise.catch(() => undefined);
    return { written: written.promise, added };
  }

  issues(question: store.IssuesQuestion): Promise<store.IssuesPage> {
    return this.#ask({ do: 'issues', question }, { issues: [], next: undefined, total: 0 });
  }

  issue(id: number): Promise<store.Issue | undefined> {
    return this.#ask({ do: 'issue', id }, undefined);
  }

  issueByShortId(shortId: string): Promise<store.Issue | undefined> {
    return this.#ask({ do: 'issueByShortId', shortId }, undefined);
  }

  events(question: store.EventsOfIssue): Promise<store.EventsPage> {
    return this.#ask({ do: 'events', question }, { events: [], next: undefined });
  }

  event(issue: number, which: string): Promise<store.FoundEvent | undefined> {
    return this.#ask({ do: 'event', issue, which }, undefined);
  }

  eventById(project: number, eventId: string): Promise<store.FoundEvent | undefined> {
    return this.#ask({ do: 'eventById', project, eventId }, undefined);
  }

  eventsOfTrace(question: store.TraceQuestion): Promise<store.TracedEvent[]> {
    return this.#ask({ do: 'eventsOfTrace', question }, []);
  }

  issuesOfEvents(project: number, eventIds: readonly string[]): Promise<number[]> {
    return this.#ask(
      { do: 'issuesOfEvents', project, eventIds },
      eventIds.map(() => 0),
    );
  }

  change(ids: readonly number[], change: store.IssueChange, by: string): Promise<store.UndoneIssue[]> {
    return this.#ask({ do: 'change', ids, change, by }, []);
  }

  undo(before: readonly store.UndoneIssue[], by: string): Promise<number> {
    return this.#ask({ do: 'undo', before, by }, 0);
  }

  merge(into: number, from: readonly number[], by: string): Promise<void> {
    return this.#ask({ do: 'merge', into, from, by }, undefined, true);
  }

  unmerge(issue: number, hashes: readonly string[], by: string): Promise<store.Issue> {
    return this.#ask({ do: 'unmerge', issue, hashes, by }, undefined as never, true);
  }

  hashes(issue: number): Promise<store.IssueHash[]> {
    return this.#ask({ do: 'hashes', issue }, []);
  }

  comment(issue: number, text: string, by: string): Promise<store.Activity> {
    return this.#ask({ do: 'comment', issue, text, by }, undefined as never, true);
  }

  links(issue: number): Promise<store.IssueLink[]> {
    return this.#ask({ do: 'links', issue }, []);
  }

  link(issue: number, link: Pick<store.IssueLink, 'url' | 'title'>, by: string): Promise<store.IssueLink> {
    return this.#ask({ do: 'link', issue, link, by }, undefined as never, true);
  }

  unlink(issue: number, id: number, by: string): Promise<boolean> {
    return this.#ask({ do: 'unlink', issue, id, by }, false);
  }

  activity(issue: number, limit: number): Promise<store.Activity[]> {
    return this.#ask({ do: 'activity', issue, limit }, []);
  }

  tags(issue: number, most: number): Promise<store.TagCounts[]> {
    return this.#ask({ do: 'tags', issue, most }, []);
  }

  tagValues(issue: number, key: string, limit: number): Promise<store.TagCounts> {
    return this.#ask({ do: 'tagValues', issue, key, limit }, { key, total: 0, values: [] });
  }

  counts(question: store.CountsQuestion): Promise<store.Counts> {
    return this.#ask({ do: 'counts', question }, undefined as never, true);
  }

  totals(project: number | null): Promise<store.IssueTotals> {
    return this.#ask({ do: 'totals', project }, { unresolved: 0, new: 0, regressed: 0, escalating: 0, archived: 0, resolved: 0 });
  }

  complete(project: number | null, key: string, prefix: string, limit: number): Promise<string[]> {
    return this.#ask({ do: 'complete', project, key, prefix, limit }, []);
  }

  async addSessions(sessions: readonly session.NewSessions[]): Promise<session.ChangedHour[]> {
    if (sessions.length === 0) return [];
    if (this.#waiting.sessions > 0 && this.#waiting.sessions + sessions.length > MOST_WAITING)
      throw new HeedError('too_many_events', 'cannot count sessions: they come faster than they can be written; send them again later', { status: 429 });
    this.#waiting.sessions += sessions.length;
    try {
      return (await this.#send({ do: 'addSessions', sessions })) as session.ChangedHour[];
    } finally {
      this.#waiting.sessions -= sessions.length;
    }
  }

  sessions(question: session.SessionsQuestion): Promise<session.SessionsAnswer> {
    return this.#ask({ do: 'sessions', question }, undefined as never, true);
  }

  releases(question: session.ReleasesQuestion): Promise<session.SeenRelease[]> {
    return this.#ask({ do: 'releases', question }, []);
  }

  issuesOfRelease(question: session.ReleaseIssuesQuestion): Promise<session.ReleaseIssues> {
    return this.#ask({ do: 'issuesOfRelease', question }, { new: [], regressed: [], resolved: [] });
  }

  runErrors(question: jobs.RunErrorsQuestion): Promise<jobs.RunErrors> {
    return this.#ask({ do: 'runErrors', question }, { events: 0, listed: 0, files: [], allFiles: 0, issues: [], records: [], allRecords: 0 });
  }

  removeReleases(project: number): Promise<void> {
    return this.#ask({ do: 'removeReleases', project }, undefined);
  }

  removeIssues(ids: readonly number[]): Promise<number> {
    return this.#ask({ do: 'removeIssues', ids }, 0);
  }

  prune(before: number, mostEvents: number): Promise<number> {
    return this.#ask({ do: 'prune', before, mostEvents }, 0);
  }

  sizes(): Promise<{ events: number; issues: number; bytes: number }> {
    return this.#ask({ do: 'sizes' }, { events: 0, issues: 0, bytes: 0 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    const closing = this.#worker && this.#send({ do: 'close' });
    this.#closed = true;
    await closing;
  }

  /** Asks the worker; where there are no events the answer is `none`, and neither a file nor a thread is made. */
  async #ask<Answer>(question: ErrorsQuestion, none: Answer, always = false): Promise<Answer> {
    if (!always && !this.#worker && !existsSync(join(this.#folder, ERRORS_FILE))) return none;
    return (await this.#send(question)) as Answer;
  }

  #send(request: { do: 'add'; rows: readonly EventRow[] } | ErrorsQuestion, onWritten?: () => void): Promise<unknown> {
    if (this.#closed) return Promise.reject(new HeedError('closed', 'cannot use the errors: the store is closed', { status: 503 }));
    if (!this.#worker && this.#failed && Date.now() < this.#failed.until) {
      if (request.do === 'add') this.#lane.add('errors.dropped.write_failed', request.rows.length);
      return Promise.reject(this.#failed.error);
    }
    return new Promise((resolve, reject) => {
      const number = ++this.#number;
      this.#asked.set(number, { onWritten, resolve, reject });
      this.#running();
      this.#outbox.push({ number, ...request });
    });
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      name: 'errors',
      workerData: { folder: this.#folder, counters: this.#counters } satisfies ErrorsWorkerData,
      resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 },
    });
    worker.on('message', (messages: readonly ErrorsReply[]) => {
      for (const message of messages) this.#onReply(message);
    });
    worker.once('error', (error) => this.#onEnd(worker, error));
    worker.once('exit', () => this.#onEnd(worker, new Error('the errors worker ended')));
    this.#worker = worker;
    return worker;
  }

  #onReply(message: ErrorsReply): void {
    if ('damage' in message) {
      this.damage.push(message.damage);
      if (this.damage.length > 100) this.damage.shift();
    } else if ('problem' in message) {
      this.writeProblem = message.problem;
    } else {
      const ask = this.#asked.get(message.number);
      if ('written' in message) return ask?.onWritten?.();
      this.#asked.delete(message.number);
      if ('error' in message) ask?.reject(new HeedError(message.error.code, message.error.message, { status: message.error.status }));
      else ask?.resolve(message.result);
    }
  }

  /** The worker is gone: who asked is told, and after a rest the next event or question starts another. */
  #onEnd(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    if (this.#closed && this.#asked.size === 0) return;
    this.writeProblem = causeOf(error);
    this.#lane.add('errors.dropped.write_failed', this.#waiting.events);
    const failure =
      error instanceof HeedError ? error : new HeedError('errors_failed', `cannot use the errors: ${causeOf(error)}`, { status: 500, cause: error });
    this.#failed = { error: failure, until: Date.now() + REST };
    for (const ask of this.#asked.values()) ask.reject(failure);
    this.#asked.clear();
  }
}
