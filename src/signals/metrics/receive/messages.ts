import type { MessagePort } from 'node:worker_threads';
import type { HeedConfig } from '../../../core/config/config.ts';
import type { Fact } from '../../../core/fact.ts';
import type { Listening } from '../context.ts';
import type { EchoNote } from '../echo.ts';
import type { DestinationState } from '../forward/sender.ts';

/** What the receive worker is started with. */
export interface ReceiveWorkerData {
  config: HeedConfig;
  points: MessagePort;
  counters: SharedArrayBuffer;
}

/** What the main thread asks; each question is answered by its id. */
export type Question = { ask: 'echo'; after: number } | { ask: 'seriesInUse' } | { ask: 'forwarding' } | { ask: 'stop' };
export interface Answers {
  echo: EchoNote[];
  seriesInUse: number;
  forwarding: DestinationState[];
  stop: undefined;
}

export type ToReceive = { type: 'ask'; id: number; question: Question } | { type: 'factsTaken'; count: number };

export type FromReceive =
  | { type: 'ready'; listening: Listening[] }
  | { type: 'failed'; code: string; status: number; message: string }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'facts'; facts: Fact[] };
