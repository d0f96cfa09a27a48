import type { Issue } from '../../store/errors/errors-store.ts';
import type { Feedback } from '../../store/feedback/feedback-store.ts';
import { issuesOfFeedback } from '../feedback/item.ts';
import { projectOf } from '../issues/find.ts';
import { route, type SentryRoutes } from './context.ts';
import { cursorOf, limitOf, linkPages } from './pages.ts';
import { iso } from './period.ts';

/** What users wrote, as Sentry's user-feedback lists it. What is sent to this address comes in by the door of clients. */
export const userFeedbackRoutes: SentryRoutes = (app, deps) => {
  const { catalog, feedback } = deps;
  route(app, 'GET', '/projects/:organization/:slug/user-feedback/', async (asked) => {
    const project = Number((await projectOf(catalog, asked.parts.slug)).id);
    const limit = limitOf(asked.query);
    const cursor = cursorOf(asked.query);
    const before = cursor !== undefined && /^\d{1,15}$/.test(cursor) ? Number(cursor) : undefined;
    const state = asked.query.get('status') === 'unresolved' ? 'open' : undefined;
    const found = await feedback.list({ project, state, before, limit: limit + 1 });
    linkPages(asked, found.length > limit ? String(found[limit - 1].id) : undefined);
    const shown = found.slice(0, limit);
    const issues = await issuesOfFeedback(deps, shown);
    return shown.map((one) => userFeedbackJson(one, issues.get(one.id)));
  });
};

/** What a user wrote, in Sentry's shape. */
export function userFeedbackJson(one: Feedback, issue: Issue | undefined): Record<string, unknown> {
  const eventID = one.eventId || one.ownId;
  return {
    id: String(one.id),
    eventID,
    name: one.name,
    email: one.email,
    comments: one.message,
    dateCreated: iso(one.time),
    user: null,
    event: { id: eventID, eventID },
    issue: issue ? { id: String(issue.id), shortId: issue.shortId, title: issue.title } : null,
  };
}
