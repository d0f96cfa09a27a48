import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import { type Address, formatAddress } from '../../../core/config/values.ts';
import { counterIndex } from '../../../core/counters.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import type { Listening, ReceiveContext, ReceivePart } from '../context.ts';

/** What one connection's bytes mean. */
export interface Stream {
  /**
   * Takes `bytes[at..]`.
   * @returns how far it came: less than the length when the store's queue is full and the rest is to be given again; -1 when the
   *   connection must end
   */
  feed(bytes: Buffer, at: number, now: number): number;
  /** The connection has ended; counts what was left half. */
  end(): void;
}

/** Without a byte for this long a connection makes room for a new one where all places are taken. */
const IDLE_MS = 30_000;
/** How long a stop goes on reading what the kernel already holds. */
const LAST_READ_MS = 50;

interface Connection {
  socket: Socket;
  lastBytes: number;
  /** Resolves when a chunk that waits for room in the store's queue has been taken. */
  waiting: Promise<void> | undefined;
}

/**
 * Listens on TCP or a Unix socket. When the store's queue is full the socket is not read until there is room, so that the sender waits and
 * nothing is lost.
 * @throws HeedError `cannot_listen`
 */
export async function listenTcp(context: ReceiveContext, address: Address, protocol: 'carbon' | 'pickle', open: () => Stream): Promise<ReceivePart> {
  const { counters, echo, points } = context;
  const transport = address.transport === 'unix' ? 'unix' : 'tcp';
  const bytesCounter = counterIndex(protocol === 'carbon' ? 'carbon.tcp.bytes' : 'carbon.pickle.bytes');
  const most = context.config.carbonOptions.maxConnections;
  const connections = new Set<Connection>();

  const accept = (socket: Socket): void => {
    if (connections.size >= most && !dropIdle(connections, Date.now())) {
      counters.add('carbon.dropped.connections');
      socket.destroy();
      return;
    }
    counters.add('carbon.connections');
    const stream = open();
    const connection: Connection = { socket, lastBytes: Date.now(), waiting: undefined };
    connections.add(connection);
    const from = transport === 'unix' ? '' : formatAddress({ host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 });
    socket.setKeepAlive(true, 60_000);

    const finishChunk = async (chunk: Buffer, from: number): Promise<void> => {
      socket.pause();
      let at = from;
      while (at >= 0 && at < chunk.length) {
        await points.drained();
        at = stream.feed(chunk, at, Date.now());
      }
      connection.waiting = undefined;
      if (at < 0) socket.destroy();
      else socket.resume();
    };
    socket.on('data', (chunk: Buffer) => {
      const now = Date.now();
      connection.lastBytes = now;
      counters.values[bytesCounter] += chunk.length;
      if (echo.wants(now)) echo.note(protocol, transport, from, chunk, 0, chunk.length, now);
      const at = stream.feed(chunk, 0, now);
      if (at < 0) socket.destroy();
      else if (at < chunk.length) connection.waiting = finishChunk(chunk, at);
    });
    // A reset is an end like any other; 'close' follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      connections.delete(connection);
      stream.end();
    });
  };

  const server = createServer({ noDelay: true }, accept);
  const listening = await listen(server, address, protocol);
  return {
    listening: [listening],
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await pass(LAST_READ_MS);
      for (const connection of connections) {
        await connection.waiting;
        connection.socket.destroy();
      }
      await closed;
    },
  };
}

/** Ends the connection that has been silent for longest, when that is long enough. */
function dropIdle(connections: Set<Connection>, now: number): boolean {
  let idlest: Connection | undefined;
  for (const connection of connections) if (!connection.waiting && (!idlest || connection.lastBytes < idlest.lastBytes)) idlest = connection;
  if (!idlest || now - idlest.lastBytes < IDLE_MS) return false;
  connections.delete(idlest);
  idlest.socket.destroy();
  return true;
}

async function listen(server: Server, address: Address, protocol: Listening['protocol']): Promise<Listening> {
  try {
    if (address.transport === 'unix') server.listen(address.path);
    else server.listen(address.port, address.host);
    await once(server, 'listening');
  } catch (error) {
    throw new HeedError('cannot_listen', `cannot listen for ${protocol} on ${formatAddress(address)}: ${causeOf(error)}`, { cause: error });
  }
  if (address.transport === 'unix') return { protocol, transport: 'unix', address: address.path, port: 0 };
  const bound = server.address() as { address: string; port: number };
  return { protocol, transport: 'tcp', address: bound.address, port: bound.port };
}
