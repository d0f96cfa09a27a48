import { signal } from '@preact/signals';
import type {
  ChangesAnswer,
  EchoAnswer,
  ErrorAnswer,
  ExpressionAnswer,
  FactsAnswer,
  FrameAnswer,
  NowAnswer,
  SearchAnswer,
  TreeAnswer,
} from '../../src/api/contract.ts';

/** Set when an answer says that the session ended. */
export const signedOut = signal(false);

/** An answer that says no: the API's own words. `code` is `unreachable` when there was no answer at all. */
export class ApiProblem extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

async function ask<Answer>(path: string, query: URLSearchParams, signal?: AbortSignal): Promise<Answer> {
  return (await answered(query.size === 0 ? path : `${path}?${query}`, { signal })).json() as Promise<Answer>;
}

/** The answer to a request that went well. @throws ApiProblem with the API's own words otherwise */
async function answered(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiProblem('unreachable', 'Heed does not answer');
  }
  if (response.ok) return response;
  const body = (await response.json().catch(() => null)) as Partial<ErrorAnswer> | null;
  if (body?.error?.code === 'signed_out') signedOut.value = true;
  throw new ApiProblem(body?.error?.code ?? String(response.status), body?.error?.message ?? `Heed answered ${response.status}`);
}

/** Asks for JSON. */
export const askJson = <Answer>(url: string, signal?: AbortSignal): Promise<Answer> => ask(url, new URLSearchParams(), signal);

/** Sends JSON. */
export function sendJson(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const content = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return answered(url, { method, signal, ...content });
}

export const askNow = (): Promise<NowAnswer> => ask('/api/v1/now', new URLSearchParams());
export const askEcho = (): Promise<EchoAnswer> => ask('/api/v1/echo', new URLSearchParams());
export const askTree = (path: string): Promise<TreeAnswer> =>
  ask('/api/v1/tree', new URLSearchParams(path === '' ? { limit: '5000' } : { path, limit: '5000' }));

/** Names that hold every word of `words`. */
export function askSearch(words: string, limit: number, signal?: AbortSignal): Promise<SearchAnswer> {
  return ask('/api/v1/search', new URLSearchParams({ q: words, limit: String(limit) }), signal);
}

/** Most events that a chart shows. */
const MOST_EVENTS = 100;

/** Events from one time to another, milliseconds; newest first. */
export function askEvents(from: number, until: number, signal?: AbortSignal): Promise<FactsAnswer> {
  return ask('/api/v1/facts', new URLSearchParams({ kind: 'event', from: String(from), until: String(until), limit: String(MOST_EVENTS) }), signal);
}

/** Series that changed at a moment, milliseconds. */
export function askChanges(at: number, signal?: AbortSignal): Promise<ChangesAnswer> {
  return ask('/api/v1/changes', new URLSearchParams({ at: String(Math.round(at)) }), signal);
}

/** How an expression is built. */
export function askExpression(target: string, signal?: AbortSignal): Promise<ExpressionAnswer> {
  return ask('/api/v1/expression', new URLSearchParams({ target }), signal);
}

/** All functions by name, as /functions describes them. */
export function askFunctions<Description>(): Promise<Record<string, Description>> {
  return ask('/functions', new URLSearchParams());
}

/** The parameters of /api/v1/frame and /render for some targets. */
export function frameQuery(targets: readonly string[], rest: Record<string, string>): URLSearchParams {
  const query = new URLSearchParams();
  for (const target of targets) query.append('target', target);
  for (const [key, value] of Object.entries(rest)) query.set(key, value);
  return query;
}

/** Rows of `targets`; `rest` holds from, until and maxDataPoints. */
export function askFrame(targets: readonly string[], rest: Record<string, string>, signal?: AbortSignal): Promise<FrameAnswer> {
  return ask('/api/v1/frame', frameQuery(targets, rest), signal);
}
