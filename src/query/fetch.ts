import { HeedError } from '../core/errors.ts';
import type { Row } from '../core/frame.ts';
import type { Kind } from '../core/series.ts';
import type { PointsReader, RowFold, SeriesRef } from '../store/points/points-store.ts';
import type { Budget } from './budget.ts';

export type Selector = { glob: string } | { tags: string[] };

export interface Window {
  from: number;
  until: number;
}

interface Wanted {
  selector: Selector;
  window: Window;
  resolve: (rows: Row[]) => void;
  reject: (error: unknown) => void;
}

/**
 * Reads series for one question. What is asked for in one turn of the event loop is read together: all targets' series
 * of a window in one read, each series once however many targets name it.
 */
export class Fetcher {
  readonly #reader: PointsReader;
  readonly #now: number;
  readonly #budget: Budget;
  readonly #fold: RowFold | undefined;
  readonly #wanted: Wanted[] = [];
  readonly #selections = new Map<string, Promise<SeriesRef[]>>();
  readonly #reads = new Map<string, Map<number, { rows: Promise<Row[]>; index: number }>>();
  #reading: Promise<unknown> = Promise.resolve();
  /** What each series that was read measures, by its name. */
  readonly kinds = new Map<string, Kind>();

  constructor(reader: PointsReader, now: number, budget: Budget, fold?: RowFold) {
    this.#reader = reader;
    this.#now = now;
    this.#budget = budget;
    this.#fold = fold;
  }

  /** One row for each series that matches, sorted by name. @throws HeedError `too_many_series`, `too_many_points` */
  async fetch(selector: Selector, { from, until }: Window): Promise<Row[]> {
    if (until <= this.#now) return this.#want(selector, { from, until });
    // As in whisper nothing is said of what is to come, unless it is there already: from senders whose clocks are ahead.
    const ahead = await this.#want(selector, { from: Math.max(from, this.#now), until });
    if (ahead.some(({ values }) => values.some((value) => value === value))) return this.#want(selector, { from, until });
    return from > this.#now ? [] : this.#want(selector, { from, until: this.#now });
  }

  #want(selector: Selector, window: Window): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.#wanted.push({ selector, window, resolve, reject });
      if (this.#wanted.length === 1) setImmediate(() => void this.#answer(this.#wanted.splice(0)));
    });
  }

  async #answer(wanted: Wanted[]): Promise<void> {
    try {
      const selections = await Promise.all(wanted.map(({ selector, window }) => this.#select(selector, window)));
      const windows = new Map<string, { window: Window; series: Map<number, SeriesRef> }>();
      for (const [i, { window }] of wanted.entries()) {
        const key = keyOf(window);
        const entry = windows.get(key) ?? { window, series: new Map<number, SeriesRef>() };
        windows.set(key, entry);
        const known = this.#reads.get(key);
        for (const ref of selections[i]) if (!known?.has(ref.id)) entry.series.set(ref.id, ref);
      }
      for (const [key, { window, series }] of windows) if (series.size > 0) this.#read(key, window, [...series.values()]);
      for (const [i, { window, resolve, reject }] of wanted.entries()) {
        this.#rowsOf(keyOf(window), selections[i]).then(resolve, reject);
      }
    } catch (error) {
      for (const { reject } of wanted) reject(error);
    }
  }

  #select(selector: Selector, { from, until }: Window): Promise<SeriesRef[]> {
    const key = JSON.stringify(selector);
    let selection = this.#selections.get(key);
    if (!selection) {
      selection = this.#reader.select(selector, this.#budget.maxSeries + 1, { from, until, now: this.#now, maxPoints: this.#budget.points }).then((series) => {
        this.#budget.takeSeries(series.length);
        for (const { name, kind } of series) this.kinds.set(name, kind);
        return series;
      });
      this.#selections.set(key, selection);
    }
    return selection;
  }

  #read(key: string, window: Window, series: SeriesRef[]): void {
    let reads = this.#reads.get(key);
    if (!reads) {
      this.#budget.takeWindow();
      reads = new Map();
      this.#reads.set(key, reads);
    }
    // One after the other, so that each read knows what the ones before it left of the budget.
    const rows = this.#reading.then(() => this.#readRows(window, series));
    this.#reading = rows.catch(() => undefined);
    for (const [index, { id }] of series.entries()) reads.set(id, { rows, index });
  }

  async #rowsOf(key: string, series: readonly SeriesRef[]): Promise<Row[]> {
    const reads = this.#reads.get(key);
    const rows: Row[] = [];
    for (const { id } of series) {
      const read = reads?.get(id);
      if (read) rows.push((await read.rows)[read.index]);
    }
    return rows;
  }

  async #readRows({ from, until }: Window, series: SeriesRef[]): Promise<Row[]> {
    try {
      const rows = await this.#reader.read({ series, from, until, now: this.#now, maxPoints: this.#budget.points, fold: this.#fold });
      this.#budget.spend(rows.reduce((points, row) => points + row.values.length, 0));
      return rows;
    } catch (error) {
      throw error instanceof HeedError && error.code === 'too_many_points' ? this.#budget.spent() : error;
    }
  }
}

function keyOf({ from, until }: Window): string {
  return `${from} ${until}`;
}
