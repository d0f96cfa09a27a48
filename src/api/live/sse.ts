import type { ServerResponse } from 'node:http';
import { securityHeaders } from '../security/headers.ts';

/** Bytes that may wait for a slow reader before events are left out. */
const MOST_WAITING = 1_000_000;
/** A reader that takes nothing for so long is let go, milliseconds. */
const MOST_STALLED = 30_000;

/** One server-sent event as bytes on the wire (HTML standard, 9.2): every line of the data is a `data:` line. */
export function formatEvent(name: string, data: string): string {
  return `event: ${name}\n${data
    .split(/\r\n|\n|\r/)
    .map((line) => `data: ${line}\n`)
    .join('')}\n`;
}

/**
 * The server's side of one event stream. Events for a reader that is too slow are left out, as the next one says it
 * all; a reader that stalls is let go. So no reader can make the server's memory grow.
 */
export class EventStream {
  readonly #response: ServerResponse;
  #stalledSince = 0;

  constructor(response: ServerResponse) {
    this.#response = response;
    response.writeHead(200, {
      ...securityHeaders(false),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    // The first bytes open the stream in the browser; `retry` is how soon it comes back after a break.
    response.write('retry: 2000\n\n');
  }

  /** Sends an event already formatted; false when it was left out. */
  send(event: string, now = Date.now()): boolean {
    if (this.#response.writableEnded || this.#response.destroyed) return false;
    if (this.#response.writableLength > MOST_WAITING) {
      this.#stalledSince ||= now;
      if (now - this.#stalledSince > MOST_STALLED) this.#response.destroy();
      return false;
    }
    this.#stalledSince = 0;
    this.#response.write(event);
    return true;
  }

  /** A comment that keeps proxies from ending a quiet stream. */
  beat(): void {
    this.send(':\n\n');
  }

  end(): void {
    this.#response.end();
  }
}
