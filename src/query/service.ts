import { type MessagePort, Worker } from 'node:worker_threads';
import { CounterLane } from '../core/counters.ts';
import { causeOf, HeedError } from '../core/errors.ts';
import { log } from '../core/log.ts';
import { DEFAULT_LIMITS, type Limits } from './budget.ts';
import type { ChangesQuestion } from './changes/question.ts';
import type { EventsQuestion, FromQueryWorker, QueryAnswer, QueryWorkerStart, ToQueryWorker } from './messages.ts';
import { refusal } from './refusal.ts';
import type { RenderParams } from './request.ts';

/** Answers questions in a worker of its own, so that none of them holds up other requests. */
export interface QueryService {
  /**
   * Answers as /render does; errors are answers too. `signal` withdraws the question. `part` is given a long answer's beginning, piece by
   * piece while the rest is written, and the answer then is the last piece; an error after that means that the answer stays unfinished.
   */
  render(params: RenderParams, options?: { signal?: AbortSignal; part?: TakePart }): Promise<QueryAnswer>;
  /** Answers which series changed at a moment, as JSON. One such question at a time is in the worker, where all others go first. */
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
  /** The worker ends after so many milliseconds without a question; five minutes unless given. */
  quiet?: number;
}

/** Questions in the worker at once: while one waits for its series another computes. */
const CONCURRENT = 2;
/** Questions that wait; more are refused. */
const MAX_WAITING = 500;
/** Questions after changes that wait; more are refused. */
const MAX_CHANGES_WAITING = 10;

interface Asked {
  id: number;
  params: RenderParams;
  /** It asks for changes, not for rows. */
  changes?: ChangesQuestion;
  part?: TakePart;
  /** A part of the answer is out. */
  begun: boolean;
  resolve(answer: QueryAnswer): void;
  /** Times it was under way when the worker had to be ended for another question. */
  retries: number;
  deadline?: NodeJS.Timeout;
}

/** Starts the service; its worker comes with the first question. */
export function startQuery(options: QueryOptions): QueryService {
  return new WorkerQuery(options);
}

class WorkerQuery implements QueryService {
  readonly #options: QueryOptions;
  readonly #lane: CounterLane;
  readonly #underWay = new Map<number, Asked>();
  #waiting: Asked[] = [];
  #worker: Worker | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #ids = 0;
  #stopped = false;

  constructor(options: QueryOptions) {
    this.#options = options;
    this.#lane = new CounterLane(options.counters, 'main');
  }

  render(params: RenderParams, { signal, part }: { signal?: AbortSignal; part?: TakePart } = {}): Promise<QueryAnswer> {
    return this.#ask({ params, part }, MAX_WAITING, signal);
  }

  changes(question: ChangesQuestion, { signal }: { signal?: AbortSignal } = {}): Promise<QueryAnswer> {
    return this.#ask({ params: { format: ['frame'] }, changes: question }, MAX_CHANGES_WAITING, signal);
  }

