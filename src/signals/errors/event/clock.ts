import type { Notes } from './notes.ts';
import { readTime } from './time.ts';

/** A client's clock may be off by so much before it is corrected. */
const LEAST_DRIFT_MS = 55_000;
const MOST_AHEAD_MS = 60_000;
const MOST_BEHIND_MS = 30 * 86_400_000;

/** When an event happened, by our clock, and how to read the other times in it. */
export interface EventClock {
  /** Whole milliseconds since 1970. */
  timestamp: number;
  /** Milliseconds since 1970, moved as the event's own time was. */
  read: (value: unknown) => number | undefined;
}

/**
 * Corrects the client's clock by when it says to have sent; an event that would still be from the future or long past happened
 * when it came. All times of an event move alike, so that durations stay.
 */
export function eventClock(said: unknown, received: number, sentAt: number | undefined, notes: Notes): EventClock {
  const time = readTime(said);
  if (said !== undefined && said !== null && time === undefined) notes.add('invalid_data', 'timestamp');
  const drift = sentAt === undefined ? 0 : received - sentAt;
  let shift = Math.abs(drift) < LEAST_DRIFT_MS ? 0 : drift;
  if (shift !== 0) notes.add('clock_drift', 'timestamp', `${Math.round(shift / 1000)} s`);
  let timestamp = time === undefined ? received : time + shift;
  if (timestamp > received + MOST_AHEAD_MS || timestamp < received - MOST_BEHIND_MS) {
    notes.add(timestamp > received ? 'future_timestamp' : 'past_timestamp', 'timestamp', new Date(timestamp).toISOString());
    shift += received - timestamp;
    timestamp = received;
  }
  const read = (value: unknown): number | undefined => {
    const own = readTime(value);
    return own === undefined ? undefined : readTime(own + shift);
  };
  return { timestamp: Math.round(timestamp), read };
}
