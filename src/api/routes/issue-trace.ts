import { HeedError } from '../../core/errors.ts';
import { sees } from '../../core/roles.ts';
import { readEventId } from '../../signals/errors/event/event-id.ts';
import type { TraceAnswer } from '../contract-errors.ts';
import type { Routes } from '../context.ts';
import { issueOf } from '../issues/find.ts';
import { MOST_EACH_SIDE, rowOfEvent, rowOfFact, traceRows } from '../issues/trace.ts';
import type { RouteSchema } from '../openapi.ts';

/** Facts this long before and after the event, milliseconds; those nearest to it of so many. */
const FACTS_AROUND = 600_000;
const MOST_FACTS = 500;

const schema: RouteSchema = {
  summary: 'What else happened in the trace that an event happened in, in all projects that one sees: errors, transactions, logs; in order of time.',
  params: {
    type: 'object',
    properties: {
      id: { type: 'string', maxLength: 120, description: 'Number or short id of the issue, e.g. SHOP-1A.' },
      event: { type: 'string', maxLength: 40, description: 'An event_id, latest or oldest.' },
    },
  },
  answer: 'TraceAnswer',
};

export const issueTraceRoutes: Routes = (app, { deps: { errors, facts, catalog } }) => {
  app.get<{ Params: { id: string; event: string } }>('/api/v1/issues/:id/events/:event/trace', { schema }, async (request): Promise<TraceAnswer> => {
    const { params, caller } = request;
    const issue = await issueOf(errors, params.id);
    const found = await errors.event(issue.id, params.event.toLowerCase().replaceAll('-', ''));
    if (!found)
      throw new HeedError('not_found', `cannot answer: issue ${issue.shortId} has no event ${params.event}, or it is no longer kept`, { status: 404 });
    const { timestamp: around, contexts } = found.event;
    const trace = readEventId(contexts?.trace?.trace_id);
    if (trace === undefined) return { trace: null, rows: [], more: false };
    const [events, told, projects] = await Promise.all([
      // One more than is shown tells whether there are more.
      errors.eventsOfTrace({ trace, around, limit: MOST_EACH_SIDE + 1 }),
      facts.find({ tags: { trace }, from: Math.floor(around) - FACTS_AROUND, until: Math.ceil(around) + FACTS_AROUND, limit: MOST_FACTS }),
      catalog.projects(),
    ]);
    const seen = projects.filter(({ id }) => !caller.person || sees(caller.person, id));
    const slugs = new Map(seen.map(({ id, slug }) => [Number(id), slug]));
    const issues = new Map(
      await Promise.all([...new Set(events.map((event) => event.issue))].map(async (id) => [id, (await errors.issue(id))?.shortId ?? ''] as const)),
    );
    const mine = new Set(slugs.values());
    return {
      trace,
      ...traceRows(
        [
          ...events.flatMap((event) => (slugs.has(event.project) ? [rowOfEvent(event, slugs.get(event.project) ?? '', issues.get(event.issue) ?? '')] : [])),
          ...told.flatMap((fact) => (mine.has(fact.tags.project) ? [rowOfFact(fact)] : [])),
        ],
        around,
      ),
    };
  });
};
