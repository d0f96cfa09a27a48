import type { FastifyReply } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import type { Caller } from '../security/caller.ts';
import { EventStream } from './sse.ts';

/** Event streams open at a time; a screen has at most two. */
const MOST = 200;

/** All open event streams: bounds them, and ends them when the server stops. */
export class OpenStreams {
  readonly #open = new Map<EventStream, Caller>();

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
    this.#open.set(stream, reply.request.caller);
    reply.raw.once('close', () => {
      this.#open.delete(stream);
      onClose(stream);
    });
    return stream;
  }

  /** Ends those of a session, or all of a person: what was let in is no longer. */
  endOf(ended: { session: number } | { person: number }): void {
    for (const [stream, { session, person }] of this.#open) if ('session' in ended ? session?.id === ended.session : person?.id === ended.person) stream.end();
  }

  close(): void {
    for (const stream of this.#open.keys()) stream.end();
  }
}
