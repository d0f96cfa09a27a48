import type { ImportAnswer } from '../../api/contract.ts';
import type { FillBatch } from '../../core/fill-batch.ts';
import type { ServerClient } from '../client.ts';
import { BatchBuilder, cutSeries, type SeriesPoints } from './batch-builder.ts';
import { readBack } from './read-back.ts';
import { sendBatch } from './send-batch.ts';
import type { Tally } from './tally.ts';

export interface PipelineParts {
  client: ServerClient;
  signal: AbortSignal;
  dry: boolean;
  /** Read everything back. */
  verify: boolean;
  tally: Tally;
  sourceOf: (name: string) => { retention: string; xFilesFactor: number } | undefined;
  /** A series goes in so many pieces. */
  expects?: (name: string, pieces: number) => void;
  /** A batch is on the server's disk and was read back; batches come in their order. */
  done: (batch: FillBatch, answer: ImportAnswer) => void;
}

/** Gathers series into batches and sends them one after another; while one is read back the next is on its way. */
export class ImportPipeline {
  readonly #parts: PipelineParts;
  readonly #builder = new BatchBuilder();
  #reading: Promise<void> = Promise.resolve();

  constructor(parts: PipelineParts) {
    this.#parts = parts;
  }

  /** Takes a series' points; waits when a batch has to go first. */
  async add(series: SeriesPoints): Promise<void> {
    const pieces = cutSeries(series);
    this.#parts.expects?.(series.name, pieces.length);
    for (const piece of pieces) {
      if (!this.#builder.fits(piece)) await this.send();
      this.#builder.add(piece);
    }
  }

  /** Sends what was gathered; resolves when it is written, and the one before was read back. */
  async send(): Promise<void> {
    if (this.#builder.isEmpty) return;
    const { client, dry, signal, tally, sourceOf, verify, done } = this.#parts;
    const batch = this.#builder.take();
    const answer = await sendBatch(client, batch, { dry, signal });
    tally.answered(batch, answer, sourceOf);
    await this.#reading;
    this.#reading = (async () => {
      if (verify && !dry) tally.readBack(await readBack(client, batch, answer, signal));
      done(batch, answer);
    })();
    // It is awaited with the next batch.
    this.#reading.catch(() => {});
  }

  /** Sends the rest and waits until all is read back. */
  async finish(): Promise<void> {
    await this.send();
    await this.#reading;
  }
}
