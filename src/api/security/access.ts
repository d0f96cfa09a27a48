import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { HeedError } from '../../core/errors.ts';
import { carriedToken } from './tokens.ts';
import { hostOf, isLoopbackAddress, isLoopbackHost, isWildcardAddress } from './hosts.ts';

/** Makes browsers ask for the token. */
export const CHALLENGE = 'Basic realm="Heed, token as the password", charset="UTF-8"';

/** What decides who may ask. */
export interface AccessRules {
  token: string;
  auth: 'loopback-open' | 'required';
  /** Host that the server was told to listen on. */
  bindHost: string;
}

/** What is known of a request before it is read. */
export interface Caller {
  /** The socket's peer. */
  address: string | undefined;
  headers: IncomingHttpHeaders;
}

/** Whether a request carries the token of HEED_TOKEN. */
export function isAdministrator({ token }: Pick<AccessRules, 'token'>, { authorization }: IncomingHttpHeaders): boolean {
  return token !== '' && authorization !== undefined && sameText(carriedToken(authorization) ?? '', token);
}

/**
 * Lets a caller pass or throws HeedError: 401 when a token would help, 403 when there is none. With the token everybody passes; those of the catalog, and people, are looked up before. Without it only callers on this
 * machine do, under `loopback-open`: from a loopback address, not through a proxy for someone else, and by a Host that
 * no foreign DNS server can point at us (trust.md A2 17, 21: rebinding).
 */
export function mustHaveAccess(rules: AccessRules, caller: Caller): void {
  if (rules.token !== '' && caller.headers.authorization !== undefined) {
    if (isAdministrator(rules, caller.headers)) return;
    throw refusal(rules, 'the token is neither the one in HEED_TOKEN nor one that heed token made');
  }
  if (rules.auth === 'required') throw refusal(rules, 'every request needs a sign-in, which begins with the link that heed serve prints, or a token');
  if (!isLoopbackAddress(caller.address))
    throw refusal(rules, 'requests from other machines need a sign-in, which begins with the link that heed serve prints, or a token');
  if (passedOnForOthers(caller.headers)) throw refusal(rules, 'requests that a proxy passes on for other machines need the token of HEED_TOKEN');
  const host = hostOf(caller.headers.host);
  const bound = !isWildcardAddress(rules.bindHost) && host === rules.bindHost.toLowerCase();
  if (!bound && !isLoopbackHost(caller.headers.host))
    throw refusal(rules, `the name '${caller.headers.host ?? ''}' is not this server's; ask by 127.0.0.1 or localhost, or with the token of HEED_TOKEN`);
}

/** Compares digests, so that time tells neither content nor length. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** A proxy on this machine names its client; a browser here behind Grafana is loopback still. */
function passedOnForOthers(headers: IncomingHttpHeaders): boolean {
  if (headers.forwarded !== undefined) return true;
  const named = [headers['x-forwarded-for'], headers['x-real-ip']].flat().filter((value) => value !== undefined);
  return named.some((list) => list.split(',').some((address) => !isLoopbackAddress(address.trim())));
}

function refusal({ token }: AccessRules, cause: string): HeedError {
  return new HeedError('no_access', `cannot answer: ${cause}`, { status: token === '' ? 403 : 401 });
}

/**
 * Refuses (403) a request that changes something when a page of another origin makes the browser send it. Tools send no
 * Origin; a browser sends it with every such request.
 */
export function mustBeOwnOrigin(headers: IncomingHttpHeaders): void {
  const origin = headers.origin;
  const site = headers['sec-fetch-site'];
  const own = origin === undefined ? site === undefined || site === 'same-origin' || site === 'none' : originHost(origin) === headers.host?.toLowerCase();
  if (!own) throw new HeedError('foreign_origin', 'cannot change anything: the request comes from a page of another origin', { status: 403 });
}

/** `host:port` of an origin as a Host header would name it; undefined when it is none. */
function originHost(origin: string): string | undefined {
  return /^https?:\/\/([^/]+)$/i.exec(origin)?.[1].toLowerCase();
}
