import { HeedError } from '../../core/errors.ts';
import { mapEvent } from '../../signals/errors/source-maps/map-event.ts';
import type { ErrorsStore, Issue } from '../../store/errors/errors-store.ts';
import type { EventAnswer, IssueAnswer, IssueEventsAnswer, IssueItem } from '../contract-errors.ts';
import type { Routes } from '../context.ts';
import { parseSearch } from '../issue-search/parse.ts';
import { attachmentItem } from '../attachments/item.ts';
import { actorOf } from '../issues/actor.ts';
import { issueOf, projectOf } from '../issues/find.ts';
import { groupingOf } from '../issues/grouping.ts';
import { readWindow, WINDOW_PARAMETERS, type WindowQuery } from '../issues/window.ts';
import { inReadingOrder } from '../issues/tag-order.ts';
import { windowedItem } from '../issues/windowed.ts';
import type { RouteSchema } from '../openapi.ts';
import type { ParametersSchema } from '../parameters.ts';
import { SEARCH_PARAMETERS } from './issues.ts';

/** Values of each tag, and things that were done, in the answer of an issue. */
const MOST_VALUES = 10;
const MOST_ACTIVITY = 100;
/** Most issues that become one at a time. */
const MOST_MERGED = 100;

const id: ParametersSchema['properties'][string] = { type: 'string', maxLength: 120, description: 'Number or short id, e.g. SHOP-1A.' };
const params = { type: 'object', properties: { id }, required: ['id'] } as const satisfies ParametersSchema;

const window = { type: 'object', properties: WINDOW_PARAMETERS } as const satisfies ParametersSchema;
/** Of answers that are about no window. */
const USUAL: WindowQuery = { from: WINDOW_PARAMETERS.from.default, until: WINDOW_PARAMETERS.until.default };

const get: RouteSchema = { summary: 'One issue, with what happened in a window of time.', params, querystring: window, answer: 'IssueAnswer' };
const events: RouteSchema = {
  summary: 'Events of an issue, newest first.',
  params,
  querystring: {
    type: 'object',
    properties: {
      query: SEARCH_PARAMETERS.query,
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 50, description: 'At most so many.' },
      cursor: { type: 'string', maxLength: 1000, description: 'What the page before said is next.' },
    },
  },
  answer: 'IssueEventsAnswer',
};
const event: RouteSchema = {
  summary: 'One event of an issue, mapped by its source maps, and why it is there.',
  querystring: window,
  params: { ...params, properties: { id, event: { type: 'string', maxLength: 40, description: 'An event_id, latest or oldest.' } } },
  answer: 'EventAnswer',
};
const merge: RouteSchema = {
  summary: 'Issues become part of this one, and so do the events that would come to them.',
  params,
  body: {
    type: 'object',
    properties: { ids: { type: 'array', items: { type: 'integer' }, minimum: 1, maxItems: MOST_MERGED, description: 'Numbers of the others.' } },
    required: ['ids'],
  },
  answer: 'IssueAnswer',
};
const unmerge: RouteSchema = {
  summary: 'Hashes leave this issue with their events for one of their own, which is answered.',
  params,
  body: {
    type: 'object',
    properties: { hashes: { type: 'array', items: { type: 'string' }, maxLength: 32, maxItems: 1000, description: '32 hex digits each.' } },
    required: ['hashes'],
  },
  answer: 'IssueAnswer',
};
const comment: RouteSchema = {
  summary: 'Says something about an issue.',
  params,
  body: { type: 'object', properties: { text: { type: 'string', minLength: 1, maxLength: 10_000, description: 'Plain text.' } }, required: ['text'] },
  answer: 'IssueAnswer',
};

const link: RouteSchema = {
  summary: 'Ties an address to an issue: a ticket, a merge request.',
  params,
  body: {
    type: 'object',
    properties: {
      url: { type: 'string', minLength: 1, maxLength: 2000, description: 'Begins with https:// or http://.' },
      title: { type: 'string', maxLength: 200, default: '', description: 'What to call it; the address itself without.' },
    },
    required: ['url'],
  },
  answer: 'IssueAnswer',
};
const unlink: RouteSchema = {
  summary: 'Takes an address from an issue.',
  params: { ...params, properties: { id, link: { type: 'integer', description: 'Number of the link.' } } },
  answer: 'IssueAnswer',
};

interface ById {
  Params: { id: string };
}

