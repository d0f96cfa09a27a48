import type { IncomingHttpHeaders } from 'node:http';
import { HeedError } from '../../core/errors.ts';

/** `*`, `example.org` (any scheme and port), `*.example.org` (it and what is below), `https://example.org`, `example.org:8443`, `localhost:*`. */
const PATTERN = /^(?:(https?):\/\/)?(\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:]+\])(?::(\d{1,5}|\*))?$/i;

/** Whether a text can stand in a list of origins. */
export const isOriginPattern = (text: string): boolean => PATTERN.test(text);

/** Whether one of the patterns means the origin (`https://shop.example.org:8443`); what is none is meant by `*` alone. */
export function meansOrigin(patterns: readonly string[], origin: string): boolean {
  if (patterns.includes('*')) return true;
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return false;
  return patterns.some((pattern) => {
    const [, scheme, host = '', port] = PATTERN.exec(pattern.toLowerCase()) ?? [];
    if (scheme !== undefined && `${scheme}:` !== url.protocol) return false;
    const ownPort = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
    if (port !== undefined && port !== '*' && port !== ownPort) return false;
    if (host === '*') return true;
    return host.startsWith('*.') ? url.hostname === host.slice(2) || url.hostname.endsWith(host.slice(1)) : url.hostname === host;
  });
}

/**
 * Refuses what a page of another origin sends. Programs name no origin and pass: the list keeps others' pages from spending a project's limits, it is no secret.
 * @throws HeedError `foreign_origin` (403)
 */
export function mustComeFrom(patterns: readonly string[], { origin, referer }: Pick<IncomingHttpHeaders, 'origin' | 'referer'>): void {
  const from = origin ?? referer;
  if (patterns.length === 0 || from === undefined || meansOrigin(patterns, from)) return;
  throw new HeedError('foreign_origin', `cannot accept events from ${from.slice(0, 200)}: it is not among the origins that the project allows`, {
    status: 403,
  });
}
