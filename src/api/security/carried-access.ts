import type { FastifyRequest } from 'fastify';
import type { Token, Tokens } from '../../store/catalog/tokens.ts';
import { deedOf, isForEverybody, scopesFor } from './route-scopes.ts';
import { carriedToken, hashOf, mustAllow } from './tokens.ts';

/**
 * The token of the catalog that a request carries, if it may do what it asks for; undefined when it carries none of ours.
 * @throws HeedError `no_scope` (403)
 */
export async function carriedAccess(tokens: Tokens, request: FastifyRequest): Promise<Token | undefined> {
  const carried = carriedToken(request.headers.authorization);
  const token = carried === undefined ? undefined : await tokens.find(hashOf(carried));
  if (!token) return undefined;
  const { url } = request.routeOptions;
  if (url !== undefined && !isForEverybody(url)) mustAllow(token, scopesFor(url, deedOf(request)));
  await tokens.used(token.id, Date.now());
  return token;
}
