/** Errors of a run of a job, by input file and record. */
export interface RunErrorsQuestion {
  project: number;
  run: string;
  /** Only of this input file. */
  file?: string;
  /** Most records. */
  limit: number;
}

export interface RunErrors {
  /** All that happened in it, and those that are told apart here. */
  events: number;
  listed: number;
  /** Most events first; 100 at most, of so many. */
  files: { file: string; events: number; records: number; issues: number }[];
  allFiles: number;
  /** Of the file that was asked for, or of all; most events first, 50 at most. */
  issues: { issue: number; events: number; records: number; files: number }[];
  /** In order of files and records. */
  records: { file: string; record: string; issue: number; events: number; title: string; eventId: string }[];
  /** How many of those there are. */
  allRecords: number;
}
