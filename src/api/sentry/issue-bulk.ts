import { HeedError } from '../../core/errors.ts';
import { removeAttachmentsOf } from '../attachments/remove-of-issues.ts';
import { actorOf } from '../issues/actor.ts';
import { projectOf } from '../issues/find.ts';
import { matchingIds, MOST_CHANGED } from '../issues/matching.ts';
import { withPeople } from './assignee.ts';
import { type Asked, route, type SentryDeps, type SentryRoutes } from './context.ts';
import { LISTS } from './issue-list.ts';
import { searchOf } from './issue-search.ts';
import { mergeInto } from './merge.ts';
import { readSentryChange } from './read-change.ts';

/** Most issues that are named in an address. */
const MOST_NAMED = 100;

/** Changes and removals of many issues: those of `id=1&id=2`, or those that a search finds. */
export const issueBulkRoutes: SentryRoutes = (app, deps) => {
  const { errors } = deps;
  route(app, 'PUT', LISTS, async (asked) => {
    const { request, reply } = asked;
    const { changes: said, merge, answer } = readSentryChange(request.body, Date.now());
    const changes = withPeople(said, await deps.catalog.people.list());
    // sentry-cli's `issues resolve --all` says nothing but the project, and means it.
    const ids = await chosen(asked, deps, asked.parts.slug !== undefined);
    if (ids.length === 0) return reply.code(204).send();
    const by = actorOf(request);
    if (merge) answer.merge = await mergeInto(errors, ids, by);
    if (changes.some((change) => change.do === 'discard')) await removeAttachmentsOf(deps, ids);
    for (const change of changes) await errors.change(ids, change, by);
    return changes.some((change) => change.do === 'discard') ? reply.code(204).send() : answer;
  });

  route(app, 'DELETE', LISTS, async (asked) => {
    const ids = await chosen(asked, deps);
    await removeAttachmentsOf(deps, ids);
    if (ids.length > 0) await errors.removeIssues(ids);
    return asked.reply.code(204).send();
  });
};

/** Ids of issues that there are, at most MOST_CHANGED. @throws HeedError `bad_parameter` where nothing says which, unless `all` may be meant */
async function chosen(asked: Asked, deps: SentryDeps, all = false): Promise<number[]> {
  const { parts, query } = asked;
  const named = [...new Set(query.getAll('id').flatMap((list) => list.split(',')))].filter((id) => id !== '');
  if (named.length > MOST_NAMED) throw new HeedError('bad_parameter', `Invalid id: at most ${MOST_NAMED} may be given, or a query for up to ${MOST_CHANGED}`);
  if (named.length === 0) {
    if (all || query.has('query') || query.has('status')) return matchingIds(deps.errors, await searchOf(asked, deps));
    throw new HeedError('bad_parameter', 'Invalid id: say which issues, by id or by query');
  }
  const project = parts.slug === undefined ? undefined : Number((await projectOf(deps.catalog, parts.slug)).id);
  const issues = await Promise.all(named.map(async (id) => (/^\d{1,15}$/.test(id) ? deps.errors.issue(Number(id)) : undefined)));
  return issues.flatMap((issue) => (issue && (project === undefined || issue.project === project) ? [issue.id] : []));
}
