/** Who did what, as far as it is about access and set-up; part of the catalog. */
export interface Audit {
  /** Of more than 20,000 notes the oldest go. What cannot be written is told in the log, and stops nobody. */
  add(note: Omit<AuditNote, 'id'>): Promise<void>;
  /** The newest first; before one of them, if its number is given. */
  list(question: { before?: number; limit: number }): Promise<AuditNote[]>;
}

export interface AuditNote {
  id: number;
  /** Milliseconds since 1970. */
  time: number;
  /** Name of a person or of a token. */
  actor: string;
  /** E.g. `token made`. */
  deed: string;
  /** What it was done to. */
  object: string;
  /** Where the request came from. */
  address: string;
}

export const MOST_NOTES = 20_000;
