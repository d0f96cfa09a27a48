import type { FillBatch } from '../../../core/fill-batch.ts';
import type { Method } from '../../../core/series.ts';
import type { FillReport } from '../points-store.ts';
import type { SeriesIndex } from './index/series-index.ts';
import type { Layout } from './layouts.ts';
import type { Methods } from './methods.ts';

/** Newest points of a filled series that tell its rhythm. */
const RHYTHM_POINTS = 32;

/** A batch whose names have been looked up. */
export interface FillWork {
  batch: FillBatch;
  dry: boolean;
  /** Number of each series; -1 for one that is new (when dry) or was refused. */
  ids: Int32Array;
  /** Layout by position in the batch; -1 for a refused series. */
  layouts: Int16Array;
  /** Series from this number on have no points yet. */
  firstNew: number;
  methods: Method[];
  xFilesFactors: number[];
}

/** What names are looked up in. */
export interface FillNames {
  index: SeriesIndex;
  methods: Methods;
  classify: (name: string) => number;
  /** New series that there is room for. */
  room: number;
}

/** Looks the batch's names up; makes those that are new unless it is `dry`. */
export function nameFill(batch: FillBatch, dry: boolean, { index, methods, classify, room }: FillNames): FillWork {
  const firstNew = index.ids;
  const ids = Int32Array.from(batch.series, ({ name, kind, method }) => (dry ? index.lookup(name) : index.intern(name, kind, method)));
  let free = dry ? room : 0;
  const layouts = Int16Array.from(batch.series, ({ name }, i) => {
    if (ids[i] >= 0) return index.policy(ids[i]);
    return free-- > 0 ? classify(name) : -1;
  });
  const folding = batch.series.map(({ name, kind, method }, i) =>
    ids[i] >= 0 ? { method: methods.methodOf(ids[i]), xFilesFactor: methods.xFilesFactorOf(ids[i]) } : methods.ofNew(name, kind, method),
  );
  return { batch, dry, ids, layouts, firstNew, methods: folding.map(({ method }) => method), xFilesFactors: folding.map(({ xFilesFactor }) => xFilesFactor) };
}

/** What the sender learns of its series. */
export function describeFill({ ids, layouts, firstNew, methods, xFilesFactors }: FillWork, all: readonly Layout[]): Omit<FillReport, 'written' | 'left'> {
  const made = ids.reduce((sum, id, i) => sum + (layouts[i] >= 0 && (id < 0 || id >= firstNew) ? 1 : 0), 0);
  return { made, retentions: all.map(({ tiers }) => tiers), retentionOf: [...layouts], methods, xFilesFactors };
}

/** The last times of each series that has a number. */
export function* newestTimes({ batch, ids }: FillWork): Generator<[id: number, times: Uint32Array]> {
  let end = 0;
  for (const [i, { runs }] of batch.series.entries()) {
    const start = end;
    for (const { count } of runs) end += count;
    if (ids[i] >= 0) yield [ids[i], batch.times.subarray(Math.max(start, end - RHYTHM_POINTS), end)];
  }
}
