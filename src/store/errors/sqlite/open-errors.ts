import type { AddedEvent, ErrorsStore } from '../errors-store.ts';
import type { EventRow } from './event-row.ts';
import { SqliteErrorsStore } from './sqlite-errors-store.ts';

/** Errors that are kept here, not elsewhere. */
export interface EmbeddedErrors extends ErrorsStore {
  /** As `add`, of events that `rowOf` made ready on the thread that read them: the main thread only hands them on. Rejects together. */
  addRows(rows: readonly EventRow[]): AddingEvents;
}

export interface AddingEvents {
  /** They outlive a kill. */
  written: Promise<unknown>;
  /** They are in the tables. Where far too many come, this is some seconds later. */
  added: Promise<AddedEvent[]>;
}

/** The errors in the data folder `folder`; neither a file nor a thread is made before the first event or question. */
export function openErrors(folder: string, counters: SharedArrayBuffer): EmbeddedErrors {
  return new SqliteErrorsStore(folder, counters);
}
