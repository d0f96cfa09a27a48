import type { MessagePort } from 'node:worker_threads';
import type { Lane } from '../core/counters.ts';
import type { Limits } from './budget.ts';
import type { ChangesQuestion } from './changes/question.ts';
import type { RenderParams } from './request.ts';

/** What a query worker starts with. */
export interface QueryWorkerStart {
  /** A connection to the points worker. */
  points: MessagePort;
  counters: SharedArrayBuffer;
  lane: Lane;
  limits: Limits;
  timeZone: string;
  /** Questions beyond the limits are told of, for another worker, rather than refused. */
  handsOver: boolean;
}

/** To the worker. */
export type ToQueryWorker =
  | { type: 'render'; id: number; params: RenderParams; inParts: boolean }
  | { type: 'changes'; id: number; question: ChangesQuestion }
  | { type: 'withdraw'; id: number }
  | { type: 'events'; id: number; times: Float64Array; problem: string };

/** An answer over HTTP. */
export interface QueryAnswer {
  status: number;
  /** Content type. */
  type: string;
  body: Uint8Array<ArrayBuffer>;
}

/** From the worker; the body's bytes are handed over, not copied. A long answer comes in parts, of which the last one ends the question. */
export type FromQueryWorker =
  | { type: 'answer'; id: number; answer: QueryAnswer; last: boolean }
  /** The question goes beyond the limits; no part of its answer is out. */
  | { type: 'beyond'; id: number }
  | ({ type: 'events'; id: number } & EventsQuestion);

/** Which events are wanted; times are milliseconds, both included. */
export interface EventsQuestion {
  tags: readonly string[];
  from: number;
  until: number;
}
