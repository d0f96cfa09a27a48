import { HeedError } from '../../core/errors.ts';
import { parseTime } from '../../query/time/attime.ts';
import { knownZone } from '../../query/time/zone.ts';
import type { ParametersSchema } from '../parameters.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Slots of a trend. */
const MOST_SLOTS = 48;
/** Lengths of slots, hours. */
const STEPS = [1, 2, 3, 6, 12, 24, 48, 168, 336, 720];
const MOST_COUNTS = 200;

export const WINDOW_PARAMETERS = {
  from: { type: 'string', maxLength: 100, default: '-14d', description: 'Begin of the window, as in /render, e.g. -24h.' },
  until: { type: 'string', maxLength: 100, default: 'now', description: 'End of the window, as in /render.' },
  tz: { type: 'string', maxLength: 100, description: 'Time zone by which times of day are read.' },
} as const satisfies ParametersSchema['properties'];

export interface WindowQuery {
  from: string;
  until: string;
  tz?: string;
}

/** Milliseconds. */
export interface Window {
  from: number;
  until: number;
}

/** @throws HeedError `bad_time` */
export function readWindow({ from, until, tz }: WindowQuery, now: number): Window {
  const times = { now, timeZone: (tz && knownZone(tz)) || 'UTC' };
  const window = { from: parseTime(from, times), until: parseTime(until, times) };
  if (window.from < window.until) return window;
  throw new HeedError('bad_time', `cannot answer: the window begins (${from}) after it ends (${until})`);
}

/** How many counts a trend of this window has: of more than a day, which is told by hourly counts, one an hour at most. */
export function trendSlots({ from, until }: Window): number {
  return until - from <= DAY ? MOST_SLOTS : Math.min(MOST_SLOTS, Math.ceil((until - from) / HOUR));
}

/** Length of a slot, whole hours in milliseconds, that makes a chart of this window. */
export function countsStep({ from, until }: Window): number {
  const hours = (until - from) / HOUR;
  return HOUR * (STEPS.find((step) => hours / step <= MOST_COUNTS) ?? Math.ceil(hours / MOST_COUNTS));
}
