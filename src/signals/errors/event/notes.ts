import type { ErrorEvent } from '../../../core/error-event.ts';
import { cutText, isRecord, lineOf, textOf } from './shapes.ts';

type Note = NonNullable<ErrorEvent['errors']>[number];

/** Sentry's names for what can be wrong. */
export type NoteType = 'invalid_data' | 'invalid_environment' | 'value_too_long' | 'too_many_values' | 'past_timestamp' | 'future_timestamp' | 'clock_drift';

const MOST_NOTES = 50;
const MOST_NAME = 200;

/** What was wrong with an event, or was cut: one note for each field. */
export class Notes {
  readonly list: Note[] = [];

  /** @param before notes that the event has already */
  constructor(before: unknown) {
    if (!Array.isArray(before)) return;
    for (const note of before.slice(0, MOST_NOTES)) {
      if (isRecord(note)) this.#push(lineOf(note.type, MOST_NAME) ?? 'invalid_data', lineOf(note.name, MOST_NAME) ?? '', textOf(note.value, MOST_NAME));
    }
  }

  /** `value` is shown to people, so it must be of a field that keeps no secrets. */
  add(type: NoteType, name: string, value?: unknown): void {
    this.#push(type, lineOf(name, MOST_NAME) ?? '', textOf(value, MOST_NAME));
  }

  /** A text cut to size, noted when it was longer. */
  cut(text: string | undefined, most: number, name: string): string | undefined {
    if (text === undefined || text.length <= most) return text;
    this.add('value_too_long', name);
    return cutText(text, most);
  }

  #push(type: string, name: string, value: string | undefined): void {
    if (this.list.length >= MOST_NOTES || this.list.some((note) => note.type === type && note.name === name)) return;
    this.list.push(value === undefined ? { type, name } : { type, name, value });
  }
}
