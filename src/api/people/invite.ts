import { hostname } from 'node:os';
import { formatAddress } from '../../core/config/values.ts';
import type { HeedConfig } from '../../core/config/config.ts';
import { HeedError } from '../../core/errors.ts';
import type { Catalog } from '../../store/catalog/catalog.ts';
import { newSecret } from '../security/cookie.ts';
import { isWildcardAddress, onlyHere } from '../security/hosts.ts';
import { hashOf } from '../security/tokens.ts';

const HOUR = 3_600_000;
/** How long links hold: those for colleagues, those for a new password and the first one. */
export const INVITATION = 7 * 24 * HOUR;
export const SHORT = 24 * HOUR;

/** What a link ends in, and the digest by which it is known again. */
export function newCode(): { code: string; hash: string } {
  const code = newSecret();
  return { code, hash: hashOf(code) };
}

/** The code is behind a #, which browsers send to nobody: no log, no proxy and no other site ever has it. */
export const linkOf = (base: string, code: string): string => `${base}/welcome#${code}`;

/** One address, as short as they are written. @throws HeedError `bad_email` */
export function checkedEmail(text: string): string {
  const email = text.trim().toLowerCase();
  if (email.length <= 254 && /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$/.test(email)) return email;
  throw new HeedError('bad_email', `cannot use '${text.trim().slice(0, 60)}': it is no e-mail address, as ann@example.org is`);
}

/** What people are called; empty for what cannot be shown as a name. */
export function nameOf(text: string): string {
  const name = text.trim().replace(/\s+/g, ' ');
  // eslint-disable-next-line no-control-regex
  return name.length <= 100 && !/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(name) ? name : '';
}

/** @throws HeedError `bad_name` */
export function checkedName(text: string): string {
  const name = nameOf(text);
  if (name !== '') return name;
  throw new HeedError('bad_name', 'cannot use this name: it needs 1 to 100 characters, all of them to be seen');
}

/**
 * A link by which the first owner comes, when nobody could sign in otherwise; undefined when people are there, or nobody is asked to.
 * An earlier one no longer holds.
 */
export async function firstLink(
  { people }: Pick<Catalog, 'people'>,
  { auth, http }: Pick<HeedConfig, 'auth' | 'http'>,
  bound: { host: string; port: number },
): Promise<string | undefined> {
  if ((auth !== 'required' && onlyHere(http.host)) || (await people.any())) return undefined;
  const { code, hash } = newCode();
  await people.invite({ email: '', role: 'owner', roles: {}, person: undefined, createdBy: 'heed serve', expires: Date.now() + SHORT }, hash);
  const host = isWildcardAddress(bound.host) ? hostname() : bound.host;
  return linkOf(`http://${formatAddress({ host, port: bound.port })}`, code);
}
