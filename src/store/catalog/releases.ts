/** Versions of what is monitored, as who builds them tells; part of the catalog. All times are milliseconds since 1970. */
export interface Releases {
  /**
   * Makes a release, or puts what is given in the place of what is known of it; projects are added to those that it has.
   * Beyond 500 releases the one made first goes, with its deploys.
   * @throws HeedError `bad_name` for a version of no or more than 200 characters, `too_large` (413) for more than 32 kB of commits
   */
  save(version: string, part: ReleasePart): Promise<{ release: Release; made: boolean }>;
  release(version: string): Promise<Release | undefined>;
  /** Of a project or of all, archived or not or both, the one made last first. */
  list(question: { project?: number; archived?: boolean; limit: number; offset: number }): Promise<Release[]>;
  /** Resolves to whether it was there. */
  remove(version: string): Promise<boolean>;
  /**
   * A release reached an environment. Beyond 100 of a release the first goes.
   * @throws HeedError `not_found` (404) without such a release
   */
  addDeploy(version: string, deploy: Omit<Deploy, 'id'>): Promise<Deploy>;
  /** Of a release, newest first. */
  deploys(version: string): Promise<Deploy[]>;
}

export interface Release {
  id: number;
  version: string;
  /** Their numbers, in order. */
  projects: number[];
  created: number;
  started: number | undefined;
  /** When it was finalised; undefined for one that is still in the making. */
  released: number | undefined;
  url: string;
  /** Left out of Sentry's lists until it is asked for. */
  archived: boolean;
  /** What it was built from, e.g. a branch. */
  ref: string;
  /** Newest first. */
  commits: Commit[];
}

export type ReleasePart = Partial<Omit<Release, 'id' | 'version' | 'created'>>;

export interface Commit {
  id: string;
  repository: string;
  message: string;
  author: string;
  email: string;
  time: number | undefined;
  /** What it changed: added, modified or deleted. */
  files: { path: string; type: 'A' | 'M' | 'D' }[];
}

export interface Deploy {
  id: number;
  environment: string;
  name: string;
  url: string;
  started: number | undefined;
  finished: number;
}

export const MOST_RELEASES = 500;
export const MOST_DEPLOYS = 100;
export const MOST_VERSION = 200;
export const MOST_COMMITS_BYTES = 32 * 1024;
