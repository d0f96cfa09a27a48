import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { RunningServer } from './server.ts';

/** Sends one StatsD packet. */
export async function sendStatsd(server: RunningServer, text: string): Promise<void> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => socket.send(text, server.port('statsd'), '127.0.0.1', (error) => (error ? reject(error) : resolve())));
  socket.close();
}

/** Sends Graphite lines on one connection; resolves when all are written. */
export async function sendGraphite(server: RunningServer, lines: Iterable<string>): Promise<void> {
  const socket = createConnection(server.port('carbon'), '127.0.0.1');
  await once(socket, 'connect');
  let waiting = '';
  for (const line of lines) {
    waiting += `${line}\n`;
    if (waiting.length < 65_536) continue;
    if (!socket.write(waiting)) await once(socket, 'drain');
    waiting = '';
  }
  socket.end(waiting);
  await once(socket, 'close');
}
