import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Fact } from '../../core/fact.ts';
import { HeedError } from '../../core/errors.ts';
import { listOfTags, tagsOfList } from '../../core/tag-list.ts';
import { parseTime } from '../../query/time/attime.ts';
import { knownZone } from '../../query/time/zone.ts';
import type { FactsStore, StoredFact } from '../../store/facts/facts-store.ts';
import { sendList } from './json.ts';
import { type Params, paramsOf } from './params.ts';
import { question } from './question.ts';

/** Most events of one answer. */
const MOST_EVENTS = 10_000;
const MOST_TEXT = 100_000;
/** The same marker again within so long is the same event: several hosts deploy, one release is marked. */
const SAME_WITHIN = 60_000;

/** What a client says of an event. */
interface Marker {
  what: string;
  tags: string[];
  data: string;
  /** Milliseconds since 1970; now when not said. */
  time: number;
}

/** Graphite's events: `POST /events/` keeps one, `/events/get_data` and `GET /events/` answer them. */
export function eventRoutes(app: FastifyInstance, facts: Pick<FactsStore, 'add' | 'find' | 'sync'>): void {
  for (const url of ['/events', '/events/']) {
    app.post(url, { bodyLimit: 2 * MOST_TEXT }, async ({ body }) => ({ added: await mark(facts, readMarker(body)) }));
    app.get(url, async (request, reply) => sendEvents(facts, paramsOf(request), reply));
  }
  question(app, '/events/get_data', async (request, reply) => sendEvents(facts, paramsOf(request), reply));
}

/** Keeps an event, unless it is there already; answers whether it was new. */
async function mark(facts: Pick<FactsStore, 'add' | 'find' | 'sync'>, { what, tags, data, time }: Marker): Promise<boolean> {
  const fact: Fact = { kind: 'event', time, title: what, text: data, tags: tagsOfList(tags), data: {} };
  const near = await facts.find({ kind: 'event', from: time - SAME_WITHIN, until: time + SAME_WITHIN, tags: fact.tags, limit: MOST_EVENTS });
  if (near.some(({ title, text }) => title === what && text === data)) return false;
  if (!facts.add(fact)) throw new HeedError('not_kept', 'cannot keep the event: too many come at once, or there is no room', { status: 503 });
  await facts.sync();
  return true;
}

/**
 * The event of a request: a JSON object, whatever the content type says, as `curl -d` calls everything a form.
 * @throws HeedError `bad_event`
 */
function readMarker(body: unknown): Marker {
  let said = body;
  try {
    if (typeof body === 'string') said = JSON.parse(body);
  } catch {
    throw bad('its body must be a JSON object, such as {"what": "release 1.4.2", "tags": ["release"]}');
  }
  if (typeof said !== 'object' || said === null || Array.isArray(said)) throw bad('its body must be a JSON object');
  const { what, tags = [], data = '', when } = said as Record<string, unknown>;
  if (typeof what !== 'string' || what.trim() === '' || what.length > MOST_TEXT) throw bad(`'what' must be a text`);
  const list = typeof tags === 'string' ? tags.split(/[\s,]+/) : tags;
  if (!Array.isArray(list) || !list.every((tag) => typeof tag === 'string')) throw bad(`'tags' must be a list of texts, or one text with blanks between`);
  if (typeof data !== 'string') throw bad(`'data' must be a text`);
  if (when !== undefined && (typeof when !== 'number' || !(when >= 0 && when < 253_402_300_800))) throw bad(`'when' must be seconds since 1970`);
  return { what, tags: list, data, time: when === undefined ? Date.now() : Math.floor(when * 1000) };
}

const bad = (why: string): HeedError => new HeedError('bad_event', `cannot read the event: ${why}`);

async function sendEvents(facts: Pick<FactsStore, 'find'>, params: Params, reply: FastifyReply): Promise<FastifyReply> {
  const zone = params.tz?.[0];
  const times = { now: Math.floor(Date.now() / 1000) * 1000, timeZone: (zone && knownZone(zone)) || 'UTC' };
  const moment = (name: string): number | undefined => (params[name]?.[0] ? parseTime(params[name][0], times) : undefined);
  const from = moment('from');
  // Graphite's `until` is a whole second, and included.
  const until = (moment('until') ?? Date.now()) + 1;
  const lists = tagLists(params);
  const found = await Promise.all(lists.map((tags) => facts.find({ kind: 'event', from, until, tags: tagsOfList(tags), limit: MOST_EVENTS })));
  const events = new Map(found.flat().map((fact) => [fact.id, fact]));
  const sorted = [...events.values()].toSorted((a, b) => a.time - b.time || a.id - b.id);
  return sendList(reply, params, sorted, written);
}

/** Tags that an event must have all, by way: one way for all of them, or with `set=union` one for each. */
function tagLists(params: Params): string[][] {
  const tags = (params.tags ?? []).flatMap((text) => text.split(/[\s,]+/)).filter((tag) => tag !== '');
  return params.set?.[0] === 'union' && tags.length > 0 ? tags.map((tag) => [tag]) : [tags];
}

function written({ id, time, title, text, tags }: StoredFact): string {
  return JSON.stringify({ id, when: Math.floor(time / 1000), what: title, data: text, tags: listOfTags(tags) });
}
