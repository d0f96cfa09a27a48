import type { FastifyRequest } from 'fastify';

const MOST_NAME = 100;

/** Who asks: the person, what the token is called, or where nobody signs in the name that Basic authorisation gives. */
export function actorOf({ caller: { person, token }, headers }: Pick<FastifyRequest, 'caller' | 'headers'>): string {
  if (person) return person.name;
  if (token) return token.label;
  const found = /^basic +(\S+)$/i.exec(headers.authorization ?? '');
  const name = found ? Buffer.from(found[1], 'base64').toString().split(':', 1)[0].trim() : '';
  return name === '' ? 'someone' : name.slice(0, MOST_NAME);
}
