import { allocateCounters } from '../../../core/counters.ts';
import { told } from '../contract.suite.ts';
import { SqliteJobsStore } from './sqlite-jobs-store.ts';

// Begins and ends runs and tells of each that was written, until it is killed.
const [folder, first] = process.argv.slice(2);
const store = new SqliteJobsStore(folder, allocateCounters());
for (let number = Number(first); ; number++) {
  const id = number.toString(16).padStart(32, '0');
  await store.checkIn(told({ id }));
  await store.checkIn(told({ id, status: 'ok' }));
  await new Promise((resolve) => process.send?.(number, resolve));
}
