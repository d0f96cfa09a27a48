import type { FactsStore } from '../facts-store.ts';
import { SqliteFactsStore } from './sqlite-facts-store.ts';

/** The facts in `folder`; neither a file nor a thread is made before the first fact or question. */
export function openFacts(folder: string, counters: SharedArrayBuffer): FactsStore {
  return new SqliteFactsStore(folder, counters);
}
