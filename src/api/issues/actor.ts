import type { FastifyRequest } from 'fastify';

const MOST_NAME = 100;

/** Who asks: what the token is called, else the name that Basic authorisation gives. Without users that is all there is to know. */
export function actorOf({ token, headers }: Pick<FastifyRequest, 'token' | 'headers'>): string {
  if (token) return token.label;
  const found = /^basic +(\S+)$/i.exec(headers.authorization ?? '');
  const name = found ? Buffer.from(found[1], 'base64').toString().split(':', 1)[0].trim() : '';
  return name === '' ? 'someone' : name.slice(0, MOST_NAME);
}
