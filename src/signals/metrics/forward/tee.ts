import { join } from 'node:path';
import type { HeedConfig } from '../../../core/config/config.ts';
import type { ForwardAddress } from '../../../core/config/values.ts';
import type { CounterLane } from '../../../core/counters.ts';
import type { PointsWriter } from '../../../store/points/points-store.ts';
import { DeclaredNames } from './names.ts';
import { type DestinationState, Sender } from './sender.ts';

/**
 * Sends copies of points to the carbons of `config.forward`. What one of them cannot take waits in memory, then in
 * `folder`/forward/; what has no room there is counted and dropped. No writer ever waits for it.
 */
export class Forwarding {
  readonly #names = new DeclaredNames();
  readonly #senders: Sender[];
  /** Copies have numbers of their own, for all writers together: they outlive the writers' numbers. */
  #declared = 0;

  constructor(config: Pick<HeedConfig, 'forward' | 'forwardSpoolMegabytes'>, counters: CounterLane, folder: string) {
    const mostBytes = config.forwardSpoolMegabytes * 1024 * 1024;
    this.#senders = config.forward.map(
      (destination) => new Sender(destination, this.#names, counters, join(folder, 'forward', folderName(destination)), mostBytes),
    );
  }

  /** `writer`, with copies of all points that it takes; the very same where nothing is forwarded. */
  tee(writer: PointsWriter): PointsWriter {
    const senders = this.#senders;
    if (senders.length === 0) return writer;
    let copies: number[] = [];
    return {
      declare: (name, kind, method) => {
        const id = writer.declare(name, kind, method);
        copies[id] = this.#declared++;
        this.#names.set(copies[id], name);
        return id;
      },
      add(id, time, value) {
        if (!writer.add(id, time, value)) return false;
        for (let i = 0; i < senders.length; i++) senders[i].push(copies[id], time, value);
        return true;
      },
      forget() {
        copies = [];
        writer.forget();
      },
      flush: () => writer.flush(),
      drained: () => writer.drained(),
      close: () => writer.close(),
    };
  }

  destinations(): DestinationState[] {
    return this.#senders.map(({ state }) => state);
  }

  /** Sends or spools what is left. */
  async stop(): Promise<void> {
    await Promise.all(this.#senders.map((sender) => sender.stop()));
  }
}

/** One folder a destination, so that what waits for one is never sent to another. */
function folderName({ protocol, host, port }: ForwardAddress): string {
  return `${protocol}-${host.replace(/[^\w.-]/g, '_')}-${port}`;
}
