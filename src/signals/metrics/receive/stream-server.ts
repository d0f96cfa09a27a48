import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type Address, formatAddress } from '../../../core/config/values.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import type { Listening, ReceivePart } from '../context.ts';
import { freeSocketFile } from './socket-file.ts';

/** One connection's reader. */
export interface StreamReader {
  feed(chunk: Buffer): void;
  /** The other side has finished, or the connection broke. */
  end(): void;
}

export interface StreamOptions {
  protocol: Listening['protocol'];
  maxConnections: number;
  /** A connection was refused because all places are taken. */
  refused(): void;
  open(socket: Socket, from: string): StreamReader;
}

/** Silent for this long, a connection makes room for a new one when all places are taken. */
const IDLE_MS = 30_000;
/** A peer that vanished without a word is noticed after this and some tries. */
const KEEP_ALIVE_MS = 60_000;
/** How long a stop goes on reading what the kernel already holds. */
const LAST_READ_MS = 50;

/**
 * Listens on TCP or a Unix stream socket.
 * @throws HeedError `cannot_listen` that names the address
 */
export async function serveStreams(address: Address, options: StreamOptions): Promise<ReceivePart> {
  const lastByte = new Map<Socket, number>();
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS }, (socket) => {
    if (lastByte.size >= options.maxConnections && !dropIdlest(lastByte)) {
      options.refused();
      socket.destroy();
      return;
    }
    lastByte.set(socket, performance.now());
    const reader = options.open(socket, socket.remoteAddress ?? '');
    socket.on('data', (chunk: Buffer) => {
      lastByte.set(socket, performance.now());
      reader.feed(chunk);
    });
    // A reset is an end like any other; 'close' follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      lastByte.delete(socket);
      reader.end();
    });
  });
  const listening = await listen(server, address, options.protocol);
  return {
    listening: [listening],
    async stop() {
      const closed = once(server, 'close');
      server.close();
      if (lastByte.size > 0) await new Promise((resolve) => setTimeout(resolve, LAST_READ_MS));
      for (const socket of lastByte.keys()) socket.destroy();
      await closed;
    },
  };
}

function dropIdlest(lastByte: Map<Socket, number>): boolean {
  let idlest: Socket | undefined;
  let since = performance.now() - IDLE_MS;
  for (const [socket, time] of lastByte) {
    if (time > since) continue;
    since = time;
    idlest = socket;
  }
  if (!idlest) return false;
  lastByte.delete(idlest);
  idlest.destroy();
  return true;
}

async function listen(server: Server, address: Address, protocol: Listening['protocol']): Promise<Listening> {
  const unix = address.transport === 'unix';
  try {
    if (unix) await freeSocketFile(address.path);
    server.listen(unix ? { path: address.path } : { host: address.host, port: address.port });
    await once(server, 'listening');
  } catch (error) {
    throw new HeedError('cannot_listen', `cannot listen for ${protocol} on ${address.transport} ${formatAddress(address)}: ${causeOf(error)}`, {
      cause: error,
    });
  }
  if (unix) return { protocol, transport: 'unix', address: address.path, port: 0 };
  const bound = server.address() as { address: string; port: number };
  return { protocol, transport: 'tcp', address: bound.address, port: bound.port };
}
