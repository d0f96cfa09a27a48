import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { NowAnswer } from '../../src/api/contract.ts';
import type { RunningServer } from '../harness/server.ts';

/** What Now says. */
export const nowOf = (server: RunningServer): Promise<NowAnswer> => server.json<NowAnswer>('/api/v1/now');

/** Lines or points that a protocol has taken since the start. */
export async function takenBy(server: RunningServer, protocol: 'statsd' | 'carbon' | 'pickle'): Promise<number> {
  return (await nowOf(server)).protocols.find(({ name }) => name === protocol)?.total ?? 0;
}

/** How often a counter of drops has counted. */
export async function droppedBy(server: RunningServer, counter: string): Promise<number> {
  return (await nowOf(server)).drops.find((drop) => drop.counter === counter)?.count ?? 0;
}

/** A connection to a port of loopback; a reset is an end like any other. */
export async function connectTo(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Writes all of it, and resolves when the kernel has it, or the connection is gone. */
export function write(socket: Socket, bytes: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => socket.write(bytes, () => resolve()));
}

/** Sends bytes over a connection of their own and waits until the server has closed it too. */
export async function sendAll(port: number, bytes: string | Uint8Array): Promise<void> {
  const socket = await connectTo(port);
  socket.resume();
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.end(bytes);
  await closed;
}

/** Megabytes of memory that a server has resident, all its threads together. */
export function residentMegabytes({ process: { pid } }: RunningServer): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024;
}
