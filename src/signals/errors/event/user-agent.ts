import type { ErrorEvent, Json } from '../../../core/error-event.ts';

/** What a parser of User-Agent texts knows; each with a `name` at least. */
export interface UserAgentFacts {
  browser?: { name: string; version?: string };
  os?: { name: string; version?: string };
  device?: { family: string; brand?: string; model?: string };
}

export const MOST_USER_AGENT = 1024;

type Named = { name?: unknown; version?: unknown };

/** A browser and its system in words, as `Firefox 143 on Linux`; empty for neither. */
export function inWords(browser: Named | undefined, os: Named | undefined): string {
  const named = (one: Named | undefined): string => [one?.name, one?.version].filter((part) => typeof part === 'string' && part !== '').join(' ');
  return [named(browser), named(os)].filter((part) => part !== '').join(' on ');
}
/** Platforms whose events come from the machine that the User-Agent is of. */
const CLIENT_SIDE = new Set(['javascript', 'dart', 'other']);

/**
 * Adds contexts for browser, system and device from the request's User-Agent where a client sent none. What the server runs on
 * is not the user's: there the system is `client_os`.
 */
export function withClientContexts(event: ErrorEvent, parse: (userAgent: string) => UserAgentFacts): ErrorEvent {
  const userAgent = event.request?.headers?.find(([name]) => name === 'User-Agent')?.[1];
  if (userAgent === undefined || userAgent === '') return event;
  const facts = parse(userAgent.slice(0, MOST_USER_AGENT));
  const contexts = { ...event.contexts };
  const isClient = CLIENT_SIDE.has(event.platform);
  add(contexts, 'browser', facts.browser);
  add(contexts, isClient ? 'os' : 'client_os', facts.os);
  if (isClient) add(contexts, 'device', facts.device);
  return Object.keys(contexts).length === 0 ? event : { ...event, contexts };
}

function add(contexts: Record<string, Record<string, Json>>, name: string, facts: Record<string, string | undefined> | undefined): void {
  if (facts === undefined || Object.hasOwn(contexts, name)) return;
  const context: Record<string, Json> = { type: name === 'client_os' ? 'os' : name };
  for (const [key, value] of Object.entries(facts)) if (value !== undefined && value !== '') context[key] = value;
  contexts[name] = context;
}
