import { HeedError } from '../../core/errors.ts';
import { isShortId, issueOf } from '../issues/find.ts';
import { route, type SentryRoutes } from './context.ts';
import { issueJson } from './issue-json.ts';
import { settingOf } from './issue-list.ts';

/** The issue that `SHOP-1A` stands for. */
export const shortIdRoutes: SentryRoutes = (app, deps) => {
  route(app, 'GET', '/organizations/:organization/shortids/:short/', async (asked) => {
    const { parts } = asked;
    if (!isShortId(parts.short)) throw new HeedError('not_found', 'cannot answer: this is no short id', { status: 404 });
    const issue = await issueOf(deps.errors, parts.short);
    const group = issueJson(issue, await settingOf(asked, deps), {});
    return { organizationSlug: parts.organization, projectSlug: issue.slug, groupId: String(issue.id), group, shortId: issue.shortId };
  });
};
