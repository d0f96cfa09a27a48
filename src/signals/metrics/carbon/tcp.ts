import type { Socket } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import type { Address } from '../../../core/config/values.ts';
import { counterIndex } from '../../../core/counters.ts';
import type { ReceiveContext, ReceivePart } from '../context.ts';
import { serveStreams, type StreamReader } from '../receive/stream-server.ts';

/** How long a stop waits for room in the store's queue. */
const LAST_WAIT_MS = 5000;

/** What one connection's bytes mean. */
export interface Stream {
  /**
   * Takes `bytes[at..]`.
   * @returns how far it came: less than the length when the store's queue is full and the rest is to be given again; -1 when the
   *   connection must end
   */
  feed(bytes: Buffer, at: number, now: number): number;
  /** Where in a chunk that is to be fed next something begins that can be understood by itself; its length when nothing does. */
  beginning(bytes: Buffer): number;
  /** The connection has ended; counts what was left half. */
  end(): void;
}

/**
 * Listens on TCP or a Unix socket. When the store's queue is full the socket is not read until there is room, so that the
 * sender waits and nothing is lost.
 * @throws HeedError `cannot_listen`
 */
export async function listenTcp(context: ReceiveContext, address: Address, protocol: 'carbon' | 'pickle', open: () => Stream): Promise<ReceivePart> {
  const { counters, echo, points } = context;
  const bytesCounter = counterIndex(protocol === 'carbon' ? 'carbon.tcp.bytes' : 'carbon.pickle.bytes');
  const transport = address.transport === 'unix' ? 'unix' : 'tcp';
  const waiting = new Set<Promise<void>>();

  const reader = (socket: Socket, from: string): StreamReader => {
    counters.add('carbon.connections');
    const stream = open();
    /** The chunk that waits for room; the connection's end waits for it too. */
    let rest: Promise<void> | undefined;
    const finish = async (chunk: Buffer, reached: number): Promise<void> => {
      socket.pause();
      let at = reached;
      while (at >= 0 && at < chunk.length) {
        await points.drained();
        at = stream.feed(chunk, at, Date.now());
      }
      if (at < 0) socket.destroy();
      else socket.resume();
      rest = undefined;
    };
    return {
      feed(chunk) {
        const now = Date.now();
        counters.values[bytesCounter] += chunk.length;
        if (echo.wants(now)) {
          const start = stream.beginning(chunk);
          if (start < chunk.length) echo.note(protocol, transport, from, chunk, start, chunk.length, now);
        }
        const at = stream.feed(chunk, 0, now);
        if (at < 0) socket.destroy();
        else if (at < chunk.length) {
          const work = (rest = finish(chunk, at));
          waiting.add(work);
          void work.then(() => waiting.delete(work));
        }
      },
      end() {
        if (rest) void rest.then(() => stream.end());
        else stream.end();
      },
    };
  };

  const server = await serveStreams(address, {
    protocol,
    maxConnections: context.config.carbonOptions.maxConnections,
    refused: () => counters.add('carbon.dropped.connections'),
    open: reader,
  });
  return {
    listening: server.listening,
    async stop() {
      await server.stop();
      await Promise.race([Promise.all(waiting), pass(LAST_WAIT_MS, undefined, { ref: false })]);
    },
  };
}
