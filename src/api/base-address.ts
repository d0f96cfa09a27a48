import type { FastifyRequest } from 'fastify';

/** The address by which whoever asks sees this server; where TLS ends at a proxy, as that says. */
export function baseOf({ headers, protocol, host }: Pick<FastifyRequest, 'headers' | 'protocol' | 'host'>): string {
  if (headers.origin !== undefined && /^https?:\/\/[^/]+$/.test(headers.origin)) return headers.origin;
  return `${headers['x-forwarded-proto'] === 'https' ? 'https' : protocol}://${host}`;
}
