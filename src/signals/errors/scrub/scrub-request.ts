import type { EventRequest } from '../../../core/error-event.ts';
import { HIDDEN_ADDRESS } from './addresses.ts';
import { FILTERED } from './range.ts';
import type { Scrubber } from './scrubber.ts';

const ADDRESS_HEADERS = new Set(['X-Forwarded-For', 'X-Real-Ip', 'Forwarded', 'Client-Ip', 'X-Client-Ip', 'Cf-Connecting-Ip', 'True-Client-Ip', 'Remote-Addr']);

/** A request without secrets; its User-Agent stays as it is. */
export function scrubRequest(request: EventRequest, scrubber: Scrubber): EventRequest {
  const { url, query_string, fragment, data, cookies, headers, env } = request;
  const scrubbed = { ...request };
  if (url !== undefined) scrubbed.url = scrubber.prose(url);
  if (query_string !== undefined) scrubbed.query_string = scrubber.pairs(query_string);
  if (fragment !== undefined) scrubbed.fragment = scrubber.prose(fragment);
  if (data !== undefined) scrubbed.data = scrubber.json(data);
  if (cookies !== undefined) scrubbed.cookies = scrubber.pairs(cookies, (name) => scrubber.isSensitiveCookie(name));
  if (headers !== undefined) scrubbed.headers = headers.map((header) => scrubHeader(header, scrubber));
  if (env !== undefined) scrubbed.env = scrubber.record(env);
  return scrubbed;
}

function scrubHeader(header: [string, string], scrubber: Scrubber): [string, string] {
  const [name, value] = header;
  if (name === 'User-Agent') return header;
  if (scrubber.isSensitive(name)) return [scrubber.prose(name), FILTERED];
  return [scrubber.prose(name), scrubber.hidesAddresses && ADDRESS_HEADERS.has(name) ? HIDDEN_ADDRESS : scrubber.prose(value)];
}
