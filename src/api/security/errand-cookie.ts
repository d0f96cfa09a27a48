import type { IncomingHttpHeaders } from 'node:http';
import type { Errand } from '../people/provider.ts';
import { cookieNamed, setCookie } from './cookie.ts';

const NAME = 'heed_errand';
/** Below this address only. */
const PATH = '/sign-in';
/** Seconds that signing in at the provider may take. */
const LIFE = 600;
const MOST = 3000;

/** The Set-Cookie header that ties what comes back from a provider to the browser that left. */
export const errandCookie = (errand: Errand, headers: IncomingHttpHeaders): string =>
  setCookie(NAME, Buffer.from(JSON.stringify(errand)).toString('base64url'), { path: PATH, seconds: LIFE }, headers);

/** The one that forgets it. */
export const noErrandCookie = (headers: IncomingHttpHeaders): string => setCookie(NAME, '', { path: PATH, seconds: 0 }, headers);

/** What the browser left for; undefined when it brings nothing that can be read. */
export function errandOf(cookies: string | undefined): Errand | undefined {
  const value = cookieNamed(NAME, cookies);
  if (value === undefined || value.length > MOST) return undefined;
  try {
    const { state, nonce, verifier, to } = (JSON.parse(Buffer.from(value, 'base64url').toString()) ?? {}) as Record<keyof Errand, unknown>;
    if (typeof state !== 'string' || typeof nonce !== 'string' || typeof verifier !== 'string' || typeof to !== 'string') return undefined;
    return { state, nonce, verifier, to: localPath(to) };
  } catch {
    // Not ours.
    return undefined;
  }
}

/** An address of this server, or its first page: nobody is sent elsewhere by a link to here. */
export function localPath(text: string): string {
  const base = 'http://heed.invalid';
  const url = text.startsWith('/') ? URL.parse(text, base) : null;
  return url && url.origin === base && !url.pathname.startsWith('//') && text.length <= 1000 ? url.pathname + url.search : '/';
}
