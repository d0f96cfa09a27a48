import type { FastifyReply } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import { EventStream } from './sse.ts';

/** Event streams open at a time; a screen has at most two. */
const MOST = 200;

/** All open event streams: bounds them, and ends them when the server stops. */
export class OpenStreams {
  readonly #open = new Set<EventStream>();

  get size(): number {
    return this.#open.size;
  }

  /**
   * Takes the answer over and opens a stream on it; `onClose` is called once when the client or the server ends it.
   * @throws HeedError `too_many_streams` (503)
   */
  open(reply: FastifyReply, onClose: (stream: EventStream) => void = () => undefined): EventStream {
    if (this.#open.size >= MOST) throw new HeedError('too_many_streams', `cannot open another live stream: ${MOST} are open`, { status: 503 });
    reply.hijack();
    const stream = new EventStream(reply.raw);
    this.#open.add(stream);
    reply.raw.once('close', () => {
      this.#open.delete(stream);
      onClose(stream);
    });
    return stream;
  }

  close(): void {
    for (const stream of this.#open) stream.end();
  }
}
