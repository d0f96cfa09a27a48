import type { IncomingHttpHeaders } from 'node:http';

const MOST_NAME = 100;

/** Who asks: the name that Basic authorisation gives beside the token. Without users that is all there is to know. */
export function actorOf(headers: IncomingHttpHeaders): string {
  const found = /^basic +(\S+)$/i.exec(headers.authorization ?? '');
  const name = found ? Buffer.from(found[1], 'base64').toString().split(':', 1)[0].trim() : '';
  return name === '' ? 'someone' : name.slice(0, MOST_NAME);
}
