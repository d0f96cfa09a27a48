import type { FastifyRequest } from 'fastify';
import type { Token, Tokens } from '../../store/catalog/tokens.ts';
import { type Deed, scopesFor } from './route-scopes.ts';
import { carriedToken, hashOf, mustAllow } from './tokens.ts';

/**
 * The token of the catalog that a request carries, if it may do what it asks for; undefined when it carries none of ours.
 * @throws HeedError `no_scope` (403)
 */
export async function carriedAccess(tokens: Tokens, request: FastifyRequest): Promise<Token | undefined> {
  const carried = carriedToken(request.headers.authorization);
  const token = carried === undefined ? undefined : await tokens.find(hashOf(carried));
  if (!token) return undefined;
  const { url, config } = request.routeOptions;
  // Where there is no route there is a screen, or nothing.
  if (url !== undefined && !config.anyToken && !ANY.test(url)) mustAllow(token, scopesFor(url, deedOf(request)));
  await tokens.used(token.id, Date.now());
  return token;
}

/** Sentry's API says who one is to every token, and to every token what it has not. */
const ANY = /^\/api\/0(?:\/\*?)?$/;

function deedOf({ method, routeOptions }: FastifyRequest): Deed {
  if (method === 'DELETE') return 'remove';
  return method === 'GET' || method === 'HEAD' || routeOptions.config.readsOnly ? 'read' : 'change';
}
