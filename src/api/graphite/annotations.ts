import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import { listOfTags, tagsOfList } from '../../core/tag-list.ts';
import type { FactsStore } from '../../store/facts/facts-store.ts';
import type { RouteSchema } from '../openapi.ts';
import { type Annotation, annotationOf, readAnnotation } from './annotation.ts';
import { eventOf } from './events.ts';
import { MOST_TEXT, readMarker } from './marker.ts';
import type { Marks } from './marks.ts';

/** Events that are looked at for one answer. */
const MOST_LOOKED_AT = 10_000;
/** An annotation that began so much before the window may reach into it. */
const LONGEST = 86_400_000;
const MOST_TAGS = 20;
const DEFAULT_LIMIT = 100;

const listed: RouteSchema = {
  summary: "Events as Grafana's API lists annotations, newest first.",
  querystring: {
    type: 'object',
    properties: {
      from: { type: 'integer', minimum: 0, default: 0, description: 'Milliseconds since 1970, inclusive.' },
      to: { type: 'integer', minimum: 0, default: 0, description: 'Milliseconds since 1970, inclusive; 0 for no end.' },
      tags: { type: 'array', items: { type: 'string' }, maxItems: MOST_TAGS, maxLength: 1000, description: 'A tag that it must have; may be repeated.' },
      matchAny: { type: 'boolean', default: false, description: 'One of the tags is enough.' },
      type: { type: 'string', maxLength: 20, description: '`annotation` for events; no event is an `alert`.' },
      dashboardUID: { type: 'string', maxLength: 100, description: 'Only those made for this dashboard of Grafana.' },
      dashboardId: { type: 'integer', minimum: 0, default: 0, description: 'The same by its number; 0 for all.' },
      panelId: { type: 'integer', minimum: 0, default: 0, description: 'Only those made for this panel; 0 for all.' },
      limit: { type: 'integer', minimum: 0, maximum: MOST_LOOKED_AT, default: DEFAULT_LIMIT, description: 'At most so many; 0 for the default.' },
    },
  },
  answer: "A list of Grafana's annotations.",
};

interface Question {
  from: number;
  to: number;
  tags?: string[];
  matchAny: boolean;
  type?: string;
  dashboardUID?: string;
  dashboardId: number;
  panelId: number;
  limit: number;
}

const TAKES = 'The same marker within a minute is kept once; answers its number.';
const posted: RouteSchema = { summary: `Keeps an event that is said in the form of Grafana's annotations. ${TAKES}`, answer: '`message` and `id`.' };
const postedGraphite: RouteSchema = { ...posted, summary: `Keeps an event that is said in Graphite's form. ${TAKES}` };
const single: RouteSchema = { summary: "One event, as an annotation of Grafana's.", answer: "Grafana's annotation." };
const counted: RouteSchema = { summary: 'Tags of the newest events, with how many have each.', answer: '`result.tags`.' };
const refused: RouteSchema = { summary: 'Refused: what happened does not change.', answer: 'Nothing.' };

/** Grafana's annotations, kept and listed as events: tools that mark releases there can mark them here. */
export function annotationRoutes(app: FastifyInstance, facts: Pick<FactsStore, 'find'>, marks: Marks): void {
  const bodyLimit = 3 * MOST_TEXT;
  app.post('/api/annotations', { bodyLimit, schema: posted }, async ({ body }) => {
    const { id } = await marks.keep(readAnnotation(body, Date.now()));
    return { message: 'Annotation added', id };
  });
  app.post('/api/annotations/graphite', { bodyLimit, schema: postedGraphite }, async ({ body }) => {
    const { id } = await marks.keep(readMarker(body, Date.now()));
    return { message: 'Graphite annotation added', id };
  });
  app.get<{ Querystring: Question }>('/api/annotations', { schema: listed }, async ({ query }) => list(facts, query));
  app.get('/api/annotations/tags', { schema: counted }, async () => ({ result: { tags: await countTags(facts) } }));
  const one = '/api/annotations/:id';
  app.get<{ Params: { id: string } }>(one, { schema: single }, async ({ params }) => annotationOf(await eventOf(facts, idOf(params.id))));
  app.route({ method: ['PUT', 'PATCH', 'DELETE'], url: one, schema: refused, handler: refuse });
  app.post('/api/annotations/mass-delete', { schema: refused }, refuse);
}

async function list(facts: Pick<FactsStore, 'find'>, { from, to, tags = [], matchAny, type, limit, ...only }: Question): Promise<Annotation[]> {
  if (type === 'alert') return [];
  const filtered = only.dashboardUID !== undefined || only.dashboardId > 0 || only.panelId > 0;
  const question = {
    kind: 'event',
    from: Math.max(0, from - LONGEST),
    until: to === 0 ? undefined : to + 1,
    limit: filtered ? MOST_LOOKED_AT : limit || DEFAULT_LIMIT,
  };
  const ways = matchAny && tags.length > 0 ? tags.map((tag) => [tag]) : [tags];
  const found = await Promise.all(ways.map((way) => facts.find({ ...question, tags: tagsOfList(way) })));
  const annotations = [...new Map(found.flat().map((fact) => [fact.id, fact])).values()].map(annotationOf);
  return annotations
    .filter((one) => one.timeEnd >= from && isFor(one, only))
    .toSorted((a, b) => b.time - a.time || b.id - a.id)
    .slice(0, limit || DEFAULT_LIMIT);
}

function isFor(annotation: Annotation, { dashboardUID, dashboardId, panelId }: Pick<Question, 'dashboardUID' | 'dashboardId' | 'panelId'>): boolean {
  if (dashboardUID && annotation.dashboardUID !== dashboardUID) return false;
  if (dashboardId > 0 && annotation.dashboardId !== dashboardId) return false;
  return panelId === 0 || annotation.panelId === panelId;
}

async function countTags(facts: Pick<FactsStore, 'find'>): Promise<{ tag: string; count: number }[]> {
  const counts = new Map<string, number>();
  for (const { tags } of await facts.find({ kind: 'event', limit: MOST_LOOKED_AT }))
    for (const tag of listOfTags(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].map(([tag, count]) => ({ tag, count })).toSorted((a, b) => (a.tag < b.tag ? -1 : 1));
}

/** @throws HeedError `not_found` */
function idOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new HeedError('not_found', 'cannot answer: an annotation has a number', { status: 404 });
  return Number(text);
}

function refuse(_: FastifyRequest, reply: FastifyReply): never {
  reply.header('allow', 'GET');
  throw new HeedError('facts_never_change', 'cannot change an annotation: what happened is kept as it was said; mark what is right beside it', { status: 405 });
}
