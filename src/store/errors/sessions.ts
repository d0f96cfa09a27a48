/** How a session went, best first: `errored` had errors that were handled, `unhandled` one that was not and did not end it. */
export const OUTCOMES = ['healthy', 'errored', 'unhandled', 'abnormal', 'crashed'] as const;
export type SessionOutcome = (typeof OUTCOMES)[number];

/** What a client told of one session, or a server of those that began in a minute. Times are milliseconds since 1970. */
export type NewSessions = {
  project: number;
  release: string;
  environment: string;
  started: number;
  /** Whose, by the client's name; empty for nobody. */
  user: string;
} & (
  | {
      /** 32 hex digits. */
      id: string;
      /** The first of its session: by it the session is counted, in the hour in which it began. */
      first: boolean;
      /** Of what is told of one session the highest holds. */
      sequence: number;
      outcome: SessionOutcome;
    }
  | { counts: Readonly<Record<SessionOutcome, number>> }
);

/** An hour of a project whose counts changed. */
export interface ChangedHour {
  project: number;
  /** Its begin. */
  time: number;
}

export interface SessionsQuestion {
  /** Null for all projects. */
  project: number | null;
  release?: string;
  environment?: string;
  from: number;
  until: number;
  /** Whole hours, milliseconds; undefined for totals only. */
  step?: number;
  /** False where they are not needed: counting them takes longest. */
  users?: boolean;
  /** What each row is of; none for one row of everything. */
  by: readonly ('project' | 'release' | 'environment')[];
}

/** Sessions by how they went, and the users who had such: whoever had none but `healthy` ones is in `users` only. */
export interface SessionCounts {
  /** All of them; those that are in no other number were healthy. */
  sessions: number;
  errored: number;
  unhandled: number;
  abnormal: number;
  crashed: number;
  /** Of more than 2,048 in an hour, or in the answer, an estimate that is 2 to 3 percent off. */
  users: number;
  /** Had any that was not healthy. */
  usersErrored: number;
  usersUnhandled: number;
  usersAbnormal: number;
  usersCrashed: number;
}

export interface SessionsAnswer {
  /** Begin of the first slot, and their length; of totals only 0. */
  start: number;
  step: number;
  /** Most sessions first. `project` is 0, `release` and `environment` are empty where rows are not by it. */
  rows: { project: number; release: string; environment: string; totals: SessionCounts; series: SessionCounts[] }[];
}

export interface ReleasesQuestion {
  /** Null for all projects. */
  project: number | null;
  release?: string;
  environment?: string;
  /** The window that events and what was seen last are of. */
  from: number;
  until: number;
}

export interface ReleaseIssuesQuestion {
  project: number | null;
  release: string;
  /** The release before it. */
  previous?: string;
  /** Ids of its commits. */
  commits: readonly string[];
}

/** A release of a project as what came with its name tells. */
export interface SeenRelease {
  project: number;
  release: string;
  /** When its first event or session was. */
  firstSeen: number;
  /** Hour of its last event or session within the window; 0 when there was none. */
  lastSeen: number;
  /** Within the window. */
  events: number;
  /** Issues that began with it, ever. */
  newIssues: number;
  /** That had been resolved and came again in it. */
  regressedIssues: number;
}

/** Numbers of issues, newest first. */
export interface ReleaseIssues {
  new: number[];
  /** Had been resolved and came again in it. */
  regressed: number[];
  /** Resolved in it, in the release that follows `previous`, or by one of the commits. */
  resolved: number[];
}

export const NO_SESSIONS: SessionCounts = {
  sessions: 0,
  errored: 0,
  unhandled: 0,
  abnormal: 0,
  crashed: 0,
  users: 0,
  usersErrored: 0,
  usersUnhandled: 0,
  usersAbnormal: 0,
  usersCrashed: 0,
};

/** Percent of sessions and of users without a crash; undefined where there are none. */
export function crashFree(counts: SessionCounts): { sessions: number | undefined; users: number | undefined } {
  const rate = (bad: number, all: number): number | undefined => (all > 0 ? 100 * (1 - Math.min(bad, all) / all) : undefined);
  return { sessions: rate(counts.crashed, counts.sessions), users: rate(counts.usersCrashed, counts.users) };
}