  #ask(question: Pick<Asked, 'params' | 'part' | 'changes'>, mostWaiting: number, signal?: AbortSignal): Promise<QueryAnswer> {
    return new Promise((resolve) => {
      const asked: Asked = { id: this.#ids++, ...question, begun: false, resolve, retries: 0 };
      if (this.#stopped) return this.#refuse(asked, new HeedError('stopped', 'cannot answer: the server is stopping', { status: 503 }));
      if (this.#waiting.filter((other) => !other.changes === !asked.changes).length >= mostWaiting)
        return this.#refuse(asked, new HeedError('busy', 'cannot answer: too many questions are waiting', { status: 503 }));
      clearTimeout(this.#quiet);
      this.#waiting.push(asked);
      signal?.addEventListener('abort', () => this.#withdraw(asked), { once: true });
      this.#next();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#quiet);
    for (const asked of [...this.#waiting.splice(0), ...this.#underWay.values()])
      this.#refuse(asked, new HeedError('stopped', 'cannot answer: the server is stopping', { status: 503 }));
    await this.#end();
  }

  #refuse(asked: Asked, error: HeedError): void {
    clearTimeout(asked.deadline);
    this.#underWay.delete(asked.id);
    asked.resolve(refusal(asked.params, error));
  }

  #next(): void {
    for (let asked = this.#takeNext(); asked; asked = this.#takeNext()) {
      const { id, params, part, changes } = asked;
      const late = asked;
      this.#underWay.set(id, asked);
      asked.deadline = setTimeout(() => this.#timeOut(late), this.#options.deadline ?? 30_000);
      this.#tell(changes ? { type: 'changes', id, question: changes } : { type: 'render', id, params, inParts: part !== undefined });
    }
    if (this.#underWay.size > 0 || !this.#worker) return;
    this.#quiet = setTimeout(() => void this.#end(), this.#options.quiet ?? 5 * 60_000);
    this.#quiet.unref();
  }

  /** The first waiting question for which there is a place: those after changes have one of their own. */
  #takeNext(): Asked | undefined {
    const looking = [...this.#underWay.values()].filter(({ changes }) => changes).length;
    const full = this.#underWay.size - looking >= CONCURRENT;
    const at = this.#waiting.findIndex(({ changes }) => (changes ? looking === 0 : !full));
    return at < 0 ? undefined : this.#waiting.splice(at, 1)[0];
  }

  #tell(message: ToQueryWorker): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const { connect, counters, limits = DEFAULT_LIMITS, timeZone = 'UTC' } = this.#options;
    const points = connect();
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      name: 'query',
      workerData: { points, counters, limits, timeZone } satisfies QueryWorkerStart,
      transferList: [points],
      resourceLimits: { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 512 },
    });
    worker.on('message', (message: FromQueryWorker) => {
      if (message.type === 'answer') this.#answer(message);
      else void this.#tellEvents(worker, message);
    });
    worker.once('error', (error) => this.#crash(worker, error));
    worker.unref();
    return worker;
  }

  async #tellEvents(worker: Worker, { id, tags, from, until }: Extract<FromQueryWorker, { type: 'events' }>): Promise<void> {
    let times: number[] = [];
    let problem = '';
    try {
      times = (await this.#options.events?.({ tags, from, until })) ?? [];
    } catch (error) {
      problem = causeOf(error);
    }
    worker.postMessage({ type: 'events', id, times: Float64Array.from(times), problem } satisfies ToQueryWorker);
  }

  #answer({ id, answer, last }: Extract<FromQueryWorker, { type: 'answer' }>): void {
    const asked = this.#underWay.get(id);
    if (!asked) return;
    if (!last) {
      asked.begun = true;
      asked.part?.(answer);
      return;
    }
    clearTimeout(asked.deadline);
    this.#underWay.delete(id);
    asked.resolve(answer);
    this.#next();
  }

  /** Ends the worker for a question that takes too long; the others get another try in the next one. */
  #timeOut(late: Asked): void {
    this.#lane.add('query.timed_out');
    const seconds = (this.#options.deadline ?? 30_000) / 1000;
    this.#refuse(late, new HeedError('timed_out', `cannot answer: it took longer than ${seconds} s; ask for fewer series or a shorter time`, { status: 503 }));
    void this.#end();
    for (const asked of this.#underWay.values()) {
      clearTimeout(asked.deadline);
      if (asked.retries++ === 0 && !asked.begun) this.#waiting.unshift(asked);
      else this.#refuse(asked, new HeedError('busy', 'cannot answer: other questions took too long; ask again', { status: 503 }));
    }
    this.#underWay.clear();
    this.#next();
  }

  /** The worker broke down, most likely for want of memory; whose question it was cannot be told. */
  #crash(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    log.error({ err: error }, 'the query worker broke down');
    this.#worker = undefined;
    for (const asked of this.#underWay.values())
      this.#refuse(asked, new HeedError('broke_down', 'cannot answer: the query worker broke down; ask for fewer series or a shorter time', { status: 503 }));
    this.#next();
  }

  #withdraw(asked: Asked): void {
    this.#waiting = this.#waiting.filter((other) => other !== asked);
    if (this.#underWay.has(asked.id)) this.#tell({ type: 'withdraw', id: asked.id });
    else this.#refuse(asked, new HeedError('withdrawn', 'cannot answer: the question was withdrawn', { status: 499 }));
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}
