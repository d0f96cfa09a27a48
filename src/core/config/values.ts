import { HeedError } from '../errors.ts';

/** Where something listens. */
export interface Address {
  transport: 'udp' | 'tcp' | 'unix';
  host: string;
  port: number;
  /** Socket file, for `unix` only. */
  path: string;
  /** A Unix socket for datagrams instead of a stream. */
  datagram?: boolean;
}

/** Reads `HOST:PORT`, `[::1]:PORT` or `:PORT` (loopback). */
export function parseHostPort(text: string): { host: string; port: number } {
  const found = /^(?:\[([0-9a-fA-F:.%]+)\]|([^:\s]*)):(\d{1,5})$/.exec(text.trim());
  const port = found ? Number(found[3]) : NaN;
  if (!found || port > 65_535) throw new HeedError('bad_option', `cannot read address '${text}': write HOST:PORT, for example 127.0.0.1:8125`);
  return { host: found[1] ?? (found[2] || '127.0.0.1'), port };
}

/** Reads a list of `HOST:PORT` (every transport in `defaults`), `udp://HOST:PORT`, `tcp://HOST:PORT`, `unix:///path`, `unixgram:///path`; `off` is none. */
export function parseAddresses(text: string, defaults: readonly Address['transport'][]): Address[] {
  const list: Address[] = [];
  for (const raw of text.split(',')) {
    const part = raw.trim();
    if (part === '' || part === 'off') continue;
    const scheme = /^(udp|tcp|unix|unixgram):\/\/(.*)$/.exec(part);
    if (scheme?.[1] === 'unix') list.push({ transport: 'unix', host: '', port: 0, path: scheme[2] });
    else if (scheme?.[1] === 'unixgram') list.push({ transport: 'unix', host: '', port: 0, path: scheme[2], datagram: true });
    else if (scheme) list.push({ transport: scheme[1] as 'udp' | 'tcp', ...parseHostPort(scheme[2]), path: '' });
    else for (const transport of defaults) list.push({ transport, ...parseHostPort(part), path: '' });
  }
  return list;
}

/** `127.0.0.1:8125`, `[::1]:8125` or the path of a Unix socket. */
export function formatAddress(address: Pick<Address, 'host' | 'port'> & Partial<Address>): string {
  if (address.transport === 'unix') return address.path ?? '';
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}

/** Another carbon that gets copies of points. */
export interface ForwardAddress {
  protocol: 'line' | 'pickle';
  host: string;
  port: number;
}

/** Reads a list of `line://HOST:PORT` and `pickle://HOST:PORT`. */
export function parseForward(text: string): ForwardAddress[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts
    .filter((part) => part !== '')
    .map((part) => {
      const found = /^(line|pickle):\/\/(.+)$/.exec(part);
      if (!found) throw new HeedError('bad_option', `cannot read address '${part}': write line://HOST:PORT or pickle://HOST:PORT`);
      return { protocol: found[1] as ForwardAddress['protocol'], ...parseHostPort(found[2]) };
    });
}

export function parseBoolean(text: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new HeedError('bad_option', `cannot read '${text}': write true or false`);
}

/** A number between bounds, both allowed. */
export function parseNumber(text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < least || value > most)
    throw new HeedError('bad_option', `cannot read '${text}': write a number from ${least} to ${most}`);
  return value;
}

export function parseChoice<Choice extends string>(text: string, choices: readonly Choice[]): Choice {
  if (!choices.includes(text as Choice)) throw new HeedError('bad_option', `cannot read '${text}': write one of ${choices.join(', ')}`);
  return text as Choice;
}

/** Percentiles such as `90,99.9,-10`; negative ones are of the highest values. */
export function parsePercentiles(text: string): number[] {
  return text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const value = Number(part);
      if (!Number.isFinite(value) || value === 0 || Math.abs(value) > 100)
        throw new HeedError('bad_option', `cannot read percentile '${part}': write numbers from -100 to 100 but 0, for example 90,99.9`);
      return value;
    });
}
