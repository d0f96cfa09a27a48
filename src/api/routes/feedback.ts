import { HeedError } from '../../core/errors.ts';
import { issuesOf } from '../../signals/errors/receive/feedback-issues.ts';
import { type Feedback, FEEDBACK_STATES, type FeedbackState } from '../../store/feedback/feedback-store.ts';
import type { FeedbackAnswer, FeedbackChanged, FeedbackDetail } from '../contract-feedback.ts';
import type { Routes } from '../context.ts';
import { attachmentItem } from '../attachments/item.ts';
import { feedbackItems } from '../feedback/item.ts';
import { actorOf } from '../issues/actor.ts';
import { issueOf, projectOf } from '../issues/find.ts';
import type { RouteSchema } from '../openapi.ts';
import type { ParametersSchema } from '../parameters.ts';
import { mustWorkOn } from '../security/person-access.ts';

const MOST_CHANGED = 1000;
/** Of an issue; and of so many of its project, the newest, they are looked for among. */
const MOST_OF_ISSUE = 50;
const MOST_LOOKED_AT = 5000;
const MOST_WORDS = 10;

const params: ParametersSchema = { type: 'object', properties: { id: { type: 'integer', description: 'Its number.' } } };

const list: RouteSchema = {
  summary: 'What users wrote, the newest first.',
  querystring: {
    type: 'object',
    properties: {
      project: { type: 'string', maxLength: 100, description: 'Short name of a project; all projects without it.' },
      state: { type: 'string', maxLength: 20, default: 'open', description: 'open, resolved, spam or all.' },
      query: { type: 'string', maxLength: 200, default: '', description: 'Words that are all in the message, the name, the address or the page.' },
      before: { type: 'integer', minimum: 1, description: 'Only before this number, which `next` tells.' },
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 50, description: 'At most so many.' },
    },
  },
  answer: 'FeedbackAnswer',
};
const one: RouteSchema = { summary: 'What a user wrote, with the files that came with it.', params, answer: 'FeedbackDetail' };
const change: RouteSchema = {
  summary: 'Settles feedback, opens it again, or calls it spam.',
  body: {
    type: 'object',
    properties: {
      ids: { type: 'array', items: { type: 'integer' }, minimum: 1, maxItems: MOST_CHANGED, description: 'Numbers.' },
      state: { type: 'string', maxLength: 20, description: 'open, resolved or spam.' },
    },
    required: ['ids', 'state'],
  },
  answer: 'FeedbackChanged',
};
const remove: RouteSchema = { summary: 'Removes feedback for good, with the files that came with it.', params, answer: '{ removed }: its number.' };
const ofIssue: RouteSchema = {
  summary: 'What users wrote about events of an issue, the newest first; 50 at most.',
  params: { type: 'object', properties: { id: { type: 'string', maxLength: 120, description: 'Number or short id, e.g. SHOP-1A.' } } },
  answer: 'FeedbackItem[]',
};

export const feedbackRoutes: Routes = (app, { deps }) => {
  const { feedback, catalog, errors, attachments } = deps;

  app.get<{ Querystring: { project?: string; state: string; query: string; before?: number; limit: number } }>(
    '/api/v1/feedback',
    { schema: list },
    async ({ query: { project, state, query, before, limit } }): Promise<FeedbackAnswer> => {
      const number = project ? Number((await projectOf(catalog, project)).id) : null;
      const words = query.split(/\s+/).filter((word) => word !== '');
      if (words.length > MOST_WORDS) throw new HeedError('bad_search', `cannot search for so many words: give ${MOST_WORDS} at most`);
      const found = await feedback.list({
        project: number,
        state: state === 'all' ? undefined : readState(state, ', or all'),
        words,
        before,
        limit: limit + 1,
      });
      return {
        feedback: await feedbackItems(deps, found.slice(0, limit)),
        next: found.length > limit ? found[limit - 1].id : null,
        totals: await feedback.totals(number),
        now: Date.now(),
      };
    },
  );

  app.get<{ Params: { id: number } }>('/api/v1/feedback/:id', { schema: one }, async ({ params: { id }, caller: { person } }): Promise<FeedbackDetail> => {
    const found = await mustFind(id);
    if (person) mustWorkOn(person, [found.project], 'event:read');
    const [item] = await feedbackItems(deps, [found]);
    const files = found.ownId === '' ? [] : await attachments.ofEvent(found.project, found.ownId);
    return { feedback: item, ownId: found.ownId, attachments: files.map(attachmentItem) };
  });

  app.patch<{ Body: { ids: number[]; state: string } }>('/api/v1/feedback', { schema: change }, async (request): Promise<FeedbackChanged> => {
    const ids = [...new Set(request.body.ids)];
    const state = readState(request.body.state);
    const { person } = request.caller;
    if (person) {
      const all = await Promise.all(ids.map((id) => feedback.find(id)));
      mustWorkOn(
        person,
        all.flatMap((found) => (found ? [found.project] : [])),
        'event:write',
      );
    }
    const before = await feedback.change(ids, state, actorOf(request), Date.now());
    return { changed: before.length, before };
  });

  app.delete<{ Params: { id: number } }>('/api/v1/feedback/:id', { schema: remove }, async ({ params: { id }, caller: { person } }) => {
    const found = await mustFind(id);
    if (person) mustWorkOn(person, [found.project], 'event:admin');
    if (found.ownId !== '')
      for (const file of await attachments.ofEvent(found.project, found.ownId)) await attachments.remove(found.project, found.ownId, file.id);
    await feedback.remove(id);
    return { removed: id };
  });

  app.get<{ Params: { id: string } }>('/api/v1/issues/:id/feedback', { schema: ofIssue }, async ({ params }) => {
    const issue = await issueOf(errors, params.id);
    const ties = await feedback.ties({ project: issue.project, limit: MOST_LOOKED_AT });
    const numbers = await issuesOf(deps, issue.project, ties);
    const same = new Map<number, boolean>([[issue.id, true]]);
    const found: Feedback[] = [];
    for (const [id, number] of numbers) {
      if (number === 0) continue;
      // What was merged into this one is its own.
      if (!same.has(number)) same.set(number, (await errors.issue(number))?.id === issue.id);
      if (same.get(number) !== true) continue;
      const one = await feedback.find(id);
      if (one && one.state !== 'spam') found.push(one);
      if (found.length === MOST_OF_ISSUE) break;
    }
    return feedbackItems(deps, found);
  });

  async function mustFind(id: number): Promise<Feedback> {
    const found = await feedback.find(id);
    if (found) return found;
    throw new HeedError('not_found', `cannot answer: there is no feedback ${id}`, { status: 404 });
  }
};

function readState(text: string, more = ''): FeedbackState {
  const state = FEEDBACK_STATES.find((known) => known === text);
  if (state) return state;
  throw new HeedError('bad_parameter', `cannot read the state '${text.slice(0, 20)}': it is ${FEEDBACK_STATES.join(', ')}${more}`);
}
