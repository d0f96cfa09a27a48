import { compareReleases } from '../../core/release-version.ts';

/** A release among others of its projects. */
export interface Known {
  version: string;
  /** Numbers. */
  projects: readonly number[];
  /** When its first session or error came, or when it was made. */
  began: number;
}

/**
 * The release before: of those of a project of it that began earlier, the next lower version; where versions do not tell, the
 * one that began last.
 */
export function releaseBefore<Release extends Known>(release: Known, all: readonly Release[]): Release | undefined {
  let best: Release | undefined;
  let bestIsLower = false;
  for (const other of all) {
    if (other.version === release.version || other.began >= release.began || !other.projects.some((project) => release.projects.includes(project))) continue;
    const order = compareReleases(other.version, release.version);
    if (order !== undefined && order > 0) continue;
    const isLower = order !== undefined && order < 0;
    if (best === undefined || (isLower && !bestIsLower) || (isLower === bestIsLower && isNearer(other, best))) [best, bestIsLower] = [other, isLower];
  }
  return best;
}

function isNearer(a: Known, b: Known): boolean {
  const order = compareReleases(a.version, b.version);
  return order === undefined || order === 0 ? a.began > b.began : order > 0;
}
