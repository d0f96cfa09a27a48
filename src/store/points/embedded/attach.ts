import type { MessagePort } from 'node:worker_threads';
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

/** Connects a thread to the points worker through a port from `EmbeddedPoints.connect()`. */
export function attachPoints(port: MessagePort): AttachedPoints {
  const client = new PointsClient(port);
  return {
    writer: () => client.writer(),
    reader: () => new EmbeddedReader(client),
    close() {
      client.flush();
      client.close();
    },
  };
}
