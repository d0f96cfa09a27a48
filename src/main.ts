import { readFileSync } from 'node:fs';
import { access, constants, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import type { HeedConfig } from './core/config/config.ts';
import { allocateCounters } from './core/counters.ts';
import { EXIT } from './core/define.ts';
import { causeOf, HeedError } from './core/errors.ts';
import { log } from './core/log.ts';
import { tagsOfList } from './core/tag-list.ts';
import { backUpData } from './data-folder.ts';
import type { EventsQuestion } from './query/messages.ts';
import type { FactsStore } from './store/facts/facts-store.ts';
import { openPoints } from './store/points/embedded/open.ts';

/** A running server. */
export interface Served {
  url: string;
  /** By which the first person comes, where nobody could sign in otherwise. */
  firstLink: string | undefined;
  /** Takes no more, writes what it has, closes; within 10 s. */
  stop(): Promise<void>;
}

/** What was opened, so that all is closed in the opposite order, whatever failed. */
class Closers {
  closing = false;
  readonly #closers: { name: string; close: () => PromiseLike<unknown> }[] = [];

  add(name: string, close: () => PromiseLike<unknown>): void {
    this.#closers.push({ name, close });
  }

  async close(): Promise<void> {
    this.closing = true;
    for (const { name, close } of this.#closers.toReversed()) {
      try {
        await close();
      } catch (error) {
        log.error(`cannot close ${name}: ${causeOf(error)}`);
      }
    }
  }
}

/**
 * Starts everything: store, receive worker, query service, API, own collector. Resolves when all of it listens.
 * @throws HeedError that says what could not be opened; what was opened before is closed again
 */
export async function serve(config: HeedConfig): Promise<Served> {
  const closers = new Closers();
  try {
    return await start(config, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function start(config: HeedConfig, closers: Closers): Promise<Served> {
  const started = Date.now();
  const folder = resolve(config.data);
  try {
    await mkdir(folder, { recursive: true });
    // Making folders below says only that there is none, where the file system is read-only.
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new HeedError('cannot_open', `cannot use data folder ${folder}: ${causeOf(error)}`);
  }
  const counters = allocateCounters();
  const [{ policyOf }, { startReceiver }, { openFacts }] = await Promise.all([
    import('./signals/metrics/carbon/conf/policy.ts'),
    import('./signals/metrics/receive/start.ts'),
    import('./store/facts/sqlite/open-facts.ts'),
  ]);
  const policy = await policyOf(config);
  const facts = openFacts(folder, counters);
  closers.add('facts', () => facts[Symbol.asyncDispose]());
  // The two threads start side by side, and the rest loads meanwhile; what arrives early waits in their queue.
  const { port1, port2 } = new MessageChannel();
  const opening = openPoints({ folder: resolve(folder, 'points'), policy, maxSeries: config.maxSeries, counters, ports: [port2] });
  const receiving = startReceiver({ config, points: port1, counters, onFact: (fact) => facts.add(fact) });
  const loading = Promise.all([
    import('./query/service.ts'),
    import('./api/server.ts'),
    import('./store/catalog/sqlite/open-catalog.ts'),
    import('./store/errors/sqlite/open-errors.ts'),
    import('./store/jobs/sqlite/sqlite-jobs-store.ts'),
    import('./store/attachments/folder/open-attachments.ts'),
    import('./store/feedback/sqlite/sqlite-feedback-store.ts'),
    import('./probes/schedule.ts'),
    import('./probes/registry.gen.ts'),
    import('./probes/own/watch.ts'),
    import('./own-numbers.ts'),
    import('./dashboards/files.ts'),
    import('./dashboards/shelf.ts'),
    import('./dashboards/registry.gen.ts'),
    import('./signals/errors/receive/open-intake.ts'),
    import('./store/artifacts/folder/open-artifacts.ts'),
    import('./signals/errors/source-maps/start.ts'),
  ]);
  const [opened, received] = await Promise.allSettled([opening, receiving]);
  if (opened.status === 'fulfilled') closers.add('points', () => opened.value[Symbol.asyncDispose]());
  if (received.status === 'fulfilled') closers.add('receiver', () => received.value.stop());
  const [points, receiver] = [await opening, await receiving];
  // Without its store the server is of no use: a supervisor starts it anew, and the log brings the points back.
  void points.failed.then(async (error) => {
    if (closers.closing) return;
    log.fatal(error, 'the points worker has ended');
    await closers.close();
    process.exit(EXIT.failed);
  });
  const [
    { startQuery },
    { startApi },
    { openCatalog },
    { openErrors },
    { openJobs },
    { openAttachments },
    { openFeedback },
    { Schedule },
    { PROBES },
    { OwnCollectors },
    { ownNumbers },
    { DashboardFiles },
    { Shelf },
    { AUTOMATIC },
    { openIntake },
    { openArtifacts },
    { prepareMapper },
  ] = await loading;
  const catalog = openCatalog(folder, config.dsnKey);
  closers.add('catalog', () => catalog[Symbol.asyncDispose]());
  const errors = openErrors(folder, counters);
  closers.add('errors', () => errors[Symbol.asyncDispose]());
  const jobs = openJobs(folder, counters);
  closers.add('jobs', () => jobs[Symbol.asyncDispose]());
  const attachments = openAttachments(folder, counters);
  closers.add('attachments', () => attachments[Symbol.asyncDispose]());
  const feedback = openFeedback(folder, counters);
  closers.add('feedback', () => feedback[Symbol.asyncDispose]());
  const intake = await openIntake({
    limits: config.errorsOptions,
    folder,
    errors,
    facts,
    catalog,
    jobs,
    attachments,
    feedback,
    points: points.writer(),
    counters,
  });
  closers.add('intake', () => intake.stop());
  const mapper = prepareMapper();
  closers.add('source maps', () => mapper.stop());
  const artifacts = openArtifacts(folder);
  const query = startQuery({ connect: () => points.connect(), counters, events: (question) => eventTimes(facts, question) });
  closers.add('query', () => query.stop());
  const schedule = new Schedule(points.writer(), ownNumbers(counters, points));
  for (const probe of PROBES) void schedule.start(probe);
  closers.add('schedule', () => schedule.stop());
  const own = new OwnCollectors(resolve(config.collectors), schedule);
  closers.add('own collectors', async () => own.stop());
  void own.watch();
  const reader = points.reader();
  const files = new DashboardFiles(config.dashboards);
  closers.add('dashboards', async () => files.stop());
  const dashboards = new Shelf({
    files,
    saved: catalog,
    automatic: AUTOMATIC,
    exists: async (glob) => (await reader.find(glob, { limit: 1 })).length > 0,
  });
  void files.watch((file) => dashboards.settle(file));
  const api = await startApi({
    config,
    version: packageVersion(),
    started,
    points,
    reader,
    query,
    changes: (question, options) => query.changes(question, options),
    receiver,
    facts,
    errors,
    jobs,
    attachments,
    feedback,
    intake: intake.intake,
    catalog,
    artifacts,
    mapper,
    dashboards,
    counters,
    backUp: (to) => backUpData(points, folder, to),
    webFolder: fileURLToPath(new URL('../web/dist', import.meta.url)),
  });
  closers.add('api', () => api.close());
  void artifacts.hasAny().then(
    (any) => any && mapper.warm(),
    (error: unknown) => log.error({ err: error }, 'cannot look for source maps'),
  );
  return { url: api.url, firstLink: api.firstLink, stop: () => closers.close() };
}

/** Most events that a graph of them is drawn from. */
const MOST_EVENTS = 100_000;

async function eventTimes(facts: FactsStore, { tags, from, until }: EventsQuestion): Promise<number[]> {
  const found = await facts.find({ kind: 'event', from, until: until + 1, tags: tagsOfList(tags), limit: MOST_EVENTS });
  return found.map(({ time }) => time);
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;
}
