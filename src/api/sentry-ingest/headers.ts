import type { Taken } from '../../signals/errors/receive/intake.ts';
import type { Category } from '../../signals/errors/receive/messages.ts';

/** Pages of any origin may send, and see why something was refused. */
export const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-sentry-error, x-sentry-rate-limits, retry-after',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

/** What a browser is told that asks first. */
export const PREFLIGHT = {
  'access-control-allow-methods': 'POST, GET, OPTIONS',
  'access-control-allow-headers':
    'x-sentry-auth, x-requested-with, x-forwarded-for, origin, referer, accept, content-type, authentication, authorization, content-encoding, transfer-encoding, sentry-trace, baggage',
  'access-control-max-age': '3600',
} as const;

/** Clients' own words for what we limit together. */
const WORDS: Record<Category, string> = {
  error: 'error;default;security',
  transaction: 'transaction;span',
  log_item: 'log_item;log_byte',
  // Clients of different age call it differently.
  trace_metric: 'trace_metric;metric',
  session: 'session',
  attachment: 'attachment',
  monitor: 'monitor',
  internal: 'internal',
  default: 'feedback',
};

/** `60:error;default:key, 600:transaction:project`, as X-Sentry-Rate-Limits has it. */
export function rateLimits(limited: Taken['limited']): string {
  return limited.map(({ category, seconds, scope }) => `${seconds}:${WORDS[category]}:${scope}`).join(', ');
}

/** Of everything, by X-Sentry-Rate-Limits; clients too old for that read Retry-After. */
export const HOLD_ALL = { 'x-sentry-rate-limits': '60::project', 'retry-after': '60' } as const;

/** A message as a header may hold it. */
export const headerText = (message: string): string => message.replace(/[^\x20-\x7e]+/g, '?').slice(0, 500);
