import { setImmediate } from 'node:timers/promises';
import { HeedError } from '../../../core/errors.ts';
import type { Row } from '../../../core/frame.ts';
import { METHOD_NAMES, Method, type MethodName } from '../../../core/series.ts';
import { parseTagged } from '../../../core/tagged.ts';
import type { PointsReader, ReadRequest, SeriesRef, SoonRead, TreeNode } from '../points-store.ts';
import { BlockCache } from './block-cache.ts';
import { answerGrid, endOf, type Grid } from './grid.ts';
import { type Answers, type Questions, type ReadPlan, type ToWorker, unpackNodes, unpackSeries } from './messages.ts';
import { type OpenTier, readRow } from './read-row.ts';

/** A block may go between plan and read; more than a few times in a row is not that. */
const ATTEMPTS = 5;
/** Milliseconds of reading after which other work of the thread gets a turn. */
const SLICE = 8;
/** Seconds a slot in the row of a series that is gone. */
const STEP_OF_NOTHING = 60;

/** More series than one read can be of. */
const MAX_ROWS = 2 ** 21;

/** The plan of a read that was announced. */
interface PreparedRead extends SoonRead {
  ids: Uint32Array;
  plan: ReadPlan;
}

/** Where a reader's questions go. */
export interface Answering {
  ask<Name extends keyof Questions>(name: Name, args: Questions[Name]): Promise<Answers[Name]>;
  send(message: ToWorker): void;
}

/** Reads blocks in its own thread; asks the worker only for the plan, the head's points and names. */
export class EmbeddedReader implements PointsReader {
  readonly #client: Answering;
  readonly #blocks: BlockCache;
  /** Plans that came with a selection, by its first series. */
  readonly #prepared = new WeakMap<SeriesRef, PreparedRead>();
  /** Reads under way; each holds block readers. */
  #reading = 0;

  constructor(client: Answering) {
    this.#client = client;
    this.#blocks = new BlockCache((file, what) => client.send({ type: 'damage', file, what }));
  }

