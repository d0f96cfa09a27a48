import { isRecord, type Raw } from '../event/shapes.ts';
import { badItem } from './item-error.ts';

/** Records of a container, and how many of it could not be read. */
export interface Container<Entry> {
  entries: Entry[];
  bad: number;
}

const MOST_ENTRIES = 1000;

/**
 * Reads the payload of a `log`, `span` or `trace_metric`: `{"version": 2, "items": […]}`, or one thing alone as older clients
 * send it. Entries that `read` gives nothing for are counted; so are those over 1,000, and those that `item_count` promises and
 * that are not there.
 * @throws HeedError `bad_item`
 */
export function readContainer<Entry>(type: string, payload: unknown, itemCount: unknown, read: (raw: Raw) => Entry | undefined): Container<Entry> {
  const items = isRecord(payload) ? (payload.items ?? [payload]) : payload;
  if (!Array.isArray(items)) throw badItem(type, `its payload must be {"items": […]}`);
  const entries: Entry[] = [];
  for (const item of items.slice(0, MOST_ENTRIES) as unknown[]) {
    const entry = isRecord(item) ? read(item) : undefined;
    if (entry !== undefined) entries.push(entry);
  }
  const promised = typeof itemCount === 'number' && Number.isSafeInteger(itemCount) ? Math.min(itemCount, 1e6) : 0;
  return { entries, bad: Math.max(items.length, promised) - entries.length };
}
