import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Connections that sit between requests, or have not sent a whole head yet. More: the oldest goes. */
const MOST_WAITING = 512;
/** All connections, live streams included. */
const MOST = 2048;

/**
 * Bounds connections so that thousands of sockets that send nothing (trust.md A2 27) cannot keep people out: a new
 * connection pushes out the one that has waited longest, never one that is being answered.
 */
export function limitConnections(server: Server, mostWaiting = MOST_WAITING): void {
  const waiting = new Set<Socket>();
  const asked = new WeakMap<Socket, number>();
  server.maxConnections = MOST;
  server.on('connection', (socket: Socket) => {
    wait(socket);
    socket.once('close', () => waiting.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    waiting.delete(socket);
    // Requests may be sent before the answers to those before them have come.
    asked.set(socket, (asked.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (asked.get(socket) ?? 1) - 1;
      asked.set(socket, left);
      if (left === 0 && !socket.destroyed) wait(socket);
    });
  });

  function wait(socket: Socket): void {
    waiting.add(socket);
    if (waiting.size <= mostWaiting) return;
    const [oldest] = waiting;
    waiting.delete(oldest);
    oldest.destroy();
  }
}
