import { HeedError } from '../../core/errors.ts';
import { baseOf } from '../base-address.ts';
import type { Asked } from './context.ts';

const MOST = 100;

/** `per_page` or `limit`, at most 100. @throws HeedError `bad_parameter` */
export function limitOf(query: URLSearchParams, fallback = MOST): number {
  const text = query.get('per_page') ?? query.get('limit') ?? '';
  if (text === '') return fallback;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw new HeedError('bad_parameter', 'Invalid per_page or limit: a whole number from 1 to 100 is needed');
  return Math.min(Number(text), MOST);
}

/** The store's cursor; undefined on the first page, which Sentry's clients may call `0:0:0`. */
export function cursorOf(query: URLSearchParams): string | undefined {
  const text = query.get('cursor') ?? '';
  return text === '' || /^0:0:[01]$/.test(text) ? undefined : text;
}

/** Where a page of a list without cursors of its own begins: `0:200:0`. @throws HeedError `bad_parameter` */
export function offsetOf(query: URLSearchParams, most: number): number {
  const text = cursorOf(query);
  if (text === undefined) return 0;
  const found = /^0:(\d{1,9}):0$/.exec(text);
  if (found && Number(found[1]) <= most) return Number(found[1]);
  throw new HeedError('bad_parameter', 'Invalid cursor parameter.');
}

/** Says in the Link header where the next page is; lists of Heed go forward only. */
export function linkPages({ query, request, reply }: Asked, next: string | undefined): void {
  const path = request.url.split('?', 1)[0];
  const link = (rel: string, cursor: string, results: boolean): string => {
    const rest = new URLSearchParams(query);
    rest.set('cursor', cursor);
    return `<${baseOf(request)}${path}?${rest}>; rel="${rel}"; results="${results}"; cursor="${cursor}"`;
  };
  reply.header('link', `${link('previous', '0:0:1', false)}, ${link('next', next ?? '0:0:0', next !== undefined)}`);
}
