import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { Commit, Deploy, Release } from '../../store/catalog/releases.ts';
import { iso } from './period.ts';

/** What errors tell of a release. */
export interface ReleaseErrors {
  newIssues: number;
  lastEvent: number | undefined;
  /** Projects that told of sessions of it in the last 90 days. */
  withSessions: ReadonlySet<number>;
}

/** A release in Sentry's shape. */
export function releaseJson(release: Release, projects: readonly CatalogProject[], deploys: readonly Deploy[], errors: ReleaseErrors): Record<string, unknown> {
  const { id, version, created, started, released, archived, url, ref, commits } = release;
  const authors = new Map(commits.filter(({ author, email }) => author + email !== '').map(({ author, email }) => [email || author, { name: author, email }]));
  return {
    id,
    version,
    shortVersion: version,
    status: archived ? 'archived' : 'open',
    ref: ref === '' ? null : ref,
    url: url === '' ? null : url,
    dateCreated: iso(created),
    dateStarted: timeOr(started),
    dateReleased: timeOr(released),
    data: {},
    newGroups: errors.newIssues,
    owner: null,
    commitCount: commits.length,
    lastCommit: commits.length > 0 ? commitJson(commits[0]) : null,
    deployCount: deploys.length,
    lastDeploy: deploys.length > 0 ? deployJson(deploys[0]) : null,
    authors: [...authors.values()],
    projects: projects
      .filter((project) => release.projects.includes(Number(project.id)))
      .map((project) => ({
        id: Number(project.id),
        slug: project.slug,
        name: project.name,
        newGroups: errors.newIssues,
        hasHealthData: errors.withSessions.has(Number(project.id)),
        platform: null,
        platforms: [],
      })),
    firstEvent: null,
    lastEvent: timeOr(errors.lastEvent),
    versionInfo: null,
  };
}

export const deployJson = ({ id, environment, name, url, started, finished }: Deploy): Record<string, unknown> => ({
  id: String(id),
  environment,
  name: name === '' ? null : name,
  url: url === '' ? null : url,
  dateStarted: timeOr(started),
  dateFinished: iso(finished),
});

export const commitJson = ({ id, repository, message, author, email, time }: Commit): Record<string, unknown> => ({
  id,
  message,
  dateCreated: timeOr(time),
  author: author + email === '' ? null : { name: author, email },
  repository: repository === '' ? null : { id: repository, name: repository, status: 'active', dateCreated: timeOr(time) },
  // Heed asks no host of code for these.
  pullRequest: null,
  suspectCommitType: '',
  releases: [],
});

const timeOr = (time: number | undefined): string | null => (time === undefined ? null : iso(time));
