import type { MessagePort } from 'node:worker_threads';
import type { CounterLane } from '../../../core/counters.ts';
import type { PointsReader, PointsWriter } from '../points-store.ts';
import { PointsClient } from './client.ts';
import { EmbeddedReader } from './reader.ts';

/** One thread's access to the points store. */
export interface AttachedPoints {
  /** A new producer; hands over full batches, and what is left after 50 ms. */
  writer(): PointsWriter;
  reader(): PointsReader;
  /** Hands over what this thread's writers hold and lets the port go. */
  close(): void;
}

/**
 * Connects a thread to the points worker through a port from `EmbeddedPoints.connect()`. `counters` is the lane of the
 * calling thread; damage met while reading is counted there.
 */
export function attachPoints(port: MessagePort, counters: CounterLane): AttachedPoints {
  const client = new PointsClient(port);
  return {
    writer: () => client.writer(),
    reader: () => new EmbeddedReader(client, counters),
    close() {
      client.flush();
      client.close();
    },
  };
}
