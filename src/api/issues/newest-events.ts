import type { ErrorsStore, EventRow } from '../../store/errors/errors-store.ts';

const PAGE = 100;
/** Issues whose events are asked for at a time. */
const TOGETHER = 20;

/** A project's newest events, newest first: issues are asked by when they last came, until no other can have a newer one. */
export async function newestEvents(errors: Pick<ErrorsStore, 'issues' | 'events'>, project: number, count: number): Promise<(EventRow & { issue: number })[]> {
  let newest: (EventRow & { issue: number })[] = [];
  const until = Date.now();
  for (let cursor: string | undefined; ;) {
    const page = await errors.issues({ project, terms: [], sort: 'date', from: 0, until, slots: 1, limit: PAGE, cursor });
    for (let first = 0; first < page.issues.length; first += TOGETHER) {
      const oldest = newest.length < count ? -Infinity : newest[count - 1].time;
      const newer = page.issues.slice(first, first + TOGETHER).filter(({ lastSeen }) => lastSeen > oldest);
      if (newer.length === 0) return newest;
      const events = await Promise.all(newer.map(async ({ id }) => eventsSince(errors, id, oldest, count)));
      newest = [newest, events]
        .flat(2)
        .toSorted((a, b) => b.time - a.time)
        .slice(0, count);
    }
    cursor = page.next;
    if (cursor === undefined) return newest;
  }
}

async function eventsSince(errors: Pick<ErrorsStore, 'events'>, issue: number, time: number, most: number): Promise<(EventRow & { issue: number })[]> {
  const found: (EventRow & { issue: number })[] = [];
  for (let cursor: string | undefined; found.length < most;) {
    const page = await errors.events({ issue, terms: [], limit: Math.min(PAGE, most - found.length), cursor });
    found.push(...page.events.map((row) => ({ ...row, issue })));
    cursor = page.next;
    if (cursor === undefined || (found.at(-1)?.time ?? time) <= time) break;
  }
  return found;
}
