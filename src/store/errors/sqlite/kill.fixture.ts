import { allocateCounters } from '../../../core/counters.ts';
import { makeEvent } from '../contract/world.ts';
import { SqliteErrorsStore } from './sqlite-errors-store.ts';

// Adds events in rounds from several callers and tells of each that was taken, until it is killed.
const [folder, first] = process.argv.slice(2);
const store = new SqliteErrorsStore(folder, allocateCounters());
let number = Number(first);

async function add(): Promise<void> {
  for (;;) {
    const numbers = Array.from({ length: 1 + (number % 5) }, () => number++);
    await store.add(
      numbers.map((n) =>
        makeEvent(
          `Error: ${n % 7}`,
          { event_id: n.toString(16).padStart(32, '0'), extra: { text: `text of ${n} `.repeat(40) }, user: { id: String(n % 50) } },
          { title: `${n}` },
        ),
      ),
    );
    process.send?.(numbers);
  }
}

await Promise.all(Array.from({ length: 4 }, add));
