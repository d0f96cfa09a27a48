import type { ErrorsStore } from '../errors-store.ts';
import { SqliteErrorsStore } from './sqlite-errors-store.ts';

/** The errors in the data folder `folder`; neither a file nor a thread is made before the first event or question. */
export function openErrors(folder: string, counters: SharedArrayBuffer): ErrorsStore {
  return new SqliteErrorsStore(folder, counters);
}
