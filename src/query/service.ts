import type { MessagePort } from 'node:worker_threads';
import { HeedError } from '../core/errors.ts';
import { DEFAULT_LIMITS, type Limits, quickLimits } from './budget.ts';
import type { ChangesQuestion } from './changes/question.ts';
import type { EventsQuestion, QueryAnswer } from './messages.ts';
import { refusal } from './refusal.ts';
import type { RenderParams } from './request.ts';
import { type Asked, QueryThread } from './thread.ts';

/** Answers questions in workers of its own, so that none of them holds up other requests. */
export interface QueryService {
  /**
   * Answers as /render does; errors are answers too. `signal` withdraws the question. `part` is given a long answer's beginning, piece by
   * piece while the rest is written, and the answer then is the last piece; an error after that means that the answer stays unfinished.
   */
  render(params: RenderParams, options?: { signal?: AbortSignal; part?: TakePart }): Promise<QueryAnswer>;
  /** Answers which series changed at a moment, as JSON. One such question at a time is looked at, in the worker of long questions, where all others go first. */
  changes(question: ChangesQuestion, options?: { signal?: AbortSignal }): Promise<QueryAnswer>;
  stop(): Promise<void>;
}

export type TakePart = (part: QueryAnswer) => void;

export interface QueryOptions {
  /** Gives a new connection to the points worker. */
  connect: () => MessagePort;
  counters: SharedArrayBuffer;
  /** Finds events for the function of that name; there are none without it. */
  events?: (question: EventsQuestion) => Promise<number[]>;
  limits?: Limits;
  /** Zone of times without one; UTC unless given. */
  timeZone?: string;
  /** A question that takes longer, in milliseconds, is ended together with the worker; 30 s unless given. */
  deadline?: number;
  /** A worker ends after so many milliseconds without a question; five minutes unless given. */
  quiet?: number;
}

/** While one of them waits for its series another computes. */
const QUICK_AT_ONCE = 2;
/** Each may hold all the points that a question may read. */
const LONG_AT_ONCE = 1;

/** Starts the service; its workers come with the first questions. */
export function startQuery(options: QueryOptions): QueryService {
  return new WorkerQuery(options);
}

/**
 * Every question goes to the quick worker, whose limits are so narrow that none of them keeps others waiting for long. What turns out to
 * go beyond them, as a rule before its points are read, begins anew in the long worker.
 */
class WorkerQuery implements QueryService {
  readonly #quick: QueryThread;
  readonly #long: QueryThread;
  #ids = 0;
  #stopped = false;

  constructor({ connect, counters, events, limits = DEFAULT_LIMITS, timeZone = 'UTC', deadline = 30_000, quiet = 5 * 60_000 }: QueryOptions) {
    const both = { connect, counters, events, timeZone, deadline, quiet };
    this.#long = new QueryThread({ ...both, name: 'long query', lane: 'long_query', limits, concurrent: LONG_AT_ONCE });
    this.#quick = new QueryThread({
      ...both,
      name: 'query',
      lane: 'query',
      limits: quickLimits(limits),
      concurrent: QUICK_AT_ONCE,
      handOver: (asked) => this.#long.ask(asked),
    });
  }

  render(params: RenderParams, { signal, part }: { signal?: AbortSignal; part?: TakePart } = {}): Promise<QueryAnswer> {
    return this.#ask(this.#quick, { params, part }, signal);
  }

  changes(question: ChangesQuestion, { signal }: { signal?: AbortSignal } = {}): Promise<QueryAnswer> {
    return this.#ask(this.#long, { params: { format: ['frame'] }, changes: question }, signal);
  }

  #ask(thread: QueryThread, question: Pick<Asked, 'params' | 'part' | 'changes'>, signal?: AbortSignal): Promise<QueryAnswer> {
    if (this.#stopped) return Promise.resolve(refusal(question.params, new HeedError('stopped', 'cannot answer: the server is stopping', { status: 503 })));
    return new Promise((resolve) => {
      const asked: Asked = { id: this.#ids++, ...question, begun: false, resolve, retries: 0 };
      thread.ask(asked);
      signal?.addEventListener('abort', () => this.#withdraw(asked), { once: true });
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([this.#quick.stop(), this.#long.stop()]);
  }

  #withdraw(asked: Asked): void {
    this.#quick.withdraw(asked);
    this.#long.withdraw(asked);
  }
}
