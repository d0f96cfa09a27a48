import { isIPv4 } from 'node:net';

/** True for a peer's or a bind address on this machine: 127.0.0.0/8, ::1, and the first mapped into IPv6. */
export function isLoopbackAddress(address: string | undefined): boolean {
  if (address === undefined) return false;
  if (address === '::1') return true;
  const v4 = address.toLowerCase().startsWith('::ffff:') ? address.slice(7) : address;
  return isIPv4(v4) && v4.startsWith('127.');
}

/** True for an address to listen on that only this machine reaches. */
export const onlyHere = (host: string): boolean => host === 'localhost' || isLoopbackAddress(host);

/** True for an address that means every interface. */
export function isWildcardAddress(address: string): boolean {
  return address === '0.0.0.0' || address === '::' || address === '';
}

/**
 * The host of a Host header, lower case, without port and brackets; undefined when it is not a host. Strict: what a
 * browser can be made to send is a name or an address, and nothing else may pass as loopback.
 */
export function hostOf(header: string | undefined): string | undefined {
  const found = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?)(?::\d{1,5})?$/i.exec(header ?? '');
  return found ? (found[1] ?? found[2]).toLowerCase() : undefined;
}

/** True when a Host header names this machine by a name that no DNS server decides. */
export function isLoopbackHost(header: string | undefined): boolean {
  const host = hostOf(header);
  return host === 'localhost' || isLoopbackAddress(host);
}
