import { allocateCounters } from '../../../core/counters.ts';
import { written } from '../contract.suite.ts';
import { SqliteFeedbackStore } from './sqlite-feedback-store.ts';

// Keeps feedback and tells of each that was written, until it is killed.
const [folder, first] = process.argv.slice(2);
const store = new SqliteFeedbackStore(folder, allocateCounters());
for (let number = Number(first); ; number++) {
  const { id } = await store.add(written({ key: String(number) }));
  await store.change([id], 'resolved', 'Ann', 1);
  await new Promise((resolve) => process.send?.(id, resolve));
}