  async find(glob: string, options: { limit?: number; counts?: boolean } = {}): Promise<TreeNode[]> {
    return unpackNodes(await this.#client.ask('find', { glob, ...options }));
  }

  async select(selector: { glob: string } | { tags: string[] }, limit: number, soon?: SoonRead): Promise<SeriesRef[]> {
    const { list, plan } = await this.#client.ask('select', { selector, limit, soon });
    const series = unpackSeries(list);
    if (soon && plan && series.length > 0) this.#prepared.set(series[0], { ...soon, ids: list.ids, plan });
    return series;
  }

  async search(words: string, limit: number): Promise<SeriesRef[]> {
    return unpackSeries(await this.#client.ask('search', { words, limit }));
  }

  async names(afterId: number, limit: number): Promise<SeriesRef[]> {
    return unpackSeries(await this.#client.ask('names', { afterId, limit }));
  }

  tagKeys(expressions: string[], prefix: string, limit: number): Promise<string[]> {
    return this.#client.ask('tagKeys', { expressions, prefix, limit });
  }

  tagValues(expressions: string[], key: string, prefix: string, limit: number): Promise<string[]> {
    return this.#client.ask('tagValues', { expressions, key, prefix, limit });
  }

  async read(request: ReadRequest): Promise<Row[]> {
    if (request.series.length === 0) return [];
    for (let attempt = 1; ; attempt++) {
      const plan = await this.#planOf(request);
      this.#reading++;
      try {
        return await this.#readAll(request, plan);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === ATTEMPTS) throw error;
      } finally {
        if (--this.#reading === 0) this.#blocks.trim();
      }
    }
  }

  /** A plan is used once: a read that has to be tried again needs a fresh one. */
  async #planOf({ series, from, until, now, maxPoints }: ReadRequest): Promise<ReadPlan> {
    const prepared = this.#prepared.get(series[0]);
    this.#prepared.delete(series[0]);
    const fits = prepared && prepared.from === from && prepared.until === until && prepared.now === now && prepared.ids.length === series.length;
    if (fits && series.every(({ id }, i) => id === prepared.ids[i])) return prepared.plan;
    return this.#client.ask('plan', { ids: Uint32Array.from(series, ({ id }) => id), from, until, now, maxPoints });
  }

  async #readAll(request: ReadRequest, plan: ReadPlan): Promise<Row[]> {
    const shapes = plan.shapes.map((shape) => ({ ...shape, grid: answerGrid(request.from, request.until, shape.step) }));
    const opened = shapes.map((shape) => shape.tiers.map((tier): OpenTier => ({ ...tier, blocks: tier.blocks.map((path) => this.#blocks.open(path)) })));
    const { starts, slots, values: points } = plan.head;
    const nothing = answerGrid(request.from, request.until, STEP_OF_NOTHING);
    const grids = Array.from(plan.shapeOf, (shape) => (shape < 0 ? nothing : shapes[shape].grid));
    refuseTooMany(request, grids);
    const window = windowOf(grids);
    const rows: Row[] = [];
    rows.length = grids.length;
    let values = new Float64Array(0);
    let pause = performance.now() + SLICE;
    for (const row of byId(request.series)) {
      const { id, name } = request.series[row];
      const shape = plan.shapeOf[row];
      const grid = grids[row];
      if (!request.fold || values.length !== grid.count) values = new Float64Array(grid.count);
      values.fill(NaN);
      const method = plan.methods[row] as Method;
      const xFilesFactor = plan.xFilesFactors[row];
      if (shape >= 0) {
        const gather = shapes[shape].lastWins ? Method.last : method;
        readRow(
          { id, tiers: opened[shape], gather, method, xFilesFactor, head: { slots, values: points, start: starts[row], end: starts[row + 1] } },
          grid,
          values,
        );
      }
      const read = rowOf(name, grid, values, METHOD_NAMES[method] as MethodName, xFilesFactor);
      rows[row] = request.fold ? kept(request.fold(read, window), values) : read;
      if (performance.now() > pause) {
        await setImmediate();
        pause = performance.now() + SLICE;
      }
    }
    return rows;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#blocks.close();
    return Promise.resolve();
  }
}

function rowOf(name: string, grid: Grid, values: Float64Array, consolidate: MethodName, xFilesFactor: number): Row {
  return { name, path: name, tags: tagsOf(name), start: grid.start * 1000, step: grid.step * 1000, values, consolidate, xFilesFactor };
}

function tagsOf(name: string): Record<string, string> {
  if (!name.includes(';')) return { name };
  const parsed = parseTagged(name) ?? { name, tags: [] };
  return Object.assign(Object.fromEntries(parsed.tags), { name: parsed.name });
}

function refuseTooMany({ series, maxPoints }: ReadRequest, grids: readonly Grid[]): void {
  const points = grids.reduce((sum, grid) => sum + grid.count, 0);
  if (points > maxPoints)
    throw new HeedError('too_many_points', `cannot read ${series.length} series: ${points} points, more than ${maxPoints}`, { status: 422 });
}

/** From the first start to the last end, in milliseconds. */
function windowOf(grids: readonly Grid[]): { start: number; end: number } {
  let start = Infinity;
  let end = -Infinity;
  for (const grid of grids) {
    start = Math.min(start, grid.start);
    end = Math.max(end, endOf(grid));
  }
  return { start: start * 1000, end: end * 1000 };
}

/** Positions in the order in which blocks hold the series. */
function byId(series: readonly SeriesRef[]): Float64Array {
  const places = Float64Array.from(series, ({ id }, row) => id * MAX_ROWS + row).toSorted();
  return places.map((place) => place % MAX_ROWS);
}

/** A folded row in memory of its own: `lent` is for the next one. */
function kept(row: Row, lent: Float64Array): Row {
  return row.values.buffer === lent.buffer ? { ...row, values: row.values.slice() } : row;
}
