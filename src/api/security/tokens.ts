import { createHash, randomBytes } from 'node:crypto';
import { HeedError } from '../../core/errors.ts';
import { allScopes, type Scope } from '../../core/scopes.ts';
import type { Token } from '../../store/catalog/tokens.ts';

/** Characters at the end of a token by which people tell it from others. */
const ENDING = 4;

/**
 * A new token in the form of Sentry's organization tokens, `sntrys_<base64 JSON>_<43 characters>`, since those tell Sentry's tools the server and
 * the organisation. The 43 characters are 256 bits of chance. `url` is the server's.
 */
export function newToken(url: string, now: number): { token: string; hash: string; ending: string } {
  const told = JSON.stringify({ iat: now / 1000, url, region_url: url, org: 'heed' });
  const token = `sntrys_${Buffer.from(told).toString('base64')}_${randomBytes(32).toString('base64').replaceAll('=', '')}`;
  return { token, hash: hashOf(token), ending: token.slice(-ENDING) };
}

/** What is kept of a token: it has far too much chance in it to be guessed from its digest, so a slow one gains nothing. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The token of `Bearer TOKEN`, or of `Basic` with the token as the password, which browsers and Grafana can send by themselves; undefined without one. */
export function carriedToken(authorization: string | undefined): string | undefined {
  const [, kind, text] = /^(bearer|basic) +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (kind === undefined) return undefined;
  if (kind.toLowerCase() === 'bearer') return text;
  const pair = Buffer.from(text, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

/**
 * Refuses what a token may not.
 * @throws HeedError `no_scope` (403) that names what would do
 */
export function mustAllow({ label, scopes }: Pick<Token, 'label' | 'scopes'>, needed: readonly Scope[]): void {
  const all = allScopes(scopes);
  if (needed.some((scope) => all.includes(scope))) return;
  throw new HeedError('no_scope', `cannot answer: the token '${label}' may not do this; it takes one with ${needed.join(' or ')}`, { status: 403 });
}
