import type { EventRequest, Json } from '../../../core/error-event.ts';
import { parseJson } from '../wire/json.ts';
import type { Notes } from './notes.ts';
import { parseCookies, parseQuery, readPairs } from './pairs.ts';
import { compact, cleanText, cutText, isEmpty, isRecord, lineOf, type Raw, textOf } from './shapes.ts';
import { recordOf, trimJson } from './trim.ts';

const MOST_URL = 2048;
const MOST_WORD = 64;
const MOST_DATA = 16_384;

/** The HTTP request under which it happened: query and fragment apart from the address, cookies apart from the headers. */
export function readRequest(event: Raw, notes: Notes): EventRequest | undefined {
  const raw = event.request ?? event['sentry.interfaces.Http'];
  if (!isRecord(raw)) return undefined;
  const { address, query, fragment } = splitUrl(typeof raw.url === 'string' ? cleanText(raw.url) : '');
  const headers = readPairs(raw.headers, parseHeaders)?.map(([name, value]): [string, string] => [titleCase(name), value]);
  const cookie = headers?.find(([name]) => name === 'Cookie')?.[1];
  const others = headers?.filter(([name]) => name !== 'Cookie');
  const request = compact<EventRequest>({
    url: notes.cut(address || undefined, MOST_URL, 'request.url'),
    method: lineOf(raw.method, MOST_WORD)?.toUpperCase(),
    query_string: readPairs(raw.query_string, parseQuery) ?? readPairs(query, parseQuery),
    fragment: textOf(raw.fragment, MOST_URL) ?? textOf(fragment, MOST_URL),
    data: readData(raw.data ?? raw.body, others, notes),
    cookies: readPairs(raw.cookies, parseCookies) ?? readPairs(cookie, parseCookies),
    headers: others !== undefined && others.length > 0 ? others : undefined,
    env: recordOf(raw.env, MOST_DATA),
    api_target: lineOf(raw.api_target, MOST_WORD),
  });
  return isEmpty(request) ? undefined : request;
}

function splitUrl(url: string): { address: string; query?: string; fragment?: string } {
  const hash = url.indexOf('#');
  const beforeHash = hash < 0 ? url : url.slice(0, hash);
  const mark = beforeHash.indexOf('?');
  return {
    address: mark < 0 ? beforeHash : beforeHash.slice(0, mark),
    query: mark < 0 ? undefined : beforeHash.slice(mark + 1),
    fragment: hash < 0 ? undefined : url.slice(hash + 1),
  };
}

function parseHeaders(text: string): [string, string][] {
  return text
    .split('\n', 100)
    .filter((line) => line.includes(':'))
    .map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]);
}

/** `user-agent` is `User-Agent`. */
const titleCase = (name: string): string => (/^[\w-]+$/.test(name) ? name.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()) : name);

/** A body that is JSON, or a form by its header, is taken apart. */
function readData(value: unknown, headers: [string, string][] | undefined, notes: Notes): Json | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const data = trimJson(typeof value === 'string' ? takeApart(cleanText(value), headers) : value, MOST_DATA);
  if (data.wasCut) notes.add('value_too_long', 'request.data');
  return data.value === null || data.value === '' ? undefined : data.value;
}

function takeApart(text: string, headers: [string, string][] | undefined): unknown {
  if (text.startsWith('{') || text.startsWith('[')) {
    try {
      return parseJson(Buffer.from(text));
    } catch {
      return text;
    }
  }
  const type = headers?.find(([name]) => name === 'Content-Type')?.[1] ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return text;
  return Object.fromEntries((readPairs(text, parseQuery) ?? []).map(([name, value]) => [name, cutText(value, MOST_DATA)]));
}
