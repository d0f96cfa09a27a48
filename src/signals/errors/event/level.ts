import type { Level } from '../../../core/error-event.ts';

const LEVELS: Record<string, Level> = {
  fatal: 'fatal',
  critical: 'fatal',
  error: 'error',
  warning: 'warning',
  warn: 'warning',
  info: 'info',
  log: 'info',
  notice: 'info',
  debug: 'debug',
  trace: 'debug',
  // Python's numbers, which raven sent.
  '50': 'fatal',
  '40': 'error',
  '30': 'warning',
  '20': 'info',
  '10': 'debug',
};

/** A level under any name that clients have for it; undefined when it is none. */
export function readLevel(value: unknown): Level | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const name = String(value).toLowerCase();
  return Object.hasOwn(LEVELS, name) ? LEVELS[name] : undefined;
}
