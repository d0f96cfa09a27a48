import type { IssuesPage } from '../../store/errors/errors-store.ts';
import type { IssueItem } from '../contract-errors.ts';
import { untilInWords } from './until.ts';

/** An issue with what happened in a window. */
export function listedItem(issue: IssuesPage['issues'][number]): IssueItem {
  const { id, shortId, slug, title, metadata, culprit, level, platform, handled, state, substate } = issue;
  const { firstSeen, lastSeen, firstRelease, lastRelease, events, users, assignee, bookmarked, comments, trend } = issue;
  return {
    id,
    shortId,
    project: slug,
    title,
    type: metadata.type ?? '',
    value: metadata.value ?? '',
    culprit,
    level,
    platform,
    handled: handled ?? null,
    state,
    substate,
    until: untilInWords(issue),
    firstSeen,
    lastSeen,
    firstRelease,
    lastRelease,
    events: issue.eventsInWindow,
    users: issue.usersInWindow,
    allEvents: events,
    allUsers: users,
    trend,
    assignee,
    bookmarked,
    comments,
  };
}
