import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import type { PointsReader, SeriesRef, TreeNode } from '../../store/points/points-store.ts';
import { apart, byText, completing, type FoundNode } from './find-nodes.ts';
import { pickleNodes } from './find-pickle.ts';
import { sendJson, sendList, sendStream } from './json.ts';
import { isOn, lastOf, type Params, paramsOf, required } from './params.ts';
import { type GraphiteDeps, question } from './question.ts';

/** Most nodes that one find answers. */
const MOST_NODES = 1_000_000;
/** Names taken from the store at once for the index. */
const PART = 10_000;
/** Most patterns that one expand may have. */
const MOST_PATTERNS = 1000;

/** `/metrics/find`, `/metrics/expand`, `/metrics/index.json`: the tree that names make at their dots. */
export function findRoutes(app: FastifyInstance, { reader }: GraphiteDeps): void {
  for (const path of ['/metrics/find', '/metrics']) question(app, path, async (request, reply) => find(reader, paramsOf(request), reply));
  question(app, '/metrics/expand', async (request, reply) => expand(reader, paramsOf(request), reply));
  question(app, '/metrics/index.json', (request, reply) =>
    sendStream(reply, paramsOf(request), '[', allNames(reader), ({ name }) => JSON.stringify(name), ']'),
  );
}

async function find(reader: PointsReader, params: Params, reply: FastifyReply): Promise<FastifyReply> {
  const query = required(params, 'query');
  const format = lastOf(params, 'format') ?? 'treejson';
  const write = FORMATS[format];
  if (!Object.hasOwn(FORMATS, format))
    throw new HeedError('bad_format', `cannot find as '${format.slice(0, 20)}': formats are ${Object.keys(FORMATS).join(', ')}`);
  const glob = format === 'completer' ? completing(query, isOn(params, 'automatic_variants')) : query;
  const nodes = await reader.find(glob, { limit: MOST_NODES });
  const wanted = isOn(params, 'leavesOnly') ? nodes.filter((node) => node.leaf) : nodes;
  // Below one parent the order of paths is that of their last parts.
  return write(reply, params, hasOneParent(glob) ? wanted : wanted.toSorted(byText), query);
}

const hasOneParent = (glob: string): boolean => !/[*?[{]/.test(glob.slice(0, glob.lastIndexOf('.') + 1)) && !glob.endsWith('**');

type Write = (reply: FastifyReply, params: Params, nodes: readonly TreeNode[], query: string) => FastifyReply;

const FORMATS: Record<string, Write> = {
  treejson: writeTree,
  completer: (reply, params, nodes) => {
    const found = apart(nodes);
    const wildcard = isOn(params, 'wildcards') && found.length > 1 ? ',{"name":"*"}' : '';
    return sendList(reply, params, found, completion, '{"metrics":[', `${wildcard}]}`);
  },
  json: (reply, params, nodes) => {
    const until = Math.floor(Date.now() / 1000);
    return sendList(reply, params, apart(nodes), ({ path, leaf }) => {
      // Which times a leaf has values for is not looked up: all that there may be.
      const intervals = leaf ? `,"intervals":[{"start":0,"end":${until}}]` : '';
      return `{"path":${JSON.stringify(path)},"is_leaf":${leaf}${intervals}}`;
    });
  },
  nodelist: (reply, params, nodes) => {
    const position = positionOf(params);
    const parts = new Set(nodes.map(({ path }) => path.split('.').at(position)).filter((part) => part !== undefined));
    return sendJson(reply, params, { nodes: [...parts].toSorted() });
  },
  pickle: (reply, _, nodes) => reply.type('application/pickle').send(Readable.from(pickleNodes(apart(nodes), Math.floor(Date.now() / 1000)))),
};

/** Which part of a path is meant; negative ones count from its end. */
function positionOf(params: Params): number {
  const text = lastOf(params, 'position') || '-1';
  if (!/^-?\d{1,4}$/.test(text)) throw new HeedError('bad_parameter', `cannot find: 'position' must be a whole number`);
  return Number(text);
}

type Entry = Pick<TreeNode, 'text' | 'leaf' | 'branch'>;

/** One entry for each last part of a path, whatever stands before it; branches come first. */
function writeTree(reply: FastifyReply, params: Params, nodes: readonly TreeNode[], query: string): FastifyReply {
  const base = query.slice(0, query.lastIndexOf('.') + 1);
  const entries: readonly Entry[] = hasOneParent(query) ? nodes : mergeByText(nodes);
  const sorted: Entry[] = [...entries.filter(({ branch }) => branch), ...entries.filter(({ branch }) => !branch)];
  if (isOn(params, 'wildcards') && nodes.length > 1) {
    const branch = nodes.some((node) => node.branch);
    sorted.unshift({ text: '*', leaf: !branch, branch });
  }
  const before = JSON.stringify(base).slice(0, -1);
  return sendList(reply, params, sorted, ({ text, leaf, branch }) => {
    const name = JSON.stringify(text);
    const below = Number(branch);
    return `{"text":${name},"id":${before}${name.slice(1)},"allowChildren":${below},"expandable":${below},"leaf":${Number(leaf)}}`;
  });
}

function mergeByText(nodes: readonly TreeNode[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const { text, leaf, branch } of nodes) {
    const entry = entries.get(text);
    entries.set(text, { text, leaf: leaf || (entry?.leaf ?? false), branch: branch || (entry?.branch ?? false) });
  }
  return [...entries.values()];
}

function completion({ path, text, leaf }: FoundNode): string {
  return JSON.stringify({ path: leaf ? path : `${path}.`, name: text, is_leaf: leaf ? '1' : '0' });
}

async function expand(reader: PointsReader, params: Params, reply: FastifyReply): Promise<FastifyReply> {
  const queries = params.query ?? [];
  if (queries.length > MOST_PATTERNS) throw new HeedError('bad_parameter', `cannot expand: more than ${MOST_PATTERNS} patterns`);
  const results = Object.create(null) as Record<string, string[]>;
  for (const query of queries) {
    const nodes = await reader.find(query, { limit: MOST_NODES });
    results[query] = nodes.filter((node) => node.leaf || !isOn(params, 'leavesOnly')).map((node) => node.path);
  }
  if (isOn(params, 'groupByExpr')) return sendJson(reply, params, { results });
  // Nodes of one query are sorted, and each is there once.
  const all = queries.length === 1 ? results[queries[0]] : [...new Set(Object.values(results).flat())].toSorted();
  return sendList(reply, params, all, (path) => JSON.stringify(path), '{"results":[', ']}');
}

/** In the order of names, as Graphite has it, where they are few enough to sort while others wait; else as they came. */
async function* allNames(reader: PointsReader): AsyncGenerator<readonly SeriesRef[]> {
  let part = await reader.names(-1, PART);
  if (part.length < PART) part = part.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (; part.length > 0; part = await reader.names(part[part.length - 1].id, PART)) {
    yield part;
    if (part.length < PART) return;
  }
}
