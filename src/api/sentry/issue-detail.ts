import type { Issue } from '../../store/errors/errors-store.ts';
import { removeAttachmentsOf } from '../attachments/remove-of-issues.ts';
import { actorOf } from '../issues/actor.ts';
import { issueOf } from '../issues/find.ts';
import { activityJson } from './activity-json.ts';
import { type Asked, issueAddresses, route, type SentryDeps, type SentryRoutes } from './context.ts';
import { withPeople } from './assignee.ts';
import { issueJson } from './issue-json.ts';
import { settingOf, statsOf } from './issue-list.ts';
import { readSentryChange } from './read-change.ts';
import { tagJson } from './tag-json.ts';

const MOST_ACTIVITY = 100;
const MOST_VALUES = 4;

/** One issue: all of it, its change, its removal. */
export const issueDetailRoutes: SentryRoutes = (app, deps) => {
  const { errors } = deps;
  route(app, 'GET', issueAddresses(''), async (asked) => detail(await issueOf(errors, asked.parts.issue), asked, deps));

  route(app, 'PUT', issueAddresses(''), async (asked) => {
    const { parts, request, reply } = asked;
    const issue = await issueOf(errors, parts.issue);
    const changes = withPeople(readSentryChange(request.body, Date.now()).changes, await deps.catalog.people.list());
    if (changes.some((change) => change.do === 'discard')) await removeAttachmentsOf(deps, [issue.id]);
    for (const change of changes) await errors.change([issue.id], change, actorOf(request));
    if (changes.some((change) => change.do === 'discard')) return reply.code(204).send();
    return detail(await issueOf(errors, String(issue.id)), asked, deps);
  });

  route(app, 'GET', issueAddresses('external-issues/'), async ({ parts }) => {
    const { id } = await issueOf(errors, parts.issue);
    return (await errors.links(id)).map((link) => ({
      id: String(link.id),
      issueId: String(id),
      serviceType: 'heed',
      displayName: link.title || link.url,
      webUrl: link.url,
    }));
  });

  route(app, 'DELETE', issueAddresses(''), async ({ parts, reply }) => {
    const issue = await issueOf(errors, parts.issue);
    await removeAttachmentsOf(deps, [issue.id]);
    await errors.removeIssues([issue.id]);
    return reply.code(202).send();
  });
};

async function detail(issue: Issue, asked: Asked, deps: SentryDeps): Promise<Record<string, unknown>> {
  const { errors } = deps;
  const now = Date.now();
  const [setting, day, month, activity, tags, links] = await Promise.all([
    settingOf(asked, deps),
    statsOf(errors, issue, now, '24h'),
    statsOf(errors, issue, now, '30d'),
    errors.activity(issue.id, MOST_ACTIVITY),
    errors.tags(issue.id, MOST_VALUES),
    errors.links(issue.id),
  ]);
  return {
    ...issueJson(issue, setting, { ...day, ...month }),
    annotations: links.map(({ url, title }) => ({ displayName: title || url, url })),
    activity: activity.map(activityJson),
    tags: tags.map(({ key, total }) => ({ ...tagJson(key), totalValues: total })),
    participants: [],
    seenBy: [],
    userReportCount: 0,
  };
}
