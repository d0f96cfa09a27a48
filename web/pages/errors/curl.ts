import type { EventRequest } from '../../../src/core/error-event.ts';

/** Quoted so that a shell takes it as one word, whatever is in it. Line ends and other control characters go as `$'…'`. */
export function shellWord(text: string): string {
  if (text !== '' && /^[\w@%+=:,./-]+$/.test(text)) return text;
  // eslint-disable-next-line no-control-regex
  if (!/[\u0000-\u001f\u007f]/.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const escaped = text
    .replaceAll('\u0000', '')
    .replace(/[\\']/g, '\\$&')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0001-\u001f\u007f]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `$'${escaped}'`;
}

/** The address with its query and fragment, whatever part of it the client sent apart. */
export function requestUrl({ url = '', query_string: query = [], fragment = '' }: EventRequest): string {
  const search = new URLSearchParams(query).toString();
  const whole = search === '' || url.includes('?') ? url : `${url}?${search}`;
  return fragment === '' || whole.includes('#') ? whole : `${whole}#${fragment.replace(/^#/, '')}`;
}

/** Of the connection, not of the question; curl makes its own. */
const OWN = /^(?:host|content-length|connection|accept-encoding|transfer-encoding|cookie)$/i;

/** What was removed before it was kept must not be sent as if it were real. */
const REMOVED = /^\[(?:filtered|removed)\]$/i;

/** The request as a line for a shell. What was scrubbed is left out. */
export function curlOf(request: EventRequest): string {
  const { method = 'GET', headers = [], cookies = [], data } = request;
  // A leading dash would be read as an option.
  const parts = [`curl ${shellWord(requestUrl(request)).replace(/^(?='?-)/, '-- ')}`];
  if (method !== 'GET') parts.push(`-X ${shellWord(method)}`);
  for (const [name, value] of headers) if (!OWN.test(name) && !REMOVED.test(value)) parts.push(`-H ${shellWord(`${name}: ${value}`)}`);
  const kept = cookies.filter(([, value]) => !REMOVED.test(value));
  if (kept.length > 0) parts.push(`-b ${shellWord(kept.map(([name, value]) => `${name}=${value}`).join('; '))}`);
  if (data !== undefined && data !== null) parts.push(`--data-raw ${shellWord(typeof data === 'string' ? data : JSON.stringify(data))}`);
  return parts.join(' \\\n  ');
}
