import type { MessagePort } from 'node:worker_threads';
import type { Kind, Method } from '../../../core/series.ts';
import type { PointsWriter } from '../points-store.ts';
import { BATCH_POINTS, BATCH_SLOTS, batchRing, SLOT, WAITING } from './batches.ts';
import type { ToWorker } from './messages.ts';
import { NameList } from './names.ts';

/** Names are sent early when they grow to this many bytes, so that a flood of names does not gather here. */
const NAMES_BYTES = 256 * 1024;
const FLUSH_AFTER = 50;

/** The sender's side of a batch ring: plain stores into shared memory, one message per batch. */
export class RingWriter implements PointsWriter {
  readonly #port: MessagePort;
  readonly #writer: number;
  readonly #closed: (writer: number) => void;
  readonly #ring = batchRing();
  readonly #names = new NameList();
  /** Slot being filled, or -1. */
  #slot = -1;
  #next = 0;
  #base = 0;
  #count = 0;
  #declared = 0;
  #timer: NodeJS.Timeout | undefined;
  #armed = false;
  #waiting: PromiseWithResolvers<void> | undefined;

  constructor(port: MessagePort, writer: number, closed: (writer: number) => void) {
    this.#port = port;
    this.#writer = writer;
    this.#closed = closed;
    this.#send({ type: 'open', writer, memory: this.#ring.memory });
  }

  declare(name: string, kind: Kind, method: Method): number {
    this.#names.add(name, kind, method);
    if (this.#names.length > NAMES_BYTES) this.flush();
    else this.#arm();
    return this.#declared++;
  }

  add(id: number, time: number, value: number): boolean {
    if (this.#slot < 0 && !this.#takeSlot()) return false;
    const at = this.#base + this.#count;
    this.#ring.ids[at] = id;
    this.#ring.times[at] = time;
    this.#ring.values[at] = value;
    this.#count++;
    if (this.#count === BATCH_POINTS) this.flush();
    else if (!this.#armed) this.#arm();
    return true;
  }

  flush(): void {
    this.#armed = false;
    if (this.#slot < 0 && this.#names.length === 0) return;
    const slot = this.#slot;
    if (slot >= 0) Atomics.store(this.#ring.state, slot, SLOT.sent);
    this.#send({ type: 'batch', writer: this.#writer, slot, count: this.#count, names: this.#names.take() });
    this.#slot = -1;
    this.#count = 0;
  }

  drained(): Promise<void> {
    if (this.#slot >= 0 || this.#free()) return Promise.resolve();
    this.#waiting ??= Promise.withResolvers<void>();
    Atomics.store(this.#ring.state, WAITING, 1);
    // The worker may have freed a slot before it could see the flag.
    if (this.#free()) this.room();
    return this.#waiting?.promise ?? Promise.resolve();
  }

  /** The worker says that there is room again. */
  room(): void {
    this.#waiting?.resolve();
    this.#waiting = undefined;
  }

  close(): void {
    this.flush();
    clearTimeout(this.#timer);
    this.room();
    this.#send({ type: 'close', writer: this.#writer });
    this.#closed(this.#writer);
  }

  #free(): boolean {
    return Atomics.load(this.#ring.state, this.#next) === SLOT.free;
  }

  #takeSlot(): boolean {
    if (!this.#free()) return false;
    this.#slot = this.#next;
    this.#base = this.#slot * BATCH_POINTS;
    this.#next = (this.#next + 1) % BATCH_SLOTS;
    return true;
  }

  #arm(): void {
    if (this.#armed) return;
    this.#armed = true;
    if (this.#timer) this.#timer.refresh();
    else {
      this.#timer = setTimeout(() => {
        if (this.#armed) this.flush();
      }, FLUSH_AFTER);
      this.#timer.unref();
    }
  }

  #send(message: ToWorker): void {
    this.#port.postMessage(message, message.type === 'batch' && message.names ? [message.names.buffer as ArrayBuffer] : []);
  }
}
