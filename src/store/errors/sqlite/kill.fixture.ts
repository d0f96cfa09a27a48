import { allocateCounters } from '../../../core/counters.ts';
import { makeEvent } from '../contract/world.ts';
import { type EventRow, rowOf } from './event-row.ts';
import { SqliteErrorsStore } from './sqlite-errors-store.ts';

// Adds events, and a session for each, in rounds from several callers, more than go into the tables one by one, and tells of each that was written, until it is killed.
const [folder, first] = process.argv.slice(2);
const store = new SqliteErrorsStore(folder, allocateCounters());
let number = Number(first);

async function add(): Promise<void> {
  for (;;) {
    const numbers = Array.from({ length: 1 + (number % 5) }, () => number++);
    const rows = numbers.map((n) =>
      rowOf(
        makeEvent(
          `Error: ${n % 7}`,
          { event_id: n.toString(16).padStart(32, '0'), extra: { text: `text of ${n} `.repeat(40) }, user: { id: String(n % 50) } },
          { title: `${n}` },
        ),
      ),
    );
    await store.addRows(rows as EventRow[]).written;
    const started = Date.now();
    await store.addSessions(
      numbers.map((n) => ({
        project: 1,
        release: 'shop@1',
        environment: '',
        started,
        user: String(n % 50),
        id: n.toString(16).padStart(32, '0'),
        first: true,
        sequence: 0,
        outcome: 'healthy',
      })),
    );
    process.send?.(numbers);
  }
}

await Promise.all(Array.from({ length: 12 }, add));
