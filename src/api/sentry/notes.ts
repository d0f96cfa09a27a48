import { HeedError } from '../../core/errors.ts';
import { actorOf } from '../issues/actor.ts';
import { issueOf } from '../issues/find.ts';
import { activityJson } from './activity-json.ts';
import { issueAddresses, route, type SentryRoutes } from './context.ts';
import { linkPages } from './pages.ts';

const MOST_ACTIVITY = 1000;
const MOST_TEXT = 10_000;

/** What people say of an issue, and all that was done with it. */
export const noteRoutes: SentryRoutes = (app, { errors }) => {
  const notes = [...issueAddresses('comments/'), ...issueAddresses('notes/')];
  route(app, 'GET', notes, async (asked) => {
    const { id } = await issueOf(errors, asked.parts.issue);
    linkPages(asked, undefined);
    return (await errors.activity(id, MOST_ACTIVITY)).filter(({ kind }) => kind === 'comment').map(activityJson);
  });

  route(app, 'POST', notes, async ({ parts, request, reply }) => {
    const { id } = await issueOf(errors, parts.issue);
    const { text } = (request.body ?? {}) as { text?: unknown };
    if (typeof text !== 'string' || text.trim() === '' || text.length > MOST_TEXT)
      throw new HeedError('bad_parameter', `text: a comment of 1 to ${MOST_TEXT} characters is needed`);
    return reply.code(201).send(activityJson(await errors.comment(id, text.trim(), actorOf(request))));
  });

  route(app, 'GET', issueAddresses('activities/'), async ({ parts }) => {
    const { id } = await issueOf(errors, parts.issue);
    return { activity: (await errors.activity(id, MOST_ACTIVITY)).map(activityJson) };
  });
};
