import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A peer that takes nothing for this long is given up and tried again. */
const STALLED_MS = 30_000;

/** An open way to another carbon, which never says anything back. */
export class Connection {
  readonly #socket: Socket;
  #problem: Error | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('timeout', () => socket.destroy(new Error(`it takes nothing for ${STALLED_MS / 1000} s`)));
    socket.on('error', (error) => {
      this.#problem ??= error;
    });
    socket.on('close', () => {
      this.#problem ??= new Error('the other side closed the connection');
    });
    // Read away what should not come; without reading, the end of the connection would not be seen.
    socket.resume();
  }

  /** @throws what keeps the connection from being made, and when `signal` aborts that */
  static async open(host: string, port: number, signal: AbortSignal): Promise<Connection> {
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 });
    socket.setTimeout(STALLED_MS);
    const connection = new Connection(socket);
    try {
      await once(socket, 'connect', { signal });
    } catch (error) {
      socket.destroy();
      // Where a host has several addresses the error of all of them has a code, but no words.
      throw error instanceof AggregateError ? new Error((error as NodeJS.ErrnoException).code, { cause: error }) : error;
    }
    socket.setTimeout(0);
    return connection;
  }

  /** Why nothing can be written any more; undefined while it can. */
  get problem(): Error | undefined {
    return this.#problem;
  }

  /** Resolves when the kernel has taken the bytes. @throws when the connection is lost */
  async write(bytes: Buffer): Promise<void> {
    if (this.#problem) throw this.#problem;
    this.#socket.setTimeout(STALLED_MS);
    await new Promise<void>((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(this.#problem ?? error) : resolve()));
    });
    this.#socket.setTimeout(0);
  }

  /** Ends the connection after all that was written. */
  close(): void {
    this.#socket.destroySoon();
  }

  /** Ends the connection now; a write that waits fails. */
  abandon(): void {
    this.#socket.destroy();
  }
}
