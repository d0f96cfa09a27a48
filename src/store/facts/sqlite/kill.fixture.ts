import { allocateCounters } from '../../../core/counters.ts';
import { makeFact } from '../contract.suite.ts';
import { SqliteFactsStore } from './sqlite-facts-store.ts';

// Writes 500 facts, says so once they are synced, and goes on writing until it is killed.
const [folder, first] = process.argv.slice(2);
const store = new SqliteFactsStore(folder, allocateCounters());
for (let i = 0; i < 500; i++) store.add(makeFact({ title: String(Number(first) + i), text: 'x'.repeat(500) }));
await store.sync();
process.send?.('synced');
setInterval(() => store.add(makeFact({ title: 'more', text: 'y'.repeat(500) })), 1);
