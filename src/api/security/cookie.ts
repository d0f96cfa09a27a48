import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { LONGEST } from '../../store/catalog/sessions.ts';

const NAME = 'heed_session';

/** What a browser keeps of a session: 256 bits of chance. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** The session's secret of a Cookie header; undefined without one. */
export function sessionSecret(cookies: string | undefined): string | undefined {
  for (const pair of (cookies ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === NAME && /^[\w-]{43}$/.test(value)) return value;
  }
  return undefined;
}

/** The Set-Cookie header that signs a browser in: no script reads it, no other site sends it along with a form or a frame. */
export const signInCookie = (secret: string, headers: IncomingHttpHeaders): string => cookie(secret, LONGEST / 1000, headers);

/** The Set-Cookie header that signs it out. */
export const signOutCookie = (headers: IncomingHttpHeaders): string => cookie('', 0, headers);

function cookie(value: string, seconds: number, headers: IncomingHttpHeaders): string {
  return `${NAME}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${overTls(headers) ? '; Secure' : ''}`;
}

/** TLS ends at a proxy, which says so; a browser says it too, by the origin of the page that asks. Who lies gets a cookie that the browser does not keep. */
export function overTls(headers: IncomingHttpHeaders): boolean {
  return headers['x-forwarded-proto'] === 'https' || headers.origin?.startsWith('https://') === true;
}
