import { join } from 'node:path';
import type { HeedConfig } from '../../../core/config/config.ts';
import type { ForwardAddress } from '../../../core/config/values.ts';
import type { CounterLane } from '../../../core/counters.ts';
import type { Kind, Method } from '../../../core/series.ts';
import type { PointsWriter } from '../../../store/points/points-store.ts';
import { DeclaredNames } from './names.ts';
import { type DestinationState, Sender } from './sender.ts';

/** A writer whose points also go to other carbons. */
export interface ForwardingWriter extends PointsWriter {
  /** Sends or spools what is left. The writer itself is not closed. */
  stop(): Promise<void>;
  destinations(): DestinationState[];
}

/**
 * Puts copies of all points that `writer` takes on their way to the destinations of `config.forward`. What one of them cannot
 * take waits in memory, then in `folder`/forward/; what has no room there is counted and dropped. The writer never waits for it.
 */
export function teePoints(
  writer: PointsWriter,
  config: Pick<HeedConfig, 'forward' | 'forwardSpoolMegabytes'>,
  counters: CounterLane,
  folder: string,
): ForwardingWriter {
  const names = new DeclaredNames();
  const senders = config.forward.map(
    (destination) => new Sender(destination, names, counters, join(folder, 'forward', folderName(destination)), config.forwardSpoolMegabytes * 1024 * 1024),
  );
  return {
    declare(name: string, kind: Kind, method: Method): number {
      const id = writer.declare(name, kind, method);
      if (senders.length > 0) names.set(id, name);
      return id;
    },
    add(id: number, time: number, value: number): boolean {
      if (!writer.add(id, time, value)) return false;
      for (let i = 0; i < senders.length; i++) senders[i].push(id, time, value);
      return true;
    },
    flush: () => writer.flush(),
    drained: () => writer.drained(),
    close: () => writer.close(),
    destinations: () => senders.map(({ state }) => state),
    async stop() {
      await Promise.all(senders.map((sender) => sender.stop()));
    },
  };
}

/** One folder a destination, so that what waits for one is never sent to another. */
function folderName({ protocol, host, port }: ForwardAddress): string {
  return `${protocol}-${host.replace(/[^\w.-]/g, '_')}-${port}`;
}
