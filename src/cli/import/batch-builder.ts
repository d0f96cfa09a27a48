import { type FillBatch, type FillRun, type FillSeries, MAX_FILL_POINTS, MAX_FILL_SERIES } from '../../core/fill-batch.ts';
import { Kind, type Method } from '../../core/series.ts';

/** Points of one series on their way into a batch. */
export interface SeriesPoints {
  name: string;
  method: Method;
  runs: FillRun[];
  times: Uint32Array;
  values: Float64Array;
}

/** Gathers series into a batch of bounded size. */
export class BatchBuilder {
  #list: SeriesPoints[] = [];
  #points = 0;

  get isEmpty(): boolean {
    return this.#list.length === 0;
  }

  fits({ times }: SeriesPoints): boolean {
    return this.#points + times.length <= MAX_FILL_POINTS && this.#list.length < MAX_FILL_SERIES;
  }

  add(series: SeriesPoints): void {
    this.#list.push(series);
    this.#points += series.times.length;
  }

  /** What was gathered; the builder is empty then. */
  take(): FillBatch {
    const times = new Uint32Array(this.#points);
    const values = new Float64Array(this.#points);
    let at = 0;
    for (const series of this.#list) {
      times.set(series.times, at);
      values.set(series.values, at);
      at += series.times.length;
    }
    const series = this.#list.map(({ name, method, runs }): FillSeries => ({ name, kind: Kind.unknown, method, runs }));
    this.#list = [];
    this.#points = 0;
    return { series, times, values };
  }
}

/** The points from position `from` up to `until`. */
export function sliceSeries(series: SeriesPoints, from: number, until: number): SeriesPoints {
  const runs: FillRun[] = [];
  let at = 0;
  for (const { step, count } of series.runs) {
    const kept = Math.min(at + count, until) - Math.max(at, from);
    if (kept > 0) runs.push({ step, count: kept });
    at += count;
  }
  return { ...series, runs, times: series.times.subarray(from, until), values: series.values.subarray(from, until) };
}

const DAY = 86_400;

/** Cuts a series into pieces that fit a batch, newest first, between two days: points that become one of a coarser archive stay together. */
export function cutSeries(series: SeriesPoints): SeriesPoints[] {
  const { times } = series;
  const pieces: SeriesPoints[] = [];
  for (let until = times.length; until > 0;) {
    let from = Math.max(0, until - MAX_FILL_POINTS);
    if (from > 0) {
      const day = Math.ceil(times[from] / DAY) * DAY;
      while (from < until && times[from] < day) from++;
      if (from === until) from = until - MAX_FILL_POINTS;
    }
    pieces.push(sliceSeries(series, from, until));
    until = from;
  }
  return pieces;
}
