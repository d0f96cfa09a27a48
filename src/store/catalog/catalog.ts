import type { Audit } from './audit.ts';
import type { People } from './people.ts';
import type { Projects } from './projects.ts';
import type { Releases } from './releases.ts';
import type { Sessions } from './sessions.ts';
import type { Tokens } from './tokens.ts';

/**
 * What people set up: projects, dashboards, releases, tokens and people now; rules later. The embedded engine keeps it in SQLite, a distributed one in
 * PostgreSQL. `contract.suite.ts` runs against every implementation.
 */
export interface Catalog extends Projects, AsyncDisposable {
  /** Remembers that something happened in this data folder, e.g. `arrived`. Marking again keeps the first time. */
  mark(name: string, time: number): Promise<void>;
  /** When it was marked, milliseconds since 1970; undefined when never. */
  marked(name: string): Promise<number | undefined>;
  /** All saved dashboards without their texts, by slug. */
  dashboards(): Promise<Omit<SavedDashboard, 'text'>[]>;
  /** The one of this slug; undefined when none is saved. */
  dashboard(slug: string): Promise<SavedDashboard | undefined>;
  /**
   * Saves a dashboard, in the place of the one of its slug.
   * @throws HeedError `too_many_dashboards` (507) above 1,000, `too_large` (413) above 256 kB
   */
  saveDashboard(slug: string, text: string): Promise<void>;
  /** Resolves to whether one was there. */
  removeDashboard(slug: string): Promise<boolean>;
  readonly releases: Releases;
  readonly tokens: Tokens;
  readonly people: People;
  readonly sessions: Sessions;
  readonly audit: Audit;
  /** Damage met since the start, each with a file and what was lost. */
  readonly damage: { file: string; what: string; time: number }[];
}

/** A dashboard that was made or changed on the screen. */
export interface SavedDashboard {
  slug: string;
  /** JSON. */
  text: string;
  /** When it was saved, milliseconds since 1970. */
  changed: number;
}

export const MOST_DASHBOARDS = 1000;
export const MOST_DASHBOARD_BYTES = 256 * 1024;
