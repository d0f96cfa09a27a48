import type { FactsQuestion, StoredFact } from '../facts-store.ts';

/** A fact on its way to the worker. */
export interface FactRow {
  kind: string;
  time: number;
  title: string;
  tags: [key: string, value: string][];
  /** JSON of text and data; empty when both are. */
  body: string;
}

export interface FactsWorkerData {
  folder: string;
  counters: SharedArrayBuffer;
}

/** What the worker is asked; every request is answered once, in order. */
export type FactsRequest =
  | { do: 'add'; rows: FactRow[] }
  | { do: 'sync' }
  | { do: 'find'; question: FactsQuestion }
  | { do: 'remove'; time: number; kind: string | undefined }
  | { do: 'close' };

export type FactsReply =
  | { damage: { file: string; what: string; time: number } }
  | { written: number; problem: string }
  | { result: StoredFact[] | number | undefined }
  | { error: { code: string; message: string } };