export const issueRoutes: Routes = (app, { deps }) => {
  const { errors } = deps;
  app.get<ById & { Querystring: WindowQuery }>('/api/v1/issues/:id', { schema: get }, async ({ params, query }) =>
    answerOf(errors, await issueOf(errors, params.id), query),
  );

  app.get<ById & { Querystring: { query: string; limit: number; cursor?: string } }>(
    '/api/v1/issues/:id/events',
    { schema: events },
    async ({ params, query: { query, ...page } }): Promise<IssueEventsAnswer> => {
      const { id } = await issueOf(errors, params.id);
      const found = await errors.events({ issue: id, terms: parseSearch(query), ...page });
      return { events: found.events, next: found.next ?? null };
    },
  );

  app.get<{ Params: { id: string; event: string }; Querystring: WindowQuery }>(
    '/api/v1/issues/:id/events/:event',
    { schema: event },
    async ({ params, query }): Promise<EventAnswer> => {
      const issue = await issueOf(errors, params.id);
      const which = params.event.toLowerCase().replaceAll('-', '');
      const found = await errors.event(issue.id, which);
      if (!found)
        throw new HeedError('not_found', `cannot answer: issue ${issue.shortId} has no event ${params.event}, or it is no longer kept`, { status: 404 });
      const { hashes, job = null, previous, next, place, kept } = found;
      const { event, maps } = await mapEvent(found.event, issue.project, deps);
      const { settings } = await projectOf(deps.catalog, String(issue.project));
      const [item, grouping, attachments] = await Promise.all([
        itemOf(errors, issue, query),
        groupingOf(found.event, issue.shortId, hashes, settings),
        deps.attachments.ofEvent(issue.project, found.event.event_id),
      ]);
      return { issue: item, event, job, previous, next, place, kept, attachments: attachments.map(attachmentItem), grouping, ...(maps.length > 0 && { maps }) };
    },
  );

  app.post<ById & { Body: { ids: number[] } }>('/api/v1/issues/:id/merge', { schema: merge }, async (request) => {
    const { params, body } = request;
    const into = await issueOf(errors, params.id);
    const others = [...new Set(body.ids)].filter((other) => other !== into.id);
    if (others.length === 0) throw new HeedError('bad_parameter', `cannot merge into ${into.shortId}: give the ids of other issues`);
    for (const other of others) {
      const { project, shortId } = await issueOf(errors, String(other));
      if (project !== into.project) throw new HeedError('bad_parameter', `cannot merge ${shortId} into ${into.shortId}: they are of different projects`);
    }
    await errors.merge(into.id, others, actorOf(request));
    return answerOf(errors, await issueOf(errors, String(into.id)));
  });

  app.post<ById & { Body: { hashes: string[] } }>('/api/v1/issues/:id/unmerge', { schema: unmerge }, async (request) => {
    const { params, body } = request;
    const issue = await issueOf(errors, params.id);
    return answerOf(errors, await errors.unmerge(issue.id, [...new Set(body.hashes)], actorOf(request)));
  });

  app.post<ById & { Body: { text: string } }>('/api/v1/issues/:id/comments', { schema: comment }, async (request) => {
    const { params, body } = request;
    const text = body.text.trim();
    if (text === '') throw new HeedError('bad_parameter', 'cannot comment: the text is empty');
    const { id } = await issueOf(errors, params.id);
    await errors.comment(id, text, actorOf(request));
    return answerOf(errors, await issueOf(errors, String(id)));
  });

  app.post<ById & { Body: { url: string; title: string } }>('/api/v1/issues/:id/links', { schema: link, bodyLimit: 10_000 }, async (request) => {
    const { params, body } = request;
    const { id } = await issueOf(errors, params.id);
    await errors.link(id, { url: webAddress(body.url), title: body.title.trim() }, actorOf(request));
    return answerOf(errors, await issueOf(errors, String(id)));
  });

  app.delete<{ Params: { id: string; link: number } }>('/api/v1/issues/:id/links/:link', { schema: unlink }, async (request) => {
    const { params } = request;
    const { id, shortId } = await issueOf(errors, params.id);
    if (!(await errors.unlink(id, params.link, actorOf(request))))
      throw new HeedError('not_found', `cannot take the link: issue ${shortId} has no link ${params.link}`, { status: 404 });
    return answerOf(errors, await issueOf(errors, String(id)));
  });
};

/** @throws HeedError `bad_url` for what a click must not run or open */
function webAddress(text: string): string {
  const url = URL.parse(text.trim());
  if (url && (url.protocol === 'https:' || url.protocol === 'http:')) return url.href;
  throw new HeedError('bad_url', `cannot add '${text.slice(0, 60)}': give an address that begins with https:// or http://`);
}

async function answerOf(errors: ErrorsStore, issue: Issue, times = USUAL): Promise<IssueAnswer> {
  const [tags, hashes, activity, links, item] = await Promise.all([
    errors.tags(issue.id, MOST_VALUES),
    errors.hashes(issue.id),
    errors.activity(issue.id, MOST_ACTIVITY),
    errors.links(issue.id),
    itemOf(errors, issue, times),
  ]);
  return {
    issue: item,
    tags: inReadingOrder(tags).map(({ key, total, values }) => ({ key, total, values: values.map(({ value, count }) => ({ value, count })) })),
    hashes: hashes.map(({ hash, title, lastSeen, events, mergedFrom }) => ({ hash, title, lastSeen, events, mergedFrom })),
    activity,
    links,
  };
}

async function itemOf(errors: Pick<ErrorsStore, 'issues'>, issue: Issue, times: WindowQuery): Promise<IssueItem> {
  const item = await windowedItem(errors, issue, readWindow(times, Date.now()));
  if (item) return item;
  throw new HeedError('not_found', `cannot answer: issue ${issue.shortId} was removed meanwhile`, { status: 404 });
}
