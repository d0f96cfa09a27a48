import type { Address } from '../../../core/config/values.ts';
import type { ReceiveContext, ReceivePart } from '../context.ts';
import { serveStreams } from '../receive/stream-server.ts';
import { INPUT_BYTES } from './aggregation.ts';
import type { Door } from './door.ts';

const NEWLINE = 10;
const NOTHING = Buffer.alloc(0);

/** Takes StatsD lines from TCP or Unix stream connections. */
export function listenStream({ config, counters }: ReceiveContext, address: Address, door: Door): Promise<ReceivePart> {
  const transport = address.transport === 'unix' ? 'unix' : 'tcp';
  return serveStreams(address, {
    protocol: 'statsd',
    maxConnections: config.carbonOptions.maxConnections,
    refused: () => counters.add('statsd.dropped.connections'),
    open: (_socket, from) =>
      new LineReader(
        (bytes, start, end) => door.lines(transport, from, bytes, start, end),
        () => counters.add('statsd.dropped.too_long'),
      ),
  });
}

/** Cuts a stream into pieces of whole lines, none larger than INPUT_BYTES; a longer line is left out and told. */
export class LineReader {
  readonly #take: (bytes: Buffer, start: number, end: number) => void;
  readonly #tooLong: () => void;
  #carry: Buffer = NOTHING;
  /** Inside a line that was too long, until its newline. */
  #skipping = false;

  constructor(take: (bytes: Buffer, start: number, end: number) => void, tooLong: () => void) {
    this.#take = take;
    this.#tooLong = tooLong;
  }

  feed(chunk: Buffer): void {
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, chunk]) : chunk;
    this.#carry = NOTHING;
    let start = 0;
    if (this.#skipping) {
      start = bytes.indexOf(NEWLINE) + 1;
      if (start === 0) return;
      this.#skipping = false;
    }
    while (bytes.length - start > INPUT_BYTES) {
      let end = bytes.lastIndexOf(NEWLINE, start + INPUT_BYTES - 1) + 1;
      if (end > start) this.#take(bytes, start, end);
      else {
        this.#tooLong();
        end = bytes.indexOf(NEWLINE, start + INPUT_BYTES) + 1;
        if (end === 0) {
          this.#skipping = true;
          return;
        }
      }
      start = end;
    }
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end > start) this.#take(bytes, start, end);
    // A copy: the chunk's memory is larger than the piece of a line that is left of it.
    this.#carry = Buffer.from(bytes.subarray(Math.max(start, end)));
  }

  /** The last line needs no newline: `printf 'deploys:1|c' | nc host 8125` counts. */
  end(): void {
    if (this.#carry.length > 0) this.#take(this.#carry, 0, this.#carry.length);
    this.#carry = NOTHING;
  }
}
