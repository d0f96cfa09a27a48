import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { type BatchRing, batchRing, SLOT, WAITING } from './batches.ts';
import { complain } from './complain.ts';
import type { FromWorker, Question, ReadPlan, ToWorker } from './messages.ts';
import type { Translation } from './translation.ts';

/** What a session needs of the engine. */
export interface SessionEngine {
  translation(): Translation;
  /** @returns false when there is no room now */
  take(ring: BatchRing, slot: number, count: number, translation: Translation): boolean;
  /** Names came without points. */
  writeNames(): void;
  answer(question: Question): Promise<unknown>;
  damaged(file: string, what: string): void;
}

interface Writer {
  ring: BatchRing;
  translation: Translation;
}

/** The worker's side of one thread's port. */
export class Session {
  readonly #port: MessagePort;
  readonly #engine: SessionEngine;
  readonly #writers = new Map<number, Writer>();
  /** Batches that found no room, and what came after them from this thread's writers. */
  #kept: ToWorker[] = [];

  constructor(port: MessagePort, engine: SessionEngine, closed: () => void) {
    this.#port = port;
    this.#engine = engine;
    port.on('message', (message: ToWorker) => this.#receive(message));
    port.on('close', closed);
  }

  get translations(): Translation[] {
    return [...this.#writers.values()].map((writer) => writer.translation);
  }

  /** True while batches wait for room. */
  get waiting(): boolean {
    return this.#kept.length > 0;
  }

  /** Handles all that has been sent to this port so far. */
  drain(): void {
    for (let found = receiveMessageOnPort(this.#port); found; found = receiveMessageOnPort(this.#port)) this.#receive(found.message as ToWorker);
  }

  /** There is room again. */
  resume(): void {
    const kept = this.#kept;
    this.#kept = [];
    for (const message of kept) this.#receive(message);
  }

  close(): void {
    this.#port.close();
  }

  #receive(message: ToWorker): void {
    if (message.type === 'ask') void this.#ask(message.id, message.question);
    else if (message.type === 'damage') this.#engine.damaged(message.file, message.what);
    else if (this.#kept.length > 0) this.#kept.push(message);
    else if (!this.#handle(message)) this.#kept.push(message);
  }

  /** @returns false when the message has to wait */
  #handle(message: ToWorker): boolean {
    if (message.type === 'open') {
      this.#writers.set(message.writer, { ring: batchRing(message.memory), translation: this.#engine.translation() });
      return true;
    }
    if (message.type === 'close') return this.#writers.delete(message.writer) || true;
    const writer = message.type === 'batch' || message.type === 'forget' ? this.#writers.get(message.writer) : undefined;
    if (!writer) return true;
    if (message.type === 'forget') writer.translation = this.#engine.translation();
    if (message.type !== 'batch') return true;
    if (message.names) {
      writer.translation.declare(message.names);
      // They are taken, even when the points after them have to wait.
      message.names = undefined;
      if (message.slot < 0) this.#engine.writeNames();
    }
    if (message.slot < 0) return true;
    if (!this.#engine.take(writer.ring, message.slot, message.count, writer.translation)) return false;
    Atomics.store(writer.ring.state, message.slot, SLOT.free);
    if (Atomics.exchange(writer.ring.state, WAITING, 0) === 1) this.#send({ type: 'room', writer: message.writer });
    return true;
  }

  async #ask(id: number, question: Question): Promise<void> {
    try {
      this.#send({ type: 'answer', id, value: await this.#engine.answer(question) });
    } catch (error) {
      const refusal = error instanceof HeedError ? error : new HeedError('store_failed', `cannot answer: ${causeOf(error)}`, { status: 500, cause: error });
      if (refusal.status >= 500) complain(error, 'question failed');
      this.#send({ type: 'refusal', id, code: refusal.code, status: refusal.status, message: refusal.message });
    }
  }

  #send(message: FromWorker): void {
    this.#port.postMessage(message, message.type === 'answer' ? columnsOf(message.value) : []);
  }
}

/** Memory of a plan's head points, to be handed over rather than copied. */
function columnsOf(value: unknown): ArrayBuffer[] {
  const { plan = value } = (value ?? {}) as { plan?: unknown };
  const head = (plan as Partial<ReadPlan> | undefined)?.head;
  return head ? [head.starts.buffer as ArrayBuffer, head.slots.buffer as ArrayBuffer, head.values.buffer as ArrayBuffer] : [];
}
