import type { FastifyInstance, FastifyReply } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import { compileRegex, type Regex } from '../../core/regex/regex.ts';
import { formatTagged, parseTagged } from '../../core/tagged.ts';
import type { PointsReader } from '../../store/points/points-store.ts';
import { sendJson, sendList } from './json.ts';
import { countOf, lastOf, type Params, paramsOf, required } from './params.ts';
import { type GraphiteDeps, question } from './question.ts';

const MOST_SERIES = 1_000_000;
/** Series that are counted for the values of one tag. */
const MOST_COUNTED = 200_000;
const MOST_TAGS = 10_000;
const COMPLETIONS = 100;
/** Steps that a filter's regex may take, some nanoseconds each. */
const FILTER_STEPS = 20_000_000;

/** `/tags/…`: tags, their values, and series by tags. */
export function tagRoutes(app: FastifyInstance, { reader, remove }: GraphiteDeps): void {
  question(app, '/tags', async (request, reply) => listTags(reader, paramsOf(request), reply));
  question(app, '/tags/findSeries', async (request, reply) => findSeries(reader, paramsOf(request), reply));
  question(app, '/tags/autoComplete/tags', async (request, reply) => completeTags(reader, paramsOf(request), reply));
  question(app, '/tags/autoComplete/values', async (request, reply) => completeValues(reader, paramsOf(request), reply));
  question(app, '/tags/:tag', async (request, reply) => listValues(reader, (request.params as { tag: string }).tag, paramsOf(request), reply));
  app.post('/tags/delSeries', async (request, reply) => {
    const params = paramsOf(request);
    required(params, 'path');
    // Names are globs to the store; here each stands for itself.
    await remove(params.path.map((path) => canonical(path).replaceAll(/[*?[{\\]/g, String.raw`\$&`)));
    return sendJson(reply, params, true);
  });
  // Carbon announces series here; ours are indexed when their points come, so the answer is all there is to it.
  app.post('/tags/tagSeries', (request, reply) => {
    const params = paramsOf(request);
    return sendJson(reply, params, canonical(required(params, 'path')));
  });
  app.post('/tags/tagMultiSeries', (request, reply) => {
    const params = paramsOf(request);
    required(params, 'path');
    return sendJson(reply, params, params.path.map(canonical));
  });
}

function canonical(path: string): string {
  const tagged = parseTagged(path);
  if (!tagged) throw new HeedError('bad_parameter', `cannot read series '${path.slice(0, 100)}': its tags break the rules`);
  return formatTagged(tagged);
}

/** A filter matches from the beginning on, as Graphite's does. */
function filterOf(params: Params): Regex | undefined {
  const filter = lastOf(params, 'filter');
  return filter ? compileRegex(filter, { maxSteps: FILTER_STEPS }) : undefined;
}

async function listTags(reader: PointsReader, params: Params, reply: FastifyReply): Promise<FastifyReply> {
  const filter = filterOf(params);
  const tags = await reader.tagKeys([], '', MOST_TAGS);
  const wanted = filter ? tags.filter((tag) => filter.matchStart(tag)) : tags;
  const limit = countOf(params, 'limit', MOST_TAGS, MOST_TAGS);
  return sendList(reply, params, wanted.slice(0, limit), (tag) => JSON.stringify({ tag }));
}

/** Values of a tag with how many series have each; null for a tag that nobody uses. */
async function listValues(reader: PointsReader, tag: string, params: Params, reply: FastifyReply): Promise<FastifyReply> {
  const filter = lastOf(params, 'filter');
  const series = await reader.select({ tags: filter ? [`${tag}!=`, `${tag}=~${filter}`] : [`${tag}!=`] }, MOST_COUNTED + 1);
  if (series.length > MOST_COUNTED)
    throw new HeedError('too_many_series', `cannot count values of '${tag}': more than ${MOST_COUNTED.toLocaleString('en-US')} series have it; add a filter`);
  if (series.length === 0 && (!filter || (await reader.tagValues([], tag, '', 1)).length === 0)) return sendJson(reply, params, null);
  const counts = new Map<string, number>();
  for (const { name } of series) {
    const value = valueOf(name, tag);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const limit = countOf(params, 'limit', MOST_COUNTED, MOST_COUNTED);
  const values = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, limit);
  return sendList(reply, params, values, ([value, count]) => JSON.stringify({ count, value }), `{"tag":${JSON.stringify(tag)},"values":[`, ']}');
}

function valueOf(name: string, tag: string): string {
  const tagged = parseTagged(name) ?? { name, tags: [] };
  return tag === 'name' ? tagged.name : (tagged.tags.find(([key]) => key === tag)?.[1] ?? '');
}

async function findSeries(reader: PointsReader, params: Params, reply: FastifyReply): Promise<FastifyReply> {
  required(params, 'expr');
  const series = await reader.select({ tags: params.expr }, MOST_SERIES);
  return sendList(reply, params, series, ({ name }) => JSON.stringify(name));
}

/** Tags that narrow further: those that the expressions name are left out. */
async function completeTags(reader: PointsReader, params: Params, reply: FastifyReply): Promise<FastifyReply> {
  const expressions = params.expr ?? [];
  const named = new Set(expressions.map((expression) => expression.split(/!?=~?/, 1)[0]));
  const limit = countOf(params, 'limit', COMPLETIONS, MOST_TAGS);
  const tags = await reader.tagKeys(expressions, lastOf(params, 'tagPrefix') ?? '', limit + named.size);
  return sendJson(reply, params, tags.filter((tag) => !named.has(tag)).slice(0, limit));
}

async function completeValues(reader: PointsReader, params: Params, reply: FastifyReply): Promise<FastifyReply> {
  const tag = required(params, 'tag');
  const limit = countOf(params, 'limit', COMPLETIONS, MOST_TAGS);
  // The tag itself has to be there, so that the other expressions may all be of what is not.
  const expressions = params.expr ? [...params.expr, `${tag}!=`] : [];
  return sendJson(reply, params, await reader.tagValues(expressions, tag, lastOf(params, 'valuePrefix') ?? '', limit));
}
