import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { Issue } from '../../store/errors/errors-store.ts';
import { iso } from './period.ts';

/** What stands in Sentry's JSON of an issue and not in the store's. */
export interface IssueSetting {
  projects: ReadonlyMap<number, CatalogProject>;
  /** Begin of addresses of screens. */
  base: string;
}

/** Counts over time by the name of their period, e.g. `24h`; times are seconds. */
export type IssueStats = Record<string, [time: number, count: number][]>;

/** Keys that Sentry's clients require and that say nothing here. */
const EMPTY = {
  shareId: null,
  priorityLockedAt: null,
  seerFixabilityScore: null,
  seerAutofixLastTriggered: null,
  seerExplorerAutofixLastTriggered: null,
  inbox: null,
  owners: null,
  integrationIssues: [],
  sentryAppIssues: [],
  sessionCount: null,
  filtered: null,
  matchingEventId: null,
  matchingEventEnvironment: null,
  latestEventHasAttachments: false,
  subscriptionDetails: null,
  isSubscribed: false,
  isPublic: false,
  hasSeen: true,
  logger: null,
  annotations: [],
} as const;

/** What Sentry's agents made of it. */
const NO_PROGRESS = {
  blocker: '',
  progress: '',
  status: '',
  viewCount: 0,
  hasOpenFixPr: false,
  hasRootCause: false,
  lastCompletedAutofixStep: '',
  lastProgressedAt: null,
} as const;

/** An issue in Sentry's shape; `count` and `userCount` are those of `within`, or of all time. */
export function issueJson(
  issue: Issue,
  { projects, base }: IssueSetting,
  stats: IssueStats,
  within?: { events: number; users: number },
): Record<string, unknown> {
  const project = projects.get(issue.project);
  const seen = { firstSeen: iso(issue.firstSeen), lastSeen: iso(issue.lastSeen) };
  return {
    ...EMPTY,
    id: String(issue.id),
    shortId: issue.shortId,
    title: issue.title,
    culprit: issue.culprit,
    permalink: `${base}/errors/${issue.shortId}`,
    level: issue.level,
    status: issue.state === 'archived' ? 'ignored' : issue.state,
    substatus: substatusOf(issue),
    statusDetails: statusDetailsOf(issue),
    platform: issue.platform,
    priority: priorityOf(issue),
    project: { id: String(issue.project), name: project?.name ?? issue.slug, slug: project?.slug ?? issue.slug, platform: issue.platform },
    type: issue.type,
    issueType: issue.type === 'feedback' ? 'feedback' : 'error',
    issueCategory: issue.type === 'feedback' ? 'feedback' : 'error',
    metadata: issue.metadata,
    numComments: issue.comments,
    assignedTo: assignedTo(issue.assignee),
    derivedData: { ...NO_PROGRESS, isAssigned: issue.assignee !== '' },
    isBookmarked: issue.bookmarked,
    isUnhandled: issue.handled === false,
    // A text, so that languages without large numbers read it.
    count: String(within?.events ?? issue.events),
    userCount: within?.users ?? issue.users,
    ...seen,
    firstRelease: releaseOf(issue.firstRelease),
    lastRelease: releaseOf(issue.lastRelease),
    stats,
    lifetime: { count: String(issue.events), userCount: issue.users, ...seen, stats: {} },
  };
}

function substatusOf({ state, substate, until }: Issue): string | null {
  if (state === 'resolved') return null;
  if (state === 'unresolved') return substate === '' ? 'ongoing' : substate;
  if (until.escalating) return 'archived_until_escalating';
  return Object.keys(until).length > 0 ? 'archived_until_condition_met' : 'archived_forever';
}

function statusDetailsOf({ state, until, events, users }: Issue): Record<string, unknown> {
  if (state === 'resolved') {
    if (until.inRelease !== undefined) return { inRelease: until.inRelease };
    if (until.afterRelease !== undefined) return { inNextRelease: true };
    return until.inCommit === undefined ? {} : { inCommit: until.inCommit };
  }
  if (state !== 'archived') return {};
  return {
    ...(until.time === undefined ? {} : { ignoreUntil: iso(until.time) }),
    ...(until.events === undefined ? {} : { ignoreCount: Math.max(1, until.events - events) }),
    ...(until.users === undefined ? {} : { ignoreUserCount: Math.max(1, until.users - users) }),
  };
}

function priorityOf({ level, handled }: Issue): 'high' | 'medium' | 'low' {
  if (level === 'info' || level === 'debug') return 'low';
  return level === 'warning' || (level === 'error' && handled === true) ? 'medium' : 'high';
}

/** Whoever works on it: `ann@example.com`, `user:1` or `team:2`. */
export function assignedTo(assignee: string): Record<string, string> | null {
  if (assignee === '') return null;
  const [, type = 'user', name] = /^(?:(user|team):)?(.*)$/s.exec(assignee) ?? [];
  return { type, id: name, name, ...(name.includes('@') ? { email: name } : {}) };
}

function releaseOf(version: string): { version: string; shortVersion: string } | null {
  return version === '' ? null : { version, shortVersion: version };
}
