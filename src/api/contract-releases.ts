import type { IssueItem } from './contract-errors.ts';

/** Types of what the HTTP API answers of releases; the screens and the terminal read these. Times are milliseconds, shares are percent. */

/** `GET /api/v1/releases?project=&environment=&from=&until=&sort=date|adoption|crash_free|sessions|new&limit=` */
export interface ReleasesAnswer {
  releases: ReleaseItem[];
  /** How many there are; `limit` of them are told. */
  total: number;
  /** From which sessions or errors came, for choosing one. */
  environments: string[];
  from: number;
  until: number;
}

export interface ReleaseItem {
  version: string;
  /** Slugs. */
  projects: string[];
  /** When it was made, or first heard of. */
  created: number;
  released: number | null;
  /** The last of each environment, newest first. */
  deploys: { environment: string; time: number }[];
  /** Hour of the last event or session in the window. */
  lastSeen: number | null;
  /** Share of its projects' sessions of the window's last 24 hours; null where there were none of any release. */
  adoption: number | null;
  /** Within the window, as are all that follow. */
  sessions: number;
  users: number;
  crashFreeSessions: number | null;
  crashFreeUsers: number | null;
  events: number;
  /** Issues that began with it, ever. */
  newIssues: number;
  regressedIssues: number;
  verdict: ReleaseVerdict;
}

/** How a release fares against the one before, both looked at for as long since their first session. */
export interface ReleaseVerdict {
  kind: 'worse' | 'better' | 'same' | 'early' | 'first' | 'unknown';
  words: string;
  /** The release before; empty for the first. */
  before: string;
}

/** `GET /api/v1/releases/:version?project=&environment=&from=&until=` */
export interface ReleaseAnswer {
  release: ReleaseItem;
  /** Its page where it was built; empty for none. */
  url: string;
  /** What it was built from, e.g. a branch. */
  ref: string;
  /** Over the window; `null` is for hours without sessions. */
  hours: {
    start: number;
    step: number;
    sessions: number[];
    crashed: number[];
    crashFree: (number | null)[];
    /** Of the release before, in the same hours. */
    crashFreeBefore: (number | null)[];
    adoption: (number | null)[];
  };
  /** How its sessions went. */
  outcomes: { healthy: number; errored: number; unhandled: number; abnormal: number; crashed: number };
  /** At most 50 of each, newest first, and how many there are. */
  issues: Record<'new' | 'regressed' | 'resolved', { total: number; items: IssueItem[] }>;
  /** `link` is empty where it is not known. */
  commits: { id: string; message: string; author: string; time: number | null; repository: string; link: string }[];
  deploys: { environment: string; name: string; url: string; started: number | null; finished: number }[];
  from: number;
  until: number;
}
