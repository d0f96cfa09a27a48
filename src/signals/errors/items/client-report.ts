import { integerOf, isRecord, lineOf, type Raw } from '../event/shapes.ts';
import { readTime } from '../event/time.ts';
import { recordOfItem } from './item-error.ts';

/** What a client threw away by itself, and why. */
export interface ClientReport {
  /** Milliseconds since 1970. */
  timestamp: number;
  discarded: { reason: string; category: string; quantity: number }[];
}

const MOST_ENTRIES = 100;
const MOST_WORD = 64;
const MOST_QUANTITY = 1e9;
/** Lists that proxies between clients and us add; their reasons are of the same kind. */
const LISTS = ['discarded_events', 'rate_limited_events', 'filtered_events', 'filtered_sampling_events'];

/** @throws HeedError `bad_item` */
export function readClientReport(value: unknown, received: number): ClientReport {
  const raw = recordOfItem('client report', value);
  const discarded = LISTS.flatMap((name): unknown[] => (Array.isArray(raw[name]) ? raw[name].slice(0, MOST_ENTRIES) : []))
    .filter(isRecord)
    .map(readEntry)
    .filter((entry) => entry !== undefined)
    .slice(0, MOST_ENTRIES);
  return { timestamp: Math.round(readTime(raw.timestamp) ?? received), discarded };
}

function readEntry(raw: Raw): ClientReport['discarded'][number] | undefined {
  const [reason, category, quantity] = [lineOf(raw.reason, MOST_WORD), lineOf(raw.category, MOST_WORD), integerOf(raw.quantity, 1, MOST_QUANTITY)];
  return reason === undefined || category === undefined || quantity === undefined ? undefined : { reason, category, quantity };
}
