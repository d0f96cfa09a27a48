import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import { listOfTags, tagsOfList } from '../../core/tag-list.ts';
import { parseTime } from '../../query/time/attime.ts';
import { knownZone } from '../../query/time/zone.ts';
import type { FactsStore, StoredFact } from '../../store/facts/facts-store.ts';
import { sendJson, sendList } from './json.ts';
import { MOST_TEXT, readMarker } from './marker.ts';
import type { Marks } from './marks.ts';
import { lastOf, type Params, paramsOf } from './params.ts';
import { question } from './question.ts';

/** Most events of one answer. */
const MOST_EVENTS = 10_000;
/** Most tags of one question; each is a search of its own where any will do. */
const MOST_TAGS = 20;
/** What the page shows around one event, seconds. */
const AROUND = 1800;

/** Graphite's events: `POST /events/` keeps one, `/events/get_data` and `GET /events/` answer them, `/events/7/` one. */
export function eventRoutes(app: FastifyInstance, facts: Pick<FactsStore, 'find'>, marks: Marks): void {
  // The root too: behind a proxy's path sitespeed.io leaves the rest of the address out.
  for (const url of ['/events', '/events/', '/'])
    app.post(url, { bodyLimit: 3 * MOST_TEXT }, async ({ body }) => ({ added: (await marks.keep(readMarker(body, Date.now()))).added }));
  for (const url of ['/events', '/events/'])
    app.get(url, async (request, reply) => (isBrowser(request) ? reply.redirect('/metrics') : sendEvents(facts, paramsOf(request), reply)));
  question(app, '/events/get_data', async (request, reply) => sendEvents(facts, paramsOf(request), reply));
  question(app, String.raw`/events/:id(^\d{1,15}$)`, async (request, reply) => {
    const event = await eventOf(facts, Number((request.params as { id: string }).id));
    const seconds = Math.floor(event.time / 1000);
    if (isBrowser(request)) return reply.redirect(`/metrics?from=${Math.max(1, seconds - AROUND)}&until=${seconds + AROUND}`);
    const { id, time, title, text, tags } = event;
    const when = new Date(time).toISOString().replace(/\.000Z$/, 'Z');
    return sendJson(reply, paramsOf(request), { id, when, what: title, data: text, tags: listOfTags(tags) });
  });
}

/** Graphite shows pages of events; ours show them on charts. */
const isBrowser = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('text/html') ?? false;

/** @throws HeedError `not_found` */
export async function eventOf(facts: Pick<FactsStore, 'find'>, id: number): Promise<StoredFact> {
  const [event] = await facts.find({ id, kind: 'event', limit: 1 });
  if (!event) throw new HeedError('not_found', `cannot answer: there is no event ${id}`, { status: 404 });
  return event;
}

async function sendEvents(facts: Pick<FactsStore, 'find'>, params: Params, reply: FastifyReply): Promise<FastifyReply> {
  const zone = lastOf(params, 'tz');
  const times = { now: Math.floor(Date.now() / 1000) * 1000, timeZone: (zone && knownZone(zone)) || 'UTC' };
  const moment = (name: string): number | undefined => {
    const text = lastOf(params, name);
    return text ? parseTime(text, times) : undefined;
  };
  const from = moment('from');
  // A whole second, and included.
  const until = (moment('until') ?? Date.now()) + 1000;
  const lists = tagLists(params);
  const found = await Promise.all(lists.map((tags) => facts.find({ kind: 'event', from, until, tags: tagsOfList(tags), limit: MOST_EVENTS })));
  const events = new Map(found.flat().map((fact) => [fact.id, fact]));
  const sorted = [...events.values()].toSorted((a, b) => a.time - b.time || a.id - b.id);
  return sendList(reply, params, sorted, written);
}

/** Tags that an event must have all, by way: one way for all of them, or with `set=union` one for each. A star asks for nothing. */
function tagLists(params: Params): string[][] {
  const tags = (params.tags ?? []).flatMap((text) => text.split(/[\s,]+/)).filter((tag) => tag !== '' && tag !== '*');
  if (tags.length > MOST_TAGS) throw new HeedError('bad_parameter', `cannot answer: more than ${MOST_TAGS} tags`);
  return lastOf(params, 'set') === 'union' && tags.length > 0 ? tags.map((tag) => [tag]) : [tags];
}

function written({ id, time, title, text, tags }: StoredFact): string {
  return JSON.stringify({ id, when: Math.floor(time / 1000), what: title, data: text, tags: listOfTags(tags) });
}
