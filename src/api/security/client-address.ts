import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isLoopbackAddress } from './hosts.ts';

/** Whose address a request comes from; a proxy on this machine names it last in X-Forwarded-For. */
export function clientAddress({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string | undefined {
  const peer = socket.remoteAddress?.replace(/^::ffff:/i, '');
  if (!isLoopbackAddress(peer)) return peer;
  const named = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim() ?? '';
  return isIP(named) === 0 ? peer : named;
}
