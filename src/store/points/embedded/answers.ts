import { HeedError } from '../../../core/errors.ts';
import type { Engine } from './engine.ts';
import { type Answers, packNodes, packSeries, type Question, type Questions, type SeriesList } from './messages.ts';
import type { Session } from './session.ts';

/** Series that a pattern of `remove` may match. */
const MAX_REMOVED = 10_000_000;
const MAX_NODES = 100_000;
/** The plan of a read of more series, which may be refused yet, is asked for by itself. */
const PLANNED_AT_ONCE = 2000;

/** What questions are answered from. */
export interface AnswerContext {
  engine: Engine;
  sessions: ReadonlySet<Session>;
  /** Resolves when all that threads sent so far is taken. */
  takeAll: () => Promise<void>;
  stop: () => Promise<void>;
}

type Handlers = { [Name in keyof Questions]: (args: Questions[Name], context: AnswerContext) => Answers[Name] | Promise<Answers[Name]> };

const HANDLERS: Handlers = {
  find: ({ glob, limit = MAX_NODES, counts = false }, { engine }) => packNodes(engine.index.find(glob, { limit, counts })),
  select: ({ selector, limit, soon }, { engine }) => {
    const ids = engine.index.select(selector, limit);
    const plan = soon && ids.length <= PLANNED_AT_ONCE ? engine.plan(Uint32Array.from(ids), soon) : undefined;
    return { list: list(engine, ids), plan };
  },
  search: ({ words, limit }, { engine }) => list(engine, engine.index.search(words, limit)),
  names: ({ afterId, limit }, { engine }) => list(engine, engine.index.names(afterId, limit)),
  tagKeys: ({ expressions, prefix, limit }, { engine }) => engine.index.tagKeys(expressions, prefix, limit),
  tagValues: ({ expressions, key, prefix, limit }, { engine }) => engine.index.tagValues(expressions, key, prefix, limit),
  plan: ({ ids, ...read }, { engine }) => {
    const plan = engine.plan(ids, read);
    if (!plan) throw new HeedError('too_many_points', `cannot read ${ids.length} series: more than ${read.maxPoints} points`, { status: 422 });
    return plan;
  },
  remove: async ({ patterns }, context) => {
    await context.takeAll();
    return remove(context, patterns);
  },
  sync: async (_, { engine, takeAll }) => {
    await takeAll();
    await engine.sync();
    return undefined;
  },
  fill: async ({ batch, dry }, { engine, takeAll }) => {
    // Points that are on their way are there already.
    await takeAll();
    return engine.fill(batch, dry);
  },
  stats: (_, { engine }) => engine.stats(),
  backup: async ({ folder }, { engine, takeAll }) => {
    await takeAll();
    return engine.backup(folder);
  },
  settle: async (_, { engine, takeAll }) => {
    await takeAll();
    await engine.settle();
    return undefined;
  },
  stop: async (_, { stop }) => {
    await stop();
    return undefined;
  },
};

/** @throws HeedError as the index or engine refuses */
export function answerQuestion<Name extends keyof Questions>({ name, args }: Extract<Question, { name: Name }>, context: AnswerContext): unknown {
  const handler = HANDLERS[name] as Handlers[Name] | undefined;
  if (!handler) throw new HeedError('bad_question', `cannot answer '${name}': not a question`);
  return handler(args as Questions[Name], context);
}

const list = ({ index }: Engine, ids: readonly number[]): SeriesList => packSeries(ids.map((id) => index.ref(id)));

/** Globs stand for themselves; tag expressions (`host=web1`) all together for the series that fulfil all of them. */
function remove({ engine, sessions }: AnswerContext, patterns: readonly string[]): number {
  const tags = patterns.filter((pattern) => !pattern.includes(';') && pattern.includes('='));
  const ids = new Set<number>();
  for (const glob of patterns) {
    if (!tags.includes(glob)) for (const id of engine.index.select({ glob }, MAX_REMOVED)) ids.add(id);
  }
  if (tags.length > 0) for (const id of engine.index.select({ tags }, MAX_REMOVED)) ids.add(id);
  const removed = engine.remove([...ids]);
  for (const session of sessions) for (const translation of session.translations) translation.forget(removed);
  return removed.size;
}
