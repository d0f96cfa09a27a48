import type { MessagePort } from 'node:worker_threads';
import { HeedError } from '../../../core/errors.ts';
import type { Answers, FromWorker, Question, Questions, ToWorker } from './messages.ts';
import type { Answering } from './reader.ts';
import { RingWriter, type WriterDoor } from './ring-writer.ts';

/** One thread's connection to the points worker: its writers, and questions with their answers. */
export class PointsClient implements WriterDoor, Answering {
  readonly #port: MessagePort;
  readonly #writers = new Map<number, RingWriter>();
  readonly #open = new Map<number, PromiseWithResolvers<unknown>>();
  #numbers = 0;
  /** Open questions and waiting writers; without any the port keeps no process alive. */
  #holds = 0;
  #closed = false;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', (message: FromWorker) => this.#receive(message));
    port.on('close', () => this.#end());
    port.unref();
  }

  writer(): RingWriter {
    const number = this.#numbers++;
    const writer = new RingWriter(this, number);
    this.#writers.set(number, writer);
    return writer;
  }

  /** Hands over what this thread's writers hold. */
  flush(): void {
    for (const writer of this.#writers.values()) writer.flush();
  }

  /** @throws HeedError as the worker refused, or `store_closed` */
  async ask<Name extends keyof Questions>(name: Name, args: Questions[Name]): Promise<Answers[Name]> {
    if (this.#closed) throw closedError();
    const id = this.#numbers++;
    const answer = Promise.withResolvers<unknown>();
    this.#open.set(id, answer);
    this.hold();
    this.send({ type: 'ask', id, question: { name, args } as Question });
    return (await answer.promise) as Answers[Name];
  }

  send(message: ToWorker): void {
    this.#port.postMessage(message, message.type === 'batch' && message.names ? [message.names.buffer as ArrayBuffer] : []);
  }

  hold(): void {
    if (this.#holds++ === 0) this.#port.ref();
  }

  release(): void {
    if (--this.#holds === 0) this.#port.unref();
  }

  closed(writer: number): void {
    this.#writers.delete(writer);
  }

  close(): void {
    this.#port.close();
  }

  #receive(message: FromWorker): void {
    if (message.type === 'room') {
      this.#writers.get(message.writer)?.room();
      return;
    }
    const answer = this.#open.get(message.id);
    if (!answer) return;
    this.#open.delete(message.id);
    this.release();
    if (message.type === 'answer') answer.resolve(message.value);
    else answer.reject(new HeedError(message.code, message.message, { status: message.status }));
  }

  #end(): void {
    this.#closed = true;
    for (const answer of this.#open.values()) answer.reject(closedError());
    this.#open.clear();
    for (const writer of this.#writers.values()) writer.end(closedError());
  }
}

const closedError = (): HeedError => new HeedError('store_closed', 'cannot reach the points store: it is closed', { status: 503 });
