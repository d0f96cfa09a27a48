import type { IssueState, IssueSubstate, IssueUntil } from '../errors-store.ts';
import type { ErrorsFile } from './errors-file.ts';
import { Recent } from '../../../core/recent.ts';
import { Windows } from './windows.ts';

/** A group as events meet it. */
export interface KnownGroup {
  id: number;
  issue: number;
  /** See the column. */
  thinned: number;
  /** The event by whose body others are packed, 0 for none, and how often in a row that was of little use. */
  dictionary: number;
  misses: number;
  events: number;
}

/** What bodies are packed by. */
export interface Dictionary {
  bytes: Uint8Array;
  /** To what part of itself it is packed without any. */
  ratio: number;
}

/** An issue as events meet it; kept as the tables have it, within a batch ahead of them. */
export interface KnownIssue {
  id: number;
  project: number;
  state: IssueState;
  substate: IssueSubstate;
  since: number;
  until: IssueUntil;
  events: number;
  users: number;
  firstSeen: number;
  groups: number;
}

/** What the worker remembers of its file, so that most events need not look it up. Bounded; all of it can be forgotten at any time. */
export class Memory {
  /** By project and hash; null for a hash that is discarded. */
  readonly groups = new Recent<string, KnownGroup | null>(50_000);
  readonly issues = new Recent<number, KnownIssue>(20_000);
  /** So many events in an hour are an escalation of an issue. */
  readonly thresholds = new Recent<number, { hour: number; events: number }>(20_000);
  /** How many values a group's key has. */
  readonly values = new Recent<string, number>(100_000);
  /** Keys of projects, releases of projects and people that are known to be in the file, the latter by the hour. */
  readonly seen = new Recent<string, number>(50_000);
  readonly dictionaries = new Recent<number, Dictionary>(1000);
  readonly windows = new Windows();
  readonly #numbers = new Recent<string, number>(20_000);
  readonly #texts = new Recent<number, string>(20_000);

  forget(): void {
    for (const all of [this.groups, this.issues, this.thresholds, this.values, this.seen, this.dictionaries, this.windows, this.#numbers, this.#texts])
      all.clear();
  }

  /** The number of a text, given where it has none; 0 for the empty one. */
  numberOf(file: ErrorsFile, text: string): number {
    if (text === '') return 0;
    let number = this.#numbers.get(text);
    if (number !== undefined) return number;
    number = file.get<{ id: number }>('SELECT id FROM texts WHERE text = ?', text)?.id ?? file.insert('INSERT INTO texts (text) VALUES (?)', text);
    this.#numbers.set(text, number);
    return number;
  }

  textOf(file: ErrorsFile, number: number): string {
    if (number === 0) return '';
    let text = this.#texts.get(number);
    if (text !== undefined) return text;
    text = file.get<{ text: string }>('SELECT text FROM texts WHERE id = ?', number)?.text ?? '';
    this.#texts.set(number, text);
    return text;
  }
}
