import type { ImportAnswer } from '../../api/contract.ts';
import type { FillBatch } from '../../core/fill-batch.ts';
import { fold } from '../../core/fold.ts';
import type { Method } from '../../core/series.ts';

/** What became of a point of the batch. */
export const FATE = { written: 0, there: 1, left: 2 } as const;

/** A batch's series with what became of its points, to compare answers with. Times are seconds. */
export interface ExpectedSeries {
  name: string;
  method: Method;
  xFilesFactor: number;
  /** Seconds ago beyond which archives keep nothing, finest first. */
  keeps: number[];
  /** Seconds of each archive's step. */
  steps: number[];
  times: Uint32Array;
  values: Float64Array;
  /** By point: seconds that it stands for, 0 where not known. */
  stepAt: (i: number) => number;
  fates: Uint8Array;
  /** By point: an answer held its slot. */
  seen: Uint8Array;
}

/** A row of an answer. */
export interface AnsweredRow {
  start: number;
  step: number;
  /** NaN where nothing is known. */
  values: Float64Array;
}

export interface Difference {
  name: string;
  time: number;
  /** As the source has it, at the answer's step; NaN for nothing. */
  wanted: number;
  got: number;
}

/** Takes a batch apart by series; those without room are left out. */
export function expectedOf({ series, times, values }: FillBatch, answer: ImportAnswer): ExpectedSeries[] {
  const fates = new Uint8Array(times.length);
  for (const [from, count, why] of answer.left) fates.fill(why === 'there' ? FATE.there : FATE.left, from, from + count);
  const seen = new Uint8Array(times.length);
  let end = 0;
  return series.flatMap(({ name, runs }, i) => {
    const start = end;
    const stepAts: [until: number, step: number][] = runs.map(({ step, count }) => [(end += count) - start, step]);
    const tiers = answer.retentions[answer.retentionOf[i]];
    if (!tiers || start === end) return [];
    return {
      name,
      method: answer.methods[i] as Method,
      xFilesFactor: answer.xFilesFactors[i],
      keeps: tiers.map(({ keep }) => keep / 1000),
      steps: tiers.map(({ step }) => step / 1000),
      times: times.subarray(start, end),
      values: values.subarray(start, end),
      stepAt: (at) => stepAts.find(([until]) => at < until)?.[1] ?? 0,
      fates: fates.subarray(start, end),
      seen: seen.subarray(start, end),
    };
  });
}

/** Compares an answer with what a series should hold, slot by slot. `now` decides where one archive ends and the next begins. */
export function compareRow(series: ExpectedSeries, row: AnsweredRow, now: number, differs: (difference: Difference, wasThere: boolean) => void): void {
  const { times, fates, seen } = series;
  const end = row.start + row.step * row.values.length;
  let at = times.findIndex((time) => time >= row.start);
  if (at < 0) return;
  while (at < times.length && times[at] < end) {
    const slot = times[at] - (times[at] % row.step);
    let next = at + 1;
    while (next < times.length && times[next] < slot + row.step) next++;
    const part = fates.subarray(at, next);
    seen.fill(1, at, next);
    // A slot that was taken in part, or that lies in two archives, cannot be told from here.
    const torn = series.keeps.some((keep) => now - keep > slot && now - keep < slot + row.step);
    if (!part.includes(FATE.left) && !(torn && row.step > series.stepAt(at))) {
      const got = row.values[(slot - row.start) / row.step];
      const wanted = wantedOf(series, at, next, slot, row.step);
      if (!wanted.some((value) => same(value, got))) differs({ name: series.name, time: slot, wanted: wanted[0], got }, part.includes(FATE.there));
    }
    at = next;
  }
}

/** What points [from, until) are in a slot of `step`: folded, or the last of them where a series is answered in its own rhythm. */
function wantedOf({ method, xFilesFactor, values, times, stepAt }: ExpectedSeries, from: number, until: number, slot: number, step: number): number[] {
  const own = stepAt(from);
  const last = values[until - 1];
  if (own >= step) return [last];
  if (own === 0) return [until === from + 1 ? last : fold(method, values, from, until, 0), last];
  const slots = new Float64Array(Math.ceil(step / own)).fill(NaN);
  for (let i = from; i < until; i++) slots[Math.floor((times[i] - slot) / own)] = values[i];
  return [fold(method, slots, 0, slots.length, xFilesFactor), last];
}

/** Sums in another order may differ in the last digits. */
function same(a: number, b: number): boolean {
  if (a === b || (a !== a && b !== b)) return true;
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
}
