/** What an event says of the run of a job that it is of; at least one of `slug`, `run` and `trace`. */
export interface JobClue {
  slug?: string;
  /** 32 hex digits. */
  run?: string;
  /** Of the trace within which the run may go on. */
  trace?: string;
  /** Input file and record that failed; empty where it does not say. */
  file: string;
  record: string;
}

/** The run that an event is of. */
export interface JobOfEvent {
  slug: string;
  run: string;
  file: string;
  record: string;
}
