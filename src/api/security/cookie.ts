import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { LONGEST } from '../../store/catalog/sessions.ts';

const NAME = 'heed_session';

/** What only a browser, or who has a link, knows: 256 bits of chance. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** The session's secret of a Cookie header; undefined without one. */
export function sessionSecret(cookies: string | undefined): string | undefined {
  const value = cookieNamed(NAME, cookies);
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}

/** The Set-Cookie header that signs a browser in. */
export const signInCookie = (secret: string, headers: IncomingHttpHeaders): string => setCookie(NAME, secret, { path: '/', seconds: LONGEST / 1000 }, headers);

/** The Set-Cookie header that signs it out. */
export const signOutCookie = (headers: IncomingHttpHeaders): string => setCookie(NAME, '', { path: '/', seconds: 0 }, headers);

/** The first value of a name in a Cookie header. */
export function cookieNamed(name: string, cookies: string | undefined): string | undefined {
  for (const pair of (cookies ?? '').split(';')) {
    const [found, value] = pair.trim().split('=', 2);
    if (found === name) return value;
  }
  return undefined;
}

/** A Set-Cookie header: no script reads it, no other site sends it along with a form or a frame, and over TLS nobody on the way does. */
export function setCookie(name: string, value: string, { path, seconds }: { path: string; seconds: number }, headers: IncomingHttpHeaders): string {
  return `${name}=${value}; Path=${path}; HttpOnly; SameSite=Lax; Max-Age=${seconds}${overTls(headers) ? '; Secure' : ''}`;
}

/** TLS ends at a proxy, which says so; a browser says it too, by the origin of the page that asks. Who lies gets a cookie that the browser does not keep. */
function overTls(headers: IncomingHttpHeaders): boolean {
  return headers['x-forwarded-proto'] === 'https' || headers.origin?.startsWith('https://') === true;
}
