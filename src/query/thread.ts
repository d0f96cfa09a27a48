import { type MessagePort, Worker } from 'node:worker_threads';
import { CounterLane, type Lane } from '../core/counters.ts';
import { HeedError, causeOf } from '../core/errors.ts';
import { log } from '../core/log.ts';
import type { Limits } from './budget.ts';
import type { ChangesQuestion } from './changes/question.ts';
import type { EventsQuestion, FromQueryWorker, QueryAnswer, QueryWorkerStart, ToQueryWorker } from './messages.ts';
import { refusal } from './refusal.ts';
import type { RenderParams } from './request.ts';

/** A question and where its answer goes. */
export interface Asked {
  id: number;
  params: RenderParams;
  /** It asks for changes, not for rows. */
  changes?: ChangesQuestion;
  part?: (part: QueryAnswer) => void;
  resolve(answer: QueryAnswer): void;
  /** A part of the answer is out. */
  begun: boolean;
  /** Times it was under way when the worker had to be ended for another question. */
  retries: number;
  deadline?: NodeJS.Timeout;
}

export interface ThreadOptions {
  name: string;
  /** The worker's lane of the counters. */
  lane: Lane;
  /** Gives a new connection to the points worker. */
  connect: () => MessagePort;
  counters: SharedArrayBuffer;
  events?: (question: EventsQuestion) => Promise<number[]>;
  limits: Limits;
  /** Questions in the worker at once. */
  concurrent: number;
  timeZone: string;
  /** Milliseconds that a question may take. */
  deadline: number;
  /** Milliseconds without a question after which the worker ends. */
  quiet: number;
  /** Takes the questions that go beyond the limits; without it they are refused. */
  handOver?: (asked: Asked) => void;
}

/** Questions that wait; more are refused. */
const MAX_WAITING = 500;
/** Questions after changes that wait; more are refused. */
const MAX_CHANGES_WAITING = 10;

/** Questions that wait for one worker, and that worker: it comes with the first of them, and is ended by one that takes too long. */
export class QueryThread {
  readonly #options: ThreadOptions;
  readonly #main: CounterLane;
  readonly #underWay = new Map<number, Asked>();
  #waiting: Asked[] = [];
  #worker: Worker | undefined;
  #quiet: NodeJS.Timeout | undefined;

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.#main = new CounterLane(options.counters, 'main');
  }

  ask(asked: Asked): void {
    const alike = this.#waiting.filter((other) => !other.changes === !asked.changes);
    if (alike.length >= (asked.changes ? MAX_CHANGES_WAITING : MAX_WAITING))
      return this.#refuse(asked, new HeedError('busy', 'cannot answer: too many questions are waiting', { status: 503 }));
    clearTimeout(this.#quiet);
    this.#waiting.push(asked);
    this.#next();
  }

  /** Nobody wants its answer any more, if the question is here. */
  withdraw(asked: Asked): void {
    if (this.#underWay.has(asked.id)) this.#tell({ type: 'withdraw', id: asked.id });
    else if (this.#waiting.includes(asked)) {
      this.#waiting = this.#waiting.filter((other) => other !== asked);
      this.#refuse(asked, new HeedError('withdrawn', 'cannot answer: the question was withdrawn', { status: 499 }));
    }
  }

  async stop(): Promise<void> {
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
    const { deadline, quiet } = this.#options;
    for (let asked = this.#takeNext(); asked; asked = this.#takeNext()) {
      const { id, params, part, changes } = asked;
      const late = asked;
      this.#underWay.set(id, asked);
      asked.deadline = setTimeout(() => this.#timeOut(late), deadline);
      this.#tell(changes ? { type: 'changes', id, question: changes } : { type: 'render', id, params, inParts: part !== undefined });
    }
    if (this.#underWay.size > 0 || !this.#worker) return;
    this.#quiet = setTimeout(() => void this.#end(), quiet);
    this.#quiet.unref();
  }

  /** The first waiting question for which there is a place: those after changes have one of their own. */
  #takeNext(): Asked | undefined {
    const looking = [...this.#underWay.values()].filter(({ changes }) => changes).length;
    const full = this.#underWay.size - looking >= this.#options.concurrent;
    const at = this.#waiting.findIndex(({ changes }) => (changes ? looking === 0 : !full));
    return at < 0 ? undefined : this.#waiting.splice(at, 1)[0];
  }

  #tell(message: ToQueryWorker): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const { name, lane, connect, counters, limits, timeZone, handOver } = this.#options;
    const points = connect();
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      name,
      workerData: { points, counters, lane, limits, timeZone, handsOver: handOver !== undefined } satisfies QueryWorkerStart,
      transferList: [points],
      resourceLimits: { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 512 },
    });
    worker.on('message', (message: FromQueryWorker) => {
      if (message.type === 'answer') this.#answer(message);
      else if (message.type === 'beyond') this.#handOver(message.id);
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

  #handOver(id: number): void {
    const asked = this.#underWay.get(id);
    if (!asked) return;
    clearTimeout(asked.deadline);
    this.#underWay.delete(id);
    this.#options.handOver?.(asked);
    this.#next();
  }

  /** Ends the worker for a question that takes too long; the others get another try in the next one. */
  #timeOut(late: Asked): void {
    this.#main.add('query.timed_out');
    const seconds = this.#options.deadline / 1000;
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

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}
