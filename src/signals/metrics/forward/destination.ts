import { parseHostPort } from '../../../core/config/values.ts';
import { HeedError } from '../../../core/errors.ts';
import type { ForwardProtocol } from './encode.ts';

/** Another carbon that gets a copy of everything. */
export interface Destination {
  /** As configured, e.g. `pickle://graphite:2004`. */
  address: string;
  protocol: ForwardProtocol;
  host: string;
  port: number;
  /** Name of its folder in the spool. */
  folder: string;
}

/** Reads `line://HOST:PORT` or `pickle://HOST:PORT`. @throws HeedError `bad_option` */
export function parseDestination(address: string): Destination {
  const found = /^(line|pickle):\/\/(.+)$/.exec(address);
  if (!found) throw new HeedError('bad_option', `cannot forward to '${address}': write line://HOST:PORT or pickle://HOST:PORT`);
  const { host, port } = parseHostPort(found[2]);
  return { address, protocol: found[1] as ForwardProtocol, host, port, folder: `${found[1]}-${host.replace(/[^\w.-]/g, '_')}-${port}` };
}
