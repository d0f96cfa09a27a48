import type { Kind, Method } from '../../../core/series.ts';
import type { PointsWriter } from '../points-store.ts';
import { BATCH_POINTS, BATCH_SLOTS, batchRing, SLOT, WAITING } from './batches.ts';
import type { ToWorker } from './messages.ts';
import { NameList } from './names.ts';

/** Names are sent early when they grow to this many bytes, so that a flood of names does not gather here. */
const NAMES_BYTES = 256 * 1024;
const FLUSH_AFTER = 50;

/** What a writer needs of its thread's connection. */
export interface WriterDoor {
  send(message: ToWorker): void;
  /** Keeps the process alive until `release`. */
  hold(): void;
  release(): void;
  closed(writer: number): void;
}

/** The sender's side of a batch ring: plain stores into shared memory, one message per batch. */
export class RingWriter implements PointsWriter {
  readonly #door: WriterDoor;
  readonly #writer: number;
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
  #ended: Error | undefined;

  constructor(door: WriterDoor, writer: number) {
    this.#door = door;
    this.#writer = writer;
    door.send({ type: 'open', writer, memory: this.#ring.memory });
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
    this.#door.send({ type: 'batch', writer: this.#writer, slot, count: this.#count, names: this.#names.take() });
    this.#slot = -1;
    this.#count = 0;
  }

  forget(): void {
    this.flush();
    this.#declared = 0;
    this.#door.send({ type: 'forget', writer: this.#writer });
  }

  drained(): Promise<void> {
    if (this.#ended) return Promise.reject(this.#ended);
    if (this.#slot >= 0 || this.#free()) return Promise.resolve();
    if (!this.#waiting) {
      this.#waiting = Promise.withResolvers<void>();
      this.#door.hold();
    }
    Atomics.store(this.#ring.state, WAITING, 1);
    // The worker may have freed a slot before it could see the flag.
    const { promise } = this.#waiting;
    if (this.#free()) this.room();
    return promise;
  }

  /** The worker says that there is room again. */
  room(): void {
    if (!this.#waiting) return;
    this.#waiting.resolve();
    this.#waiting = undefined;
    this.#door.release();
  }

  /** The worker is gone: nothing will be free again. */
  end(why: Error): void {
    this.#ended = why;
    this.#waiting?.reject(why);
    this.#waiting = undefined;
  }

  close(): void {
    this.flush();
    clearTimeout(this.#timer);
    this.room();
    this.#door.send({ type: 'close', writer: this.#writer });
    this.#door.closed(this.#writer);
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
}
