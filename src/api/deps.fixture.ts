import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { readConfig, type ConfigText } from '../core/config/config.ts';
import { allocateCounters } from '../core/counters.ts';
import type { Row } from '../core/frame.ts';
import { Kind, Method } from '../core/series.ts';
import { DashboardFiles } from '../dashboards/files.ts';
import { AUTOMATIC } from '../dashboards/registry.gen.ts';
import { Shelf } from '../dashboards/shelf.ts';
import { prepareMapper } from '../signals/errors/source-maps/start.ts';
import { openIntake } from '../signals/errors/receive/open-intake.ts';
import { openArtifacts } from '../store/artifacts/folder/open-artifacts.ts';
import { openAttachments } from '../store/attachments/folder/open-attachments.ts';
import { openCatalog } from '../store/catalog/sqlite/open-catalog.ts';
import { openErrors } from '../store/errors/sqlite/open-errors.ts';
import { openFacts } from '../store/facts/sqlite/open-facts.ts';
import { openFeedback } from '../store/feedback/sqlite/sqlite-feedback-store.ts';
import { openJobs } from '../store/jobs/sqlite/sqlite-jobs-store.ts';
import type { PointsReader, PointsStats, PointsStore, SeriesRef, TreeNode } from '../store/points/points-store.ts';
import type { ApiDeps } from './deps.ts';

/** What the points store in memory says of itself. */
export const STATS: PointsStats = {
  series: 3,
  maxSeries: 1000,
  headPoints: 0,
  blocks: 1,
  bytes: { blocks: 700, log: 200, index: 100 },
  pointsInBlocks: 1000,
  bytesPerDay: NaN,
  bytesAtRest: NaN,
  diskFree: 1e12,
  damage: [],
  writeProblem: '',
  oldest: NaN,
};

/** A points store in memory that keeps the last value of each name; just enough for what routes ask. */
export class MemoryPoints {
  readonly values = new Map<string, { time: number; value: number }>();
  stats = { ...STATS };

  store(): PointsStore {
    const { values } = this;
    const names: string[] = [];
    return {
      writer: () => ({
        declare: (name) => names.push(name) - 1,
        add: (id, time, value) => Boolean(values.set(names[id], { time, value })),
        forget: () => undefined,
        flush: () => undefined,
        drained: async () => undefined,
        close: () => undefined,
      }),
      reader: () => this.reader(),
      settle: async () => undefined,
      remove: async ([pattern]) => {
        const gone = this.#match(pattern);
        gone.forEach((name) => values.delete(name));
        return gone.length;
      },
      sync: async () => undefined,
      fillIn: async ({ series, times, values: filled }, { dry = false } = {}) => {
        let at = 0;
        for (const { name, runs } of series) {
          for (const { count } of runs) at += count;
          if (!dry && at > 0) values.set(name, { time: times[at - 1] * 1000, value: filled[at - 1] });
        }
        return { written: at, made: 0, left: [], retentions: [], retentionOf: [], methods: [], xFilesFactors: [] };
      },
      stats: async () => this.stats,
      backup: async () => ({ files: 0, bytes: 0, series: 0 }),
      [Symbol.asyncDispose]: async () => undefined,
    };
  }

  reader(): PointsReader {
    return {
      find: async (glob) => this.#level(glob),
      select: async (selector, limit) => ('glob' in selector ? this.#match(selector.glob).slice(0, limit).map(refOf) : []),
      search: async (words, limit) =>
        [...this.values.keys()]
          .filter((name) => words.split(' ').every((word) => name.includes(word)))
          .slice(0, limit)
          .map(refOf),
      names: async () => [],
      tagKeys: async () => [],
      tagValues: async () => [],
      read: async ({ series }) => series.map(({ name }) => rowOf(name, this.values.get(name))),
      [Symbol.asyncDispose]: async () => undefined,
    };
  }

  #match(glob: string): string[] {
    const pattern = new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^.]*')}$`);
    return [...this.values.keys()].filter((name) => pattern.test(name)).toSorted();
  }

  #level(glob: string): TreeNode[] {
    const depth = glob.split('.').length;
    const paths = new Set([...this.values.keys()].map((name) => name.split('.').slice(0, depth).join('.')));
    const pattern = new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^.]*')}$`);
    return [...paths]
      .filter((path) => pattern.test(path))
      .toSorted()
      .map((path) => {
        const below = [...this.values.keys()].filter((name) => name.startsWith(`${path}.`)).length;
        return {
          path,
          text: path.slice(path.lastIndexOf('.') + 1),
          leaf: this.values.has(path),
          branch: below > 0,
          count: below + Number(this.values.has(path)),
        };
      });
  }
}

const refOf = (name: string, id: number): SeriesRef => ({ id, name, kind: Kind.gauge, method: Method.last });

function rowOf(name: string, point: { time: number; value: number } | undefined): Row {
  const values = Float64Array.of(point?.value ?? NaN);
  return { name, path: name, tags: { name }, start: point?.time ?? 0, step: 1000, values, consolidate: 'last', xFilesFactor: 0 };
}

/** Everything that the API needs, in memory and in a folder that goes when the test ends. */
export async function makeDeps(
  test: TestContext,
  settings: ConfigText = {},
  part: Partial<ApiDeps> = {},
): Promise<ApiDeps & { memory: MemoryPoints; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'heed-api-'));
  const counters = allocateCounters();
  const memory = new MemoryPoints();
  const facts = openFacts(folder, counters);
  const errors = openErrors(folder, counters);
  const catalog = openCatalog(folder);
  const jobs = openJobs(folder, counters);
  const attachments = openAttachments(folder, counters);
  const feedback = openFeedback(folder, counters);
  const config = await readConfig({ http: '127.0.0.1:0', data: folder, ...settings }, {}, folder);
  const { intake, stop } = await openIntake({
    limits: config.errorsOptions,
    folder,
    errors,
    facts,
    catalog,
    jobs,
    attachments,
    feedback,
    points: memory.store().writer(),
    counters,
  });
  const mapper = prepareMapper();
  test.after(async () => {
    await mapper.stop();
    await stop();
    await errors[Symbol.asyncDispose]();
    await facts[Symbol.asyncDispose]();
    await jobs[Symbol.asyncDispose]();
    await attachments[Symbol.asyncDispose]();
    await feedback[Symbol.asyncDispose]();
    await catalog[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    config,
    version: '1.2.3',
    started: Date.now(),
    points: memory.store(),
    reader: memory.reader(),
    query: { render: async () => ({ status: 200, type: 'application/json', body: new TextEncoder().encode('{}') }) },
    changes: async () => ({ status: 200, type: 'application/json', body: new TextEncoder().encode('{}') }),
    receiver: { listening: [], echo: async () => [], forwarding: async () => [] },
    facts,
    errors,
    jobs,
    attachments,
    feedback,
    intake,
    catalog,
    artifacts: openArtifacts(folder),
    mapper,
    dashboards: new Shelf({
      files: new DashboardFiles(join(folder, 'dashboards')),
      saved: catalog,
      automatic: AUTOMATIC,
      exists: async (glob) => (await memory.reader().find(glob)).length > 0,
    }),
    counters,
    backUp: async () => ({ files: 0, bytes: 0, series: 0 }),
    webFolder: join(folder, 'web'),
    memory,
    folder,
    ...part,
  };
}
