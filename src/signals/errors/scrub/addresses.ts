import { isIPv4, isIPv6 } from 'node:net';
import type { Range } from './range.ts';

export const HIDDEN_ADDRESS = '[ip]';

// Runs are taken whole, so that none is looked at twice.
const CANDIDATE = /[0-9a-fA-F:.]{3,}/g;

/** Adds where IP addresses stand. */
export function findAddresses(text: string, found: Range[]): void {
  for (const match of text.matchAll(CANDIDATE)) {
    const run = match[0].replace(/[.:]$/, '');
    if (run.length > 45) continue;
    const port = run.split(':').length === 2 ? run.lastIndexOf(':') : -1;
    const address = port < 0 ? run : run.slice(0, port);
    if (isIPv4(address) || (isIPv6(address) && address !== '::')) found.push({ start: match.index, end: match.index + address.length, text: HIDDEN_ADDRESS });
  }
}
